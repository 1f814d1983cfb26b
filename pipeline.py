#!/usr/bin/env python
"""tally's command line: one plain function a command; the only place that turns a TallyError into an exit code.

Heavy imports happen inside the commands, so that `--help` answers at once.
"""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections.abc import Callable
from pathlib import Path

from tally.cli.examples import examples
from tally.cli.language import chosen, say, tell, tell_json, use
from tally.cli.parser import Parser, add_language
from tally.cli.ready import needs_packages
from tally.engine import interrupt

PROJECT = Path(__file__).resolve().parent
READING = ("trace", "verify", "status")  # commands that write nothing below the root
EXIT_FAILED, EXIT_USAGE, EXIT_STRICT, EXIT_UNREAD = 1, 2, 3, 141


def run(args: argparse.Namespace) -> int:
    with interrupt.answered(_interrupted):
        return _run(args, report=True)


def check(args: argparse.Namespace) -> int:
    with interrupt.answered(_interrupted):
        return _run(args, report=False)


def _run(args: argparse.Namespace, *, report: bool) -> int:
    if args.engine != "plain" and args.executor == "local":
        from tally.run import early

        early.start(args.campaign, args.period, args.root, force=args.force)
    from tally import campaigns
    from tally.cli import console
    from tally.run.period import Reporting, newest_period, run_period
    from tally.store.files import write_bytes

    campaign = campaigns.load(args.campaign, args.root)
    period = campaign.period(args.period).name if args.period else newest_period(campaign, args.root)
    reporting = Reporting(say=tell, progress=console.progress, explain=args.explain)
    result = run_period(args.campaign, period, args.root, _options(args), reporting, report=report)
    came, all_units = console.arrived(result)
    tell(f"\n{campaign.title} {period}：{all_units} 个报送单位，已报送 {came} 个\n")
    tell(console.summary(result))
    listed = _city_list(result)
    if not report:
        tell(console.findings(result, everything=args.all))
    if result.changes.found or result.changes.gone:
        tell(f"\n与上次核对相比：新增 {len(result.changes.found)} 处，解决 {len(result.changes.gone)} 处")
    if not result.ran:
        tell("\n没有任何变化，已有的结果仍然有效。")
    if report:
        from dataclasses import replace

        from tally.render.outputs import edition_folder

        folder = edition_folder(replace(result.paths, area=args.area), args.edition)
        tell(f"\n报告：{folder / 'report.html'}\n      {folder / 'report.pdf'}")
    else:
        tell(f"\n数据：{result.paths.processed}")
    if listed:
        tell(f"问题清单：{listed}")
        if getattr(args, "xlsx", None):
            write_bytes(args.xlsx, listed.read_bytes())
            tell(f"问题清单已另存为 {args.xlsx}")
    if all(u.code in result.failed for u in result.campaign.units):
        tell("\n所有单位都没有处理成功，以上结果里没有任何数字。")
        return EXIT_FAILED
    errors, missing = console.open_matters(result)
    if args.strict and (errors or missing):
        tell(f"\n--strict：还有 {errors} 条差错、{missing} 份未报。")
        return EXIT_STRICT
    return 0


def _city_list(result) -> Path | None:
    """The list of what is open, written anew where a run changed anything."""
    from tally.desk import city_list
    from tally.desk.snapshot import snapshot

    path = result.paths.reports / city_list.NAME
    if result.ran or not path.exists():
        return city_list.write_list(snapshot(result.campaign, result.paths))
    return path


def _options(args: argparse.Namespace):
    from tally.run.period import Options

    return Options(
        engine=args.engine,
        jobs=args.jobs,
        force=args.force,
        edition=getattr(args, "edition", "internal"),
        area=getattr(args, "area", ""),
        executor=args.executor,
        scheduler=args.scheduler,
        without_tls=args.without_tls,
        cell_timeout=args.cell_timeout,
        memory_limit=args.memory_limit * 2**20,
        remote=getattr(args, "remote", None),
    )


