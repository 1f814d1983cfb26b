"""A report leaves the house: `approve`, `verify`, `disclosure`."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from tally.cli.command import Command, edition, the_period
from tally.cli.exits import EXIT_FAILED
from tally.cli.language import tell
from tally.errors import TallyError

if TYPE_CHECKING:
    from datetime import date

    from tally.declare import Campaign
    from tally.paths import Paths


def _approve(args: argparse.Namespace) -> int:
    from tally.life.approve import Approval, approve

    wanted = Approval(args.by, _day(args.date), args.allow_gaps, args.all_accepted)
    done = approve(args.campaign, args.period, args.root, wanted)
    tell(f"已发布：{done.period} 期第{done.number}次，{done.when}，审批人 {done.by}")
    tell(f"带书面说明的差错{len(done.reasons)}处，疑点{done.warnings}处，【待补充】{done.gaps}处")
    _tell_fingerprint(args)
    return 0


def _day(text: str) -> date:
    """The day of the release: as typed, else today."""
    from datetime import date

    from tally.errors import UsageError

    try:
        return date.fromisoformat(text) if text else date.today()
    except ValueError as e:
        raise UsageError(f"--date 不是日期：{text!r}", "写法如 2021-06-08") from e


def _tell_fingerprint(args: argparse.Namespace) -> None:
    """What to copy onto paper: with it a later copy of the releases can be held against this one."""
    from tally.life import ledger
    from tally.paths import Paths

    paths = Paths(Path(args.root).resolve(), args.campaign, args.period)
    head = ledger.head(paths)
    tell(f"发布指纹：{head}")
    tell(f"请把指纹抄在纸质稿或会议纪要上；日后核对：python pipeline.py verify {paths.typed} --head {head}")
    if args.export:
        from tally.store.files import write_bytes

        write_bytes(args.export, paths.ledger.read_bytes())
        tell(f"发布登记已另存为 {args.export}")


def _approve_words(parser: argparse.ArgumentParser) -> None:
    the_period(parser)
    add = parser.add_argument
    add("--by", required=True, metavar="姓名", help="审批人")
    add("--date", default="", metavar="日期", help="发布日期，如 2021-06-08（默认今天）")
    add("--allow-gaps", action="store_true", help="报告中还有【待补充】也发布")
    add("--all-accepted", action="store_true", help="各单位的数都已认可（accept）才发布")
    add("--export", type=Path, metavar="文件", help="把发布登记另存一份，放到别处保管")


def _verify(args: argparse.Namespace) -> int:
    from tally import campaigns
    from tally.paths import Paths

    campaign = campaigns.load(args.campaign, args.root)
    paths = Paths(args.root, campaign.name, args.period)
    return _verify_file(args, campaign, paths) if args.file else _verify_outputs(args, paths)


def _verify_file(args: argparse.Namespace, campaign: Campaign, paths: Paths) -> int:
    """A report that somebody has in his hands: which release it is; an edited one, each figure against the data."""
    from tally.life.recognise import recognise

    recognition = recognise(paths, args.file)
    tell("\n".join(recognition.lines()))
    agrees = _head_agrees(args, paths) if args.head else True
    if recognition.release:
        return 0 if agrees else EXIT_FAILED
    return _held(args, campaign, paths) if args.file.suffix.lower() == ".docx" and agrees else EXIT_FAILED


def _held(args: argparse.Namespace, campaign: Campaign, paths: Paths) -> int:
    """A report that was edited in Word: each figure against the data."""
    from tally.life.edited.held import held, keep

    judgement = held(campaign, paths, args.file, args.edition)
    tell("\n".join(judgement.lines()))
    if args.keep:
        headings = keep(campaign, paths, judgement)
        tell(f"已存为人工文字：{'、'.join(headings)}（{paths.narrative}）" if headings else "没有需要保存的人工文字。")
    return EXIT_FAILED if judgement.wrong else 0


def _verify_outputs(args: argparse.Namespace, paths: Paths) -> int:
    from tally.life.recognise import broken
    from tally.render.outputs import changed_outputs

    changed, wrong = list(changed_outputs(paths, args.edition)), list(broken(paths))
    for file, what in (*changed, *wrong):
        tell(f"{file}：{what}")
    tell(f"与清单不符，请重新运行 python pipeline.py run {paths.typed}" if changed else "全部输出与清单一致。")
    if wrong:
        tell("发布过的文件有改动，请从备份恢复。")
    return EXIT_FAILED if not _head_agrees(args, paths) or changed or wrong else 0


def _head_agrees(args: argparse.Namespace, paths: Paths) -> bool:
    """Whether the fingerprint that was given, if one was, is that of the newest release or of one it follows."""
    from tally.life import ledger

    head = ledger.head(paths)
    if head:
        tell(f"发布指纹：{head}")
    if not args.head:
        return True
    if number := ledger.released_with(paths, args.head):
        tell(f"给出的指纹与第{number}次发布一致，该次及以前的发布没有被更换。")
        return True
    tell(f"与给出的发布指纹 {args.head} 不符：发布稿或发布登记已被更换或删除。")
    return False


def _verify_words(parser: argparse.ArgumentParser) -> None:
    the_period(parser)
    add = parser.add_argument
    which = "手头的一份报告：是不是发布稿，第几次发布；改过的 Word 稿逐个核对数字"
    add("file", nargs="?", type=Path, metavar="文件", help=which)
    kept = "把 Word 稿中改写的主要做法、成效、问题、打算存为人工文字，下次运行时采用"
    add("--keep", action="store_true", help=kept)
    edition(parser, "哪一个版本")
    add("--head", default="", metavar="指纹", help="发布时抄下的指纹：核对发布稿没有被更换或删除")


def _disclosure(args: argparse.Namespace) -> int:
    from tally.paths import Paths
    from tally.render.outputs import REVIEW, edition_folder
    from tally.report import open_report
    from tally.report.public.search import confidential, survivors

    report = open_report(args.period, args.campaign, args.root, "public")
    paths = Paths(args.root, report.campaign.name, args.period)
    folder = edition_folder(paths, "public")
    if not (folder / "report.html").is_file():
        raise TallyError(
            f"{paths.period} 期还没有公开版，无从核查",
            f"请先运行 python pipeline.py run {paths.typed} --edition public",
        )
    facts = report.public.disclosure()
    words = confidential(report.campaign, report.totals.history.periods)
    exposed = survivors(folder, words)
    firms, smallest, left_out = facts["firms"], facts["smallest"], facts["cells_left_out"]
    tell(f"公开版：各表涉及企业{firms}家，不公布不足{smallest}家（件）的数，略去{left_out}格")
    hits, sought = sum(map(len, exposed.values())), len(words)
    tell(f"可由公布的数推算出的小数：{facts['unique']}个；文件中检出的企业、人员信息：{hits}处（共查找{sought}个词）")
    for file, there in exposed.items():
        tell(f"{file}：{'、'.join(sorted(there)[:5])}")
    if report.public.masked:
        tell(f"人工撰写的文字中有{len(report.public.masked)}段作了删略，请逐段核对：{paths.reports / REVIEW}")
    return EXIT_FAILED if exposed or facts["unique"] else 0


APPROVE = Command(
    "审批发布一期报告：冻结输入、输出和校验值；有未说明的差错或报告已过时则不予发布", _approve, _approve_words
)
VERIFY = Command("核对输出文件是否与生成时的清单一致；给出文件时，辨别它是否发布稿", _verify, _verify_words, reads=True)
DISCLOSURE = Command("核查公开版：能否由公布的数推算出个别企业，文件中有无企业、人员信息", _disclosure, the_period)
