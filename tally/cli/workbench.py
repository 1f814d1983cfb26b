"""What an analyst works with between two runs: `trace`, `accept`, `desk`, `lab`."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from tally.cli.command import Command, a_period, as_json, the_period
from tally.cli.exits import EXIT_FAILED
from tally.cli.language import in_use, tell, tell_json
from tally.paths import PROJECT, ROOT_VARIABLE

if TYPE_CHECKING:
    from tally.desk.desk import Desk


def _trace(args: argparse.Namespace) -> int:
    from tally.explore.trace import trace

    traced = trace(args.campaign, args.period, args.figure, args.root)
    if args.json:
        tell_json(traced.json())
    else:
        tell("\n".join(traced.lines()))
    return 0


def _trace_words(parser: argparse.ArgumentParser) -> None:
    the_period(parser)
    form = "如 cases.total.cases_handled；加 .to_date 看累计，加 @320902 只看一个单位"
    parser.add_argument("figure", metavar="数字", help=form)
    as_json(parser)


def _accept(args: argparse.Namespace) -> int:
    from datetime import date

    from tally import campaigns
    from tally.life.accepting import accept, withdraw
    from tally.life.receive import named_unit
    from tally.paths import Paths

    campaign = campaigns.load(args.campaign, args.root)
    paths = Paths(Path(args.root).resolve(), campaign.name, args.period)
    units = [named_unit(campaign, text) for text in args.units] if args.units else list(campaign.units)
    today, names = date.today().isoformat(), "、".join(u.name for u in units)
    if args.withdraw:
        withdraw(paths, units, args.by, today)
        tell(f"已撤回对 {names} 的认可（{args.by}，{today}）")
    else:
        accept(campaign, paths, units, args.by, today)
        tell(f"已认可 {names} 的数（{args.by}，{today}）；数或问题有变化时自动失效")
    return 0


def _accept_words(parser: argparse.ArgumentParser) -> None:
    the_period(parser)
    add = parser.add_argument
    add("units", nargs="*", metavar="单位", help="单位名称或代码，可写多个；不写则为全部单位")
    add("--by", required=True, metavar="姓名", help="由谁认可")
    add("--withdraw", action="store_true", help="撤回认可")


def _desk(args: argparse.Namespace) -> int:
    from tally import campaigns
    from tally.desk.desk import Desk
    from tally.desk.server import serve
    from tally.intake.survey import newest_period
    from tally.paths import Paths

    campaign = campaigns.load(args.campaign, args.root)
    period = args.period or newest_period(campaign, args.root)
    opened = Desk(campaign, Paths(Path(args.root).resolve(), campaign.name, period), args.by)
    if args.take:
        return _take_list(opened, args.take)

    def ready(address: str) -> None:
        tell(f"核对台已打开：{address}\n用完后在这里按 Ctrl+C 结束。")

    serve(opened, ready, port=args.port, browser=not args.no_browser)
    return 0


def _take_list(opened: Desk, path: Path) -> int:
    """Writes down what was decided in a 问题清单.xlsx."""
    from tally.desk.city_list import take_back
    from tally.desk.refusal import Refusal
    from tally.errors import TallyError

    try:
        done = take_back(opened.snapshot, path, opened.author())
    except Refusal as e:
        raise TallyError(e.fact, e.remedy) from e
    for outcome in done:
        tell(f"序号 {outcome.number}（第 {outcome.row} 行）：{outcome.sentence}")
    for period in sorted({o.period for o in done} - {""}):
        typed = opened.paths.beside(period).typed
        tell(f"有的写入了 {period} 期的文件：请先重新核对该期，再核对本期　→ python pipeline.py check {typed}")
    refused = sum(o.refused for o in done)
    tell(f"写入 {len(done) - refused} 条，未采纳 {refused} 条")
    return EXIT_FAILED if refused else 0


def _desk_words(parser: argparse.ArgumentParser) -> None:
    a_period(parser)
    add = parser.add_argument
    add("--by", default="", metavar="姓名", help="经办人（默认为登录名，可在页面上改）")
    add("--port", type=int, default=8765, metavar="端口", help="本机端口（默认 %(default)s，被占用时往后找）")
    add("--take", type=Path, default=None, metavar="清单", help="不打开网页，把填好的问题清单.xlsx 读回来")
    add("--no-browser", action="store_true", help="不自动打开浏览器，只印出网址")


# JupyterLab asks nobody for news, updates or extensions: what is worked on here goes nowhere.
OFFLINE = (
    "--LabApp.news_url=None",
    "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
    "--LabApp.extension_manager=readonly",
)
SETTINGS = (
    Path(__file__).resolve().parent / "jupyter"
)  # a folder a language: JupyterLab speaks it, and asks about no news


def _lab(args: argparse.Namespace) -> int:
    from tally.system import programs

    command = programs.python("jupyterlab", "--notebook-dir", str(PROJECT), *OFFLINE, *args.rest)
    if args.root != PROJECT:
        os.environ[ROOT_VARIABLE] = str(args.root.resolve())
    os.chdir(PROJECT)  # Jupyter takes settings from the folder that it is started in
    configured = [str(SETTINGS / in_use()), os.environ.get("JUPYTER_CONFIG_PATH", "")]
    os.environ["JUPYTER_CONFIG_PATH"] = os.pathsep.join(filter(None, configured))
    if os.name == "posix":
        sys.stdout.flush()
        # In place of this process: who ends it ends the server.
        os.execve(sys.executable, command, programs.environment())
    import subprocess

    return subprocess.call(command, env=programs.environment())


def _lab_words(parser: argparse.ArgumentParser) -> None:
    where = "笔记本里 root 空着时读哪个文件夹的 data/ 和 reports/（默认为本项目）"
    parser.add_argument("--root", type=_folder, default=PROJECT, metavar="文件夹", help=where)


def _folder(text: str) -> Path:
    if not Path(text).is_dir():
        raise argparse.ArgumentTypeError(f"没有这个文件夹：{text}")
    return Path(text)


TRACE = Command("追查一个数字的来源：全市数＝各单位数＝哪些文件的哪些单元格", _trace, _trace_words, reads=True)
ACCEPT = Command("认可单位的数：谁、哪一天；数或问题有任何变化，认可自动失效", _accept, _accept_words)
DESK = Command("打开核对台：在网页里逐条处理差错和疑点，旁边就是单位的原表", _desk, _desk_words)
LAB = Command("在本项目中打开 JupyterLab", _lab, _lab_words)