def trace(args: argparse.Namespace) -> int:
    from tally.explore.trace import trace

    traced = trace(args.campaign, args.period, args.figure, args.root)
    if args.json:
        tell_json(traced.json())
    else:
        tell("\n".join(traced.lines()))
    return 0


def approve(args: argparse.Namespace) -> int:
    from datetime import date

    from tally.errors import UsageError
    from tally.life.approve import Approval
    from tally.life.approve import approve as release

    try:
        when = date.fromisoformat(args.date) if args.date else date.today()
    except ValueError as e:
        raise UsageError(f"--date 不是日期：{args.date!r}", "写法如 2021-06-08") from e
    done = release(args.campaign, args.period, args.root, Approval(args.by, when, args.allow_gaps, args.all_accepted))
    tell(f"已发布：{done.period} 期第{done.number}次，{done.when}，审批人 {done.by}")
    tell(f"带书面说明的差错{len(done.reasons)}处，疑点{done.warnings}处，【待补充】{done.gaps}处")
    _tell_fingerprint(args)
    return 0


def _tell_fingerprint(args: argparse.Namespace) -> None:
    """What to copy onto paper: with it a later copy of the releases can be held against this one."""
    from tally.life import ledger
    from tally.paths import Paths

    paths = Paths(Path(args.root).resolve(), args.campaign, args.period)
    found = ledger.head(paths)
    tell(f"发布指纹：{found}")
    tell(f"请把指纹抄在纸质稿或会议纪要上；日后核对：python pipeline.py verify {args.period} --head {found}")
    if args.export:
        from tally.store.files import write_bytes

        write_bytes(args.export, paths.ledger.read_bytes())
        tell(f"发布登记已另存为 {args.export}")


def verify(args: argparse.Namespace) -> int:
    from tally import campaigns
    from tally.life import ledger
    from tally.life.recognise import broken, recognise
    from tally.paths import Paths
    from tally.render.outputs import changed_outputs

    campaign = campaigns.load(args.campaign, args.root)
    paths = Paths(args.root, campaign.name, args.period)
    if args.file:
        recognition = recognise(paths, args.file)
        tell("\n".join(recognition.lines()))
        if recognition.release or args.file.suffix.lower() != ".docx":
            return 0 if recognition.release else EXIT_FAILED
        return _held(args)
    changed, wrong = list(changed_outputs(paths, args.edition)), list(broken(paths))
    for file, what in (*changed, *wrong):
        tell(f"{file}：{what}")
    tell("与清单不符，请重新运行 python pipeline.py run" if changed else "全部输出与清单一致。")
    if wrong:
        tell("发布过的文件有改动，请从备份恢复。")
    there = ledger.head(paths)
    if there:
        tell(f"发布指纹：{there}")
    forged = bool(args.head) and args.head.strip().upper() != there
    if forged:
        tell(f"与给出的发布指纹 {args.head} 不符：发布稿或发布登记已被更换或删除。")
    return EXIT_FAILED if changed or wrong or forged else 0


def _held(args: argparse.Namespace) -> int:
    """A report that was edited in Word: each figure against the data."""
    from tally import campaigns
    from tally.life.edited.held import held, keep
    from tally.paths import Paths

    campaign = campaigns.load(args.campaign, args.root)
    paths = Paths(args.root, campaign.name, args.period)
    judgement = held(campaign, paths, args.file, args.edition)
    tell("\n".join(judgement.lines()))
    if args.keep:
        headings = keep(campaign, paths, judgement)
        tell(f"已存为人工文字：{'、'.join(headings)}（{paths.narrative}）" if headings else "没有需要保存的人工文字。")
    return EXIT_FAILED if judgement.wrong else 0


