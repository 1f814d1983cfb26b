"""`new-campaign`: the folder a campaign of one's own begins with."""

from __future__ import annotations

import argparse

from tally.cli.command import Command
from tally.cli.language import tell


def _new_campaign(args: argparse.Namespace) -> int:
    from tally.campaigns.new import new_campaign
    from tally.paths import Paths

    made = new_campaign(args.name, args.root)
    made = args.remote.shown(made) if "remote" in args else made  # where it is to be edited
    tell(f"已建立 {made}\n下一步：按 docs/new-campaign.md 改写里面的文件，再运行")
    tell(f"  python pipeline.py check {Paths(args.root, args.name, '').typed}")
    return 0


def _new_campaign_words(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", metavar="新名称", help="小写英文，如 lifts_2022")


NEW = Command("建立一个新专项的文件夹，照着改写即可运行", _new_campaign, _new_campaign_words)
