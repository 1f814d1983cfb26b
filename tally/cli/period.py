"""One period from files to report: `run`, and `check`, which stops before the report."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from tally.cli.command import Command, a_period, edition
from tally.cli.exits import EXIT_FAILED, EXIT_STRICT
from tally.cli.language import tell
from tally.cli.stopped import tell_interrupted

if TYPE_CHECKING:
    from tally.run.period import Options, Result


def _run(args: argparse.Namespace) -> int:
    return _answering(args, report=True)


def _check(args: argparse.Namespace) -> int:
    return _answering(args, report=False)


def _answering(args: argparse.Namespace, *, report: bool) -> int:
    """The run, ended within a second by Ctrl-C."""
    from tally.engine import interrupt

    with interrupt.answered(tell_interrupted):
        result = _ran(args, report)
        _tell_figures(result, args, report)
        _tell_places(result, args, report)
        return _exit_code(result, args)


def _ran(args: argparse.Namespace, report: bool) -> Result:
    if args.engine != "plain" and args.executor == "local":
        from tally.run import early

        early.start(args.campaign, args.period, args.root, force=args.force)
    from tally import campaigns
    from tally.cli import console
    from tally.run.period import Reporting, newest_period, run_period

    campaign = campaigns.load(args.campaign, args.root)
    period = campaign.period(args.period).name if args.period else newest_period(campaign, args.root)
    reporting = Reporting(say=tell, progress=console.progress, explain=args.explain)
    return run_period(args.campaign, period, args.root, _options(args), reporting, report=report)


def _options(args: argparse.Namespace) -> Options:
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


def _tell_figures(result: Result, args: argparse.Namespace, report: bool) -> None:
    """Who reported, what was counted, what is open, what changed since the last time."""
    from tally.cli import console

    came, all_units = console.arrived(result)
    tell(f"\n{result.campaign.title} {result.paths.period}：{all_units} 个报送单位，已报送 {came} 个\n")
    tell(console.summary(result))
    if not report:
        tell(console.findings(result, everything=args.all))
    if result.changes.found or result.changes.gone:
        tell(f"\n与上次核对相比：新增 {len(result.changes.found)} 处，解决 {len(result.changes.gone)} 处")
    if not result.ran:
        tell("\n没有任何变化，已有的结果仍然有效。")


def _tell_places(result: Result, args: argparse.Namespace, report: bool) -> None:
    """Where the outputs lie."""
    listed = _city_list(result)
    if report:
        from dataclasses import replace

        from tally.render.outputs import edition_folder

        folder = edition_folder(replace(result.paths, area=args.area), args.edition)
        tell(f"\n报告：{folder / 'report.html'}\n      {folder / 'report.pdf'}")
    else:
        tell(f"\n数据：{result.paths.processed}")
    copy = getattr(args, "xlsx", None)
    if listed:
        _tell_list(listed, copy)
    elif copy:
        tell(f"没有写 {copy}：没有未解决的差错和疑点，或者多得一张表写不下（见上面的数目）")
    _query_record(result)


def _tell_list(listed: Path, copy: Path | None) -> None:
    """Where the list of what is open lies, and the copy that was asked for."""
    tell(f"问题清单：{listed}")
    if copy:
        from tally.store.files import write_bytes

        write_bytes(copy, listed.read_bytes())
        tell(f"问题清单已另存为 {copy}")


def _city_list(result: Result) -> Path | None:
    """The list of what is open; it, and those of the periods before, written anew where a run changed what they list."""
    from tally.desk import city_list
    from tally.desk.snapshot import snapshot
    from tally.store.tables import is_processed

    periods = [p.name for p in result.campaign.periods]
    for earlier in periods[: periods.index(result.paths.period)]:
        paths = result.paths.beside(earlier)
        if is_processed(paths, result.campaign) and city_list.is_behind(paths):
            city_list.write_list(snapshot(result.campaign, paths))
    path = result.paths.reports / city_list.NAME
    if result.ran or city_list.is_behind(result.paths):
        return city_list.write_list(snapshot(result.campaign, result.paths))
    return path if path.exists() else None


def _query_record(result: Result) -> None:
    """The record of what was asked, as things stand after this check."""
    from tally.life.query_record import is_behind, write_record

    if result.tables is not None and (result.ran or is_behind(result.paths)):
        write_record(result.campaign, result.paths, result.tables.findings)


def _exit_code(result: Result, args: argparse.Namespace) -> int:
    from tally.cli import console

    if all(u.code in result.failed for u in result.campaign.units):
        tell("\n所有单位都没有处理成功，以上结果里没有任何数字。")
        return EXIT_FAILED
    errors, missing = console.open_matters(result)
    if args.strict and (errors or missing):
        tell(f"\n--strict：还有 {errors} 条差错、{missing} 份未报。")
        return EXIT_STRICT
    return 0


def _words(parser: argparse.ArgumentParser) -> None:
    """What `run` and `check` share."""
    a_period(parser, "如 2021-05；不写则取最新一期")
    add = parser.add_argument
    add("--strict", action="store_true", help="仍有差错或未报时，以退出码 3 结束")
    add("--force", action="store_true", help="全部重新运行")
    add("--explain", action="store_true", help="逐个单位说明为什么要（或不必）重新运行")
    add("--engine", choices=("fork", "plain"), default="", help="笔记本的执行方式（默认自动选择）")
    add("--jobs", type=int, default=0, metavar="N", help="同时处理的笔记本个数（默认为处理器核数）")
    add("--executor", choices=("local", "dask"), default="local", help="在本机还是 Dask 集群上执行")
    add("--scheduler", default="", metavar="地址", help="Dask 调度器，如 tls://主机:8786")
    add("--without-tls", action="store_true", help="允许使用没有加密的 Dask（网络里的人都能运行程序）")
    add("--cell-timeout", type=float, default=1800, metavar="秒", help="单元格的最长执行时间，默认半小时，0 为不限")
    add("--memory-limit", type=int, default=0, metavar="MB", help="每个笔记本可用的内存")


def _run_words(parser: argparse.ArgumentParser) -> None:
    _words(parser)
    edition(parser, "public 为公开版：隐去企业名称、代码和联系方式")
    parser.add_argument("--area", default="", metavar="代码", help="只出某个市或省一级的报告（专项分级时）")


def _check_words(parser: argparse.ArgumentParser) -> None:
    _words(parser)
    parser.add_argument("--all", action="store_true", help="列出全部差错和疑点（默认只列前 20 条）")
    parser.add_argument("--xlsx", type=Path, metavar="文件", help="把问题清单另存为一个 Excel 文件")


RUN = Command("读取、核对、汇总一期报表，生成 HTML、PDF、Word 报告和汇总表", _run, _run_words)
CHECK = Command("只读取和核对，不生成报告", _check, _check_words)