def disclosure(args: argparse.Namespace) -> int:
    from tally.paths import Paths
    from tally.render.outputs import REVIEW, edition_folder
    from tally.report import open_report
    from tally.report.public.search import confidential, survivors

    report = open_report(args.period, args.campaign, args.root, "public")
    paths = Paths(args.root, report.campaign.name, args.period)
    facts = report.public.disclosure()
    words = confidential(report.campaign, report.totals.history.periods)
    found = survivors(edition_folder(paths, "public"), words)
    tell(
        f"公开版：各表涉及企业{facts['firms']}家，不公布不足{facts['smallest']}家（件）的数，略去{facts['cells_left_out']}格"
    )
    tell(
        f"可由公布的数推算出的小数：{facts['unique']}个；文件中检出的企业、人员信息：{sum(map(len, found.values()))}处（共查找{len(words)}个词）"
    )
    for file, there in found.items():
        tell(f"{file}：{'、'.join(sorted(there)[:5])}")
    if report.public.masked:
        tell(f"人工撰写的文字中有{len(report.public.masked)}段作了删略，请逐段核对：{paths.reports / REVIEW}")
    return EXIT_FAILED if found or facts["unique"] else 0


def new_campaign(args: argparse.Namespace) -> int:
    from tally.campaigns.new import new_campaign as make

    made = make(args.name, args.root)
    made = args.remote.shown(made) if "remote" in args else made  # where it is to be edited
    tell(f"已建立 {made}\n下一步：按 docs/new-campaign.md 改写里面的文件，再运行")
    tell(f"  python pipeline.py check --campaign {args.name}")
    return 0


def templates(args: argparse.Namespace) -> int:
    from tally import campaigns
    from tally.life.hand_out import hand_out
    from tally.paths import Paths
    from tally.render import outputs

    campaign = campaigns.load(args.campaign, args.root)
    paths = Paths(args.root, campaign.name, args.period)
    written = hand_out(campaign, paths)
    outputs.write_index(campaign, paths)
    tell(f"已生成 {len(written)} 个单位的空白表、工作总结模板和邮件草稿：{written[0].parent}")
    return 0


def receive(args: argparse.Namespace) -> int:
    from tally import campaigns
    from tally.cli.patterns import filled_in
    from tally.life.receive import day_of, receive

    campaign = campaigns.load(args.campaign, args.root)
    got = receive(
        campaign, args.root, filled_in(args.files), period=args.period, unit=args.unit, received=day_of(args.date)
    )
    for one in got:
        tell("\n".join(one.lines(campaign)))
    return EXIT_USAGE if any(one.refused for one in got) else int(any(one.nothing_read for one in got))


def status(args: argparse.Namespace) -> int:
    from tally import campaigns
    from tally.cli import status_text
    from tally.intake.survey import newest_period
    from tally.life.status import status
    from tally.paths import Paths

    campaign = campaigns.load(args.campaign, args.root)
    now = status(campaign, Paths(args.root, campaign.name, args.period or newest_period(campaign, args.root)))
    if args.json:
        tell_json(status_text.as_json(now))
    else:
        tell("\n".join(status_text.lines(now)))
    return 0


def remind(args: argparse.Namespace) -> int:
    from tally import campaigns
    from tally.life.remind import write_reminders
    from tally.paths import Paths

    campaign = campaigns.load(args.campaign, args.root)
    paths = Paths(args.root, campaign.name, args.period)
    written = [p for p in write_reminders(campaign, paths) if p.parent != paths.reports]
    tell(
        f"已写好 {len({p.stem for p in written})} 个单位的催报和更正通知：{paths.reports / 'remind'}"
        if written
        else "各单位没有未办事项，不需要催报。"
    )
    return 0


def accept(args: argparse.Namespace) -> int:
    from datetime import date

    from tally import campaigns
    from tally.life.accepting import accept as sign
    from tally.life.accepting import withdraw
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
        sign(campaign, paths, units, args.by, today)
        tell(f"已认可 {names} 的数（{args.by}，{today}）；数或问题有变化时自动失效")
    return 0


def desk(args: argparse.Namespace) -> int:
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


