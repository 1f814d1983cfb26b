"""Every rule of the desk's filter has a name of its own words, without columns' code names or values of one finding."""

from __future__ import annotations

from tally.campaigns.masks_2021 import CAMPAIGN
from tally.desk.rule_names import rule_names


def test_a_rule_is_called_by_what_it_asks():
    names = rule_names(CAMPAIGN)
    assert names["cases.filed_at_most_handled"] == "附件4 “立案”不大于“查办案件”"
    assert names["form.missing_row"] == "缺少…一行"
    every = [*CAMPAIGN.rules, *(r for f in CAMPAIGN.forms for r in f.rules)]
    for rule in every:
        assert 4 < len(names[rule.id]) < 50 and "`" not in names[rule.id] and "{" not in names[rule.id], names[rule.id]
