"""The lists to pass on: every failing batch with its firm's facts, harmless texts, the same bytes."""

from dataclasses import replace
from datetime import datetime
from io import BytesIO

import openpyxl

from tally.campaigns.masks_2021 import CAMPAIGN
from tally.render.workbook.passed_on import HANDOVERS, handover_workbooks
from tests.unit.totals.invented import periods

AT = datetime(2021, 5, 31)
BEFORE, NOW = periods()


def with_sampling(**columns):
    sampling = NOW.forms["sampling"].assign(**columns)
    return replace(NOW, forms={**NOW.forms, "sampling": sampling})


def lists(tables=NOW, earlier=(BEFORE,)):
    made = handover_workbooks(CAMPAIGN, "2021-05", tables, timestamp=AT, earlier=earlier)
    return {
        n: [r for r in openpyxl.load_workbook(BytesIO(c)).active.iter_rows(values_only=True)] for n, c in made.items()
    }


def records(rows):
    head = rows[2]
    return [dict(zip(head, r, strict=True)) for r in rows[3:-1]]


def test_both_lists_hold_every_failing_batch_to_date():
    now = (NOW.forms["sampling"]["result"] == "不合格").sum()
    carried = BEFORE.forms["sampling"].query("unit == '320925'")["result"].eq("不合格").sum()
    made = lists()
    assert list(made) == [h.file for h in HANDOVERS]
    assert all(len(records(rows)) == now + carried for rows in made.values())


def test_a_firms_code_and_address_come_from_the_roster():
    firm = next(r for r in records(lists()["commerce_customs.xlsx"]) if r["报送单位"] == "亭湖区")
    roster = NOW.forms["enterprises"].query("unit == '320902'").set_index("enterprise").loc[firm["企业名称"]]
    assert (firm["统一社会信用代码"], firm["地址"]) == (roster["credit_code"], roster["address"])


def test_what_was_passed_on_or_published_is_told_by_the_follow_up():
    tables = with_sampling(follow_up="责令停售，立案查处，已通报商务部门")
    made = lists(tables, earlier=())
    assert {r["是否已通报"] for r in records(made["commerce_customs.xlsx"])} == {"已写明"}
    assert {r["是否已公示"] for r in records(made["credit_publicity.xlsx"])} == {"未写明，待核实"}
    assert {r["行政处罚"] for r in records(made["credit_publicity.xlsx"])} == {"已写明"}


def test_a_list_without_batches_says_so():
    made = lists(with_sampling(result="合格"), earlier=())
    assert all(len(rows) == 4 and "没有报送不合格批次" in rows[-1][0] for rows in made.values())


def test_texts_that_look_like_formulas_stay_texts():
    tables = with_sampling(follow_up='=HYPERLINK("x")')
    content = handover_workbooks(CAMPAIGN, "2021-05", tables, timestamp=AT)["commerce_customs.xlsx"]
    cells = [c for row in openpyxl.load_workbook(BytesIO(content)).active.iter_rows() for c in row]
    hit = [c for c in cells if str(c.value).startswith("=HYPERLINK")]
    assert hit and all(c.data_type == "s" for c in hit)


def test_the_same_tables_give_the_same_bytes():
    make = lambda: handover_workbooks(CAMPAIGN, "2021-05", NOW, timestamp=AT, earlier=(BEFORE,))  # noqa: E731
    assert make() == make()