def _take_list(opened, path: Path) -> int:
    """Writes down what was decided in a 问题清单.xlsx."""
    from tally.desk.city_list import take_back
    from tally.desk.refusal import Refusal
    from tally.errors import TallyError

    try:
        done = take_back(opened.snapshot, path, opened.author())
    except Refusal as e:
        raise TallyError(e.fact, e.remedy) from e
    for outcome in done:
        tell(f"第 {outcome.row} 行：{outcome.sentence}")
    refused = sum(o.refused for o in done)
    tell(f"写入 {len(done) - refused} 条，未采纳 {refused} 条")
    return EXIT_FAILED if refused else 0


def lab(args: argparse.Namespace) -> int:
    command = [sys.executable, "-m", "jupyterlab", "--notebook-dir", str(PROJECT), *args.rest]
    if os.name == "posix":
        sys.stdout.flush()
        os.execv(sys.executable, command)  # in place of this process: who ends it ends the server
    import subprocess

    return subprocess.call(command)


def root(text: str):
    """A folder, or the address of one outside the file system, which is worked on in a local copy (docs/scaling.md)."""
    if "://" not in text:
        return Path(text)
    from tally.errors import UsageError
    from tally.store.remote.address import root_of

    try:
        return root_of(text)
    except UsageError as e:
        raise argparse.ArgumentTypeError(f"{e.fact}；{e.remedy}") from None


