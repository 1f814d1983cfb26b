"""What may be typed after `python pipeline.py`."""

from __future__ import annotations

import argparse

from tally.cli.commands import COMMANDS
from tally.cli.examples import examples
from tally.cli.parser import Parser, add_language
from tally.cli.root import root
from tally.paths import DEFAULT_CAMPAIGN, PROJECT


def parser() -> Parser:
    """The parser of every command, its texts in the language in use."""
    top = Parser(
        prog="pipeline.py",
        description="把各单位上报的统计表读准、核对、汇总，生成专项行动工作总结报告。",
        epilog="退出码：0 完成；1 失败；2 用法有误；3 加了 --strict 而仍有差错或未报。",
    )
    add_language(top)
    commands = top.add_subparsers(dest="command", required=True, metavar="命令")
    for name, command in COMMANDS.items():
        one = commands.add_parser(name, help=command.what, description=command.what, epilog=f"例：{examples(name)}")
        one.set_defaults(root=PROJECT)
        add_language(one)
        if name != "lab":  # its notebooks say themselves which campaign they read
            _add_place(one)
        command.words(one)
    return top.translated()


def _add_place(one: argparse.ArgumentParser) -> None:
    """Whose data: the campaign, and where its files lie."""
    where = "存放 data/ 和 reports/ 的文件夹，或 s3://存储桶/文件夹 之类的地址（默认为本项目）"
    copy = "地址的工作副本放在哪里（默认 TALLY_CACHE 或用户缓存）"
    one.add_argument("--campaign", default=DEFAULT_CAMPAIGN, metavar="名称", help="专项行动（默认 %(default)s）")
    one.add_argument("--root", type=root, default=PROJECT, metavar="文件夹", help=where)
    one.add_argument("--cache", default="", metavar="文件夹", help=copy)


def parsed(argv: list[str] | None) -> argparse.Namespace:
    """The arguments; `rest` is what `lab` does not know, which goes to JupyterLab."""
    args, rest = parser().parse_known_args(argv)
    if rest and args.command != "lab":
        parser().error(f"不认识的参数：{' '.join(rest)}")
    args.rest = rest[rest[:1] == ["--"] :]
    return args
