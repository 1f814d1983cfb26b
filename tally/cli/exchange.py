"""What goes out to the units and comes back: `templates`, `receive`, `status`, `remind`."""

from __future__ import annotations

import argparse

from tally.cli.command import Command, a_period, as_json, the_period
from tally.cli.exits import EXIT_USAGE
from tally.cli.language import tell, tell_json


def _templates(args: argparse.Namespace) -> int:
    from tally import campaigns
    from tally.cli import console
    from tally.life.hand_out import hand_out
    from tally.paths import Paths
    from tally.render import outputs
    from tally.run.period import Reporting, read_earlier

    campaign = campaigns.load(args.campaign, args.root)
    read_earlier(campaign, args.period, args.root, Reporting(say=tell, progress=console.progress))
    paths = Paths(args.root, campaign.name, args.period)
    written = hand_out(campaign, paths)
    outputs.write_index(campaign, paths)
    tell(f"已生成 {len(written)} 个单位的空白表、工作总结模板和邮件草稿：{written[0].parent}")
    return 0


def _receive(args: argparse.Namespace) -> int:
    from tally import campaigns
    from tally.cli.patterns import filled_in
    from tally.life.receive import day_of, receive

    campaign = campaigns.load(args.campaign, args.root)
    files, day = filled_in(args.files), day_of(args.date)
    receipts = receive(campaign, args.root, files, period=args.period, unit=args.unit, received=day)
    for receipt in receipts:
        tell("\n".join(receipt.lines(campaign)))
    if len(receipts) > 1:
        refused, unread = sum(bool(r.refused) for r in receipts), sum(r.nothing_read for r in receipts)
        tell(f"共{len(receipts)}件：归档{len(receipts) - refused}件（其中{unread}件没有读出内容），没有归档{refused}件")
    if any(receipt.refused for receipt in receipts):
        return EXIT_USAGE
    return int(all(receipt.nothing_read for receipt in receipts))


def _receive_words(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("files", nargs="+", metavar="文件")
    add("--period", default="", metavar="期", help="归入哪一期（默认为最新一期）")
    add("--unit", default="", metavar="单位", help="文件属于哪个单位（名称或代码；默认按文件名和表内填报单位判断）")
    add("--date", default="", metavar="日期", help="收到的日期，如 2021-06-03（默认为今天）")


def _status(args: argparse.Namespace) -> int:
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


def _status_words(parser: argparse.ArgumentParser) -> None:
    a_period(parser)
    as_json(parser)


def _remind(args: argparse.Namespace) -> int:
    from tally import campaigns
    from tally.life.remind import write_reminders
    from tally.paths import Paths

    campaign = campaigns.load(args.campaign, args.root)
    paths = Paths(args.root, campaign.name, args.period)
    letters = [p for p in write_reminders(campaign, paths) if p.suffix == ".eml"]
    if letters:
        tell(f"已写好 {len(letters)} 个单位的催报和更正通知：{paths.reports / 'remind'}")
    else:
        tell("各单位没有未办事项，不需要催报。")
    return 0


TEMPLATES = Command("生成各单位的空白统计表（附上期已报数）", _templates, the_period)
RECEIVE = Command("把收到的文件归档到报送单位名下并登记；再次报送的，逐格列出与前一版的不同", _receive, _receive_words)
STATUS = Command(
    "报送到了哪一步：各单位各表、差错疑点、齐报率及时率、待补充内容和下一步", _status, _status_words, reads=True
)
REMIND = Command("给有未办事项的单位写催报和更正通知（文字和 Word）", _remind, the_period)