def parser() -> Parser:
    top = Parser(
        prog="pipeline.py",
        description="把各单位上报的统计表读准、核对、汇总，生成专项行动工作总结报告。",
        epilog="退出码：0 完成；1 失败；2 用法有误；3 加了 --strict 而仍有差错或未报。",
    )
    add_language(top)
    commands = top.add_subparsers(dest="command", required=True, metavar="命令")

    def add(name: str, function: Callable[[argparse.Namespace], int], what: str) -> argparse.ArgumentParser:
        p = commands.add_parser(name, help=what, description=what, epilog=f"例：{examples(name)}")
        p.set_defaults(function=function, root=PROJECT)
        add_language(p)
        if name == "lab":  # the notebooks say themselves whose data they read
            return p
        p.add_argument("--campaign", default="masks_2021", metavar="名称", help="专项行动（默认 %(default)s）")
        p.add_argument(
            "--root",
            type=root,
            default=PROJECT,
            metavar="文件夹",
            help="存放 data/ 和 reports/ 的文件夹，或 s3://存储桶/文件夹 之类的地址（默认为本项目）",
        )
        p.add_argument(
            "--cache", default="", metavar="文件夹", help="地址的工作副本放在哪里（默认 TALLY_CACHE 或用户缓存）"
        )
        return p

    for name, function, what in (
        ("run", run, "读取、核对、汇总一期报表，生成 HTML、PDF、Word 报告和汇总表"),
        ("check", check, "只读取和核对，不生成报告"),
    ):
        p = add(name, function, what)
        p.add_argument("period", nargs="?", default="", metavar="期", help="如 2021-05；不写则取最新一期")
        p.add_argument("--strict", action="store_true", help="仍有差错或未报时，以退出码 3 结束")
        p.add_argument("--force", action="store_true", help="全部重新运行")
        p.add_argument("--explain", action="store_true", help="逐个单位说明为什么要（或不必）重新运行")
        p.add_argument("--engine", choices=("fork", "plain"), default="", help="笔记本的执行方式（默认自动选择）")
        p.add_argument("--jobs", type=int, default=0, metavar="N", help="同时处理的笔记本个数（默认为处理器核数）")
        p.add_argument("--executor", choices=("local", "dask"), default="local", help="在本机还是 Dask 集群上执行")
        p.add_argument("--scheduler", default="", metavar="地址", help="Dask 调度器，如 tls://主机:8786")
        p.add_argument("--without-tls", action="store_true", help="允许使用没有加密的 Dask（网络里的人都能运行程序）")
        p.add_argument(
            "--cell-timeout", type=float, default=1800, metavar="秒", help="单元格的最长执行时间，默认半小时，0 为不限"
        )
        p.add_argument("--memory-limit", type=int, default=0, metavar="MB", help="每个笔记本可用的内存")
        if name == "run":
            p.add_argument(
                "--edition",
                choices=("internal", "public"),
                default="internal",
                help="public 为公开版：隐去企业名称、代码和联系方式",
            )
            p.add_argument("--area", default="", metavar="代码", help="只出某个市或省一级的报告（专项分级时）")
        else:
            p.add_argument("--all", action="store_true", help="列出全部差错和疑点（默认只列前 20 条）")
            p.add_argument("--xlsx", type=Path, metavar="文件", help="把问题清单另存为一个 Excel 文件")
    p = add("trace", trace, "追查一个数字的来源：全市数＝各单位数＝哪些文件的哪些单元格")
    p.add_argument("period", metavar="期")
    p.add_argument(
        "figure", metavar="数字", help="如 cases.total.cases_handled；加 .to_date 看累计，加 @320902 只看一个单位"
    )
    p.add_argument("--json", action="store_true", help="以 JSON 输出，供其他程序使用")
    p = add("approve", approve, "审批发布一期报告：冻结输入、输出和校验值；有未说明的差错或报告已过时则不予发布")
    p.add_argument("period", metavar="期")
    p.add_argument("--by", required=True, metavar="姓名", help="审批人")
    p.add_argument("--date", default="", metavar="日期", help="发布日期，如 2021-06-08（默认今天）")
    p.add_argument("--allow-gaps", action="store_true", help="报告中还有【待补充】也发布")
    p.add_argument("--all-accepted", action="store_true", help="各单位的数都已认可（accept）才发布")
    p.add_argument("--export", type=Path, metavar="文件", help="把发布登记另存一份，放到别处保管")
    p = add("verify", verify, "核对输出文件是否与生成时的清单一致；给出文件时，辨别它是否发布稿")
    p.add_argument("period", metavar="期")
    p.add_argument(
        "file",
        nargs="?",
        type=Path,
        metavar="文件",
        help="手头的一份报告：是不是发布稿，第几次发布；改过的 Word 稿逐个核对数字",
    )
    p.add_argument(
        "--keep", action="store_true", help="把 Word 稿中改写的主要做法、成效、问题、打算存为人工文字，下次运行时采用"
    )
    p.add_argument("--edition", choices=("internal", "public"), default="internal", help="哪一个版本")
    p.add_argument("--head", default="", metavar="指纹", help="发布时抄下的指纹：核对发布稿没有被更换或删除")
    p = add("disclosure", disclosure, "核查公开版：能否由公布的数推算出个别企业，文件中有无企业、人员信息")
    p.add_argument("period", metavar="期")
    p = add("new-campaign", new_campaign, "建立一个新专项的文件夹，照着改写即可运行")
    p.add_argument("name", metavar="新名称", help="小写英文，如 lifts_2022")
    p = add("templates", templates, "生成各单位的空白统计表（附上期已报数）")
    p.add_argument("period", metavar="期")
    p = add("receive", receive, "把收到的文件归档到报送单位名下并登记；再次报送的，逐格列出与前一版的不同")
    p.add_argument("files", nargs="+", metavar="文件")
    p.add_argument("--period", default="", metavar="期", help="归入哪一期（默认为最新一期）")
    p.add_argument(
        "--unit", default="", metavar="单位", help="文件属于哪个单位（名称或代码；默认按文件名和表内填报单位判断）"
    )
    p.add_argument("--date", default="", metavar="日期", help="收到的日期，如 2021-06-03（默认为今天）")
    p = add("status", status, "报送到了哪一步：各单位各表、差错疑点、齐报率及时率、待补充内容和下一步")
    p.add_argument("period", nargs="?", default="", metavar="期", help="不写则取最新一期")
    p.add_argument("--json", action="store_true", help="以 JSON 输出，供其他程序使用")
    p = add("remind", remind, "给有未办事项的单位写催报和更正通知（文字和 Word）")
    p.add_argument("period", metavar="期")
    p = add("accept", accept, "认可单位的数：谁、哪一天；数或问题有任何变化，认可自动失效")
    p.add_argument("period", metavar="期")
    p.add_argument("units", nargs="*", metavar="单位", help="单位名称或代码，可写多个；不写则为全部单位")
    p.add_argument("--by", required=True, metavar="姓名", help="由谁认可")
    p.add_argument("--withdraw", action="store_true", help="撤回认可")
    p = add("desk", desk, "打开核对台：在网页里逐条处理差错和疑点，旁边就是单位的原表")
    p.add_argument("period", nargs="?", default="", metavar="期", help="不写则取最新一期")
    p.add_argument("--by", default="", metavar="姓名", help="经办人（默认为登录名，可在页面上改）")
    p.add_argument(
        "--port", type=int, default=8765, metavar="端口", help="本机端口（默认 %(default)s，被占用时往后找）"
    )
    p.add_argument("--take", type=Path, default=None, metavar="清单", help="不打开网页，把填好的问题清单.xlsx 读回来")
    p.add_argument("--no-browser", action="store_true", help="不自动打开浏览器，只印出网址")
    p = add("lab", lab, "在本项目中打开 JupyterLab")
    return top.translated()


def _parsed(argv: list[str] | None) -> tuple[argparse.Namespace, list[str]]:
    """The arguments; what `lab` does not know goes to JupyterLab."""
    args, rest = parser().parse_known_args(argv)
    if rest and args.command != "lab":
        parser().error(f"不认识的参数：{' '.join(rest)}")
    return args, rest


def main(argv: list[str] | None = None) -> int:
    """The command's exit code. A reader that goes away (`| head`) ends the output, and is no error of the program."""
    use(chosen(sys.argv[1:] if argv is None else argv))
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a terminal that lacks a character shows a question mark
            stream.reconfigure(errors="replace")
    try:
        try:
            code = _obeyed(argv)
        finally:  # also after --help, which leaves by SystemExit
            sys.stdout.flush()
    except BrokenPipeError:
        if not _reader_gone():
            raise
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return EXIT_UNREAD
    return code


def _reader_gone() -> bool:
    """Whether it is the standard output that nobody reads any more: nothing can be written to it."""
    try:
        os.write(sys.stdout.fileno(), b"\n")
    except BrokenPipeError:
        return True
    return False


def _obeyed(argv: list[str] | None) -> int:
    from tally.errors import TallyError

    try:
        args, rest = _parsed(argv)
        args.rest = rest[rest[:1] == ["--"] :]
        needs_packages(PROJECT)
        return _done(args) if isinstance(args.root, Path) or args.command == "lab" else _on_copy(args)
    except TallyError as e:
        tell(f"错误：{say(e.fact)}", sys.stderr)
        if e.remedy:
            tell(f"办法：{say(e.remedy)}", sys.stderr)
        return e.exit_code
    except KeyboardInterrupt:
        _interrupted()
        return interrupt.EXIT_INTERRUPTED


def _done(args: argparse.Namespace) -> int:
    """The command, for the period that was typed (`run` and `check` begin before a campaign is loaded)."""
    if getattr(args, "period", "") and args.command not in ("run", "check"):
        from tally import campaigns

        args.period = campaigns.load(args.campaign, args.root).period(args.period).name
    return int(args.function(args))


def _interrupted() -> None:
    tell("\n已中断；已完成的部分保留，再次运行会接着做。", sys.stderr)


def _on_copy(args: argparse.Namespace) -> int:
    """The command on a root that is an address: on a local copy of it, fetched before and sent after."""
    from functools import partial

    from tally.store.remote.work import RemoteWork, work

    def on(remote: RemoteWork) -> int:
        args.root, args.remote = remote.copy.root, remote
        return _done(args)

    reads = args.command in READING
    return work(args.root, args.cache, args.campaign, partial(tell, file=sys.stderr), on, writes=not reads)


if __name__ == "__main__":
    sys.exit(main())
