"""Reminders: who gets one, what it says, that it is a proper letter."""

from __future__ import annotations

import email.policy
import io
from dataclasses import replace

import docx
import openpyxl
import pytest

from tally.campaigns.masks_2021 import CAMPAIGN
from tally.errors import TallyError, UsageError
from tally.life.remind import letter, plain, write_reminders
from tally.life.status import status
from tally.paths import Paths
from tally.render.feedback.asking import whom_to_ask
from tally.render.feedback.notices import Notice
from tests.unit.life import checked, clerk

PERIOD = "2021-05"


@pytest.fixture(scope="module")
def paths(tmp_path_factory):
    return Paths(checked.copied(tmp_path_factory.mktemp("remind")), CAMPAIGN.name, PERIOD)


@pytest.fixture(scope="module")
def written(paths):
    return {p.name: p.read_bytes() for p in write_reminders(CAMPAIGN, paths)}


def test_only_units_with_something_open_get_a_letter(paths, written):
    waiting = [u.code for u in status(CAMPAIGN, paths).units if u.open]
    letters = [name for name in written if not name.endswith(".xlsx")]
    assert letters == [f"{code}.{kind}" for code in waiting for kind in ("docx", "txt", "eml")]
    assert "320921" in waiting


def test_a_missing_return_is_asked_for_with_its_date_and_not_listed_as_a_fault(written):
    text = written["320921.txt"].decode()
    assert "响水县市场监督管理局：" in text and "2021年5月报送期" in text
    assert "附件4《口罩案件查处情况统计表》" in text and "应于2021年6月5日前报送" in text
    assert "问题清单" not in text


def test_faults_are_counted_listed_and_the_workbook_named(paths, written):
    text = written["320981.txt"].decode()
    state = next(u for u in status(CAMPAIGN, paths).units if u.code == "320981")
    assert f"请更正差错 {state.errors} 处" in text and f"请核实疑点 {state.warnings} 处" in text
    assert text.count("【差错】") == state.errors and text.count("【疑点】") == state.warnings
    assert "“东台市2021年5月报送期问题清单.xlsx”" in text  # as the mail attaches it
    book = openpyxl.load_workbook(io.BytesIO(written["320981.xlsx"]))
    grades = [row[1].value for row in book["问题清单"].iter_rows(max_col=2)]
    assert (grades.count("差错"), grades.count("疑点")) == (text.count("【差错】"), text.count("【疑点】"))


def test_the_letter_says_by_when_to_answer_and_leaves_room_for_a_name_that_nobody_declared(written):
    text = written["320981.txt"].decode()
    assert "请于2021年6月15日前办理并报回" in text and "联系人：　" in text and "电话：　" in text


def test_a_declared_name_and_number_stand_in_letter_and_list(paths):
    campaign = replace(CAMPAIGN, contact="张样例", telephone="0515-00000000")
    assert whom_to_ask(campaign).endswith("联系（联系人：张样例，电话：0515-00000000）。")
    now = replace(status(CAMPAIGN, paths), campaign=campaign)
    blocks = letter(now, CAMPAIGN.unit("320981"), now.units[0], ())
    assert plain(blocks).count("张样例") == 1 and "联系人：　" not in plain(blocks)


def test_whoever_sent_no_cells_is_not_told_of_colours(paths):
    now = status(CAMPAIGN, paths)
    unit, state = CAMPAIGN.unit("320981"), replace(now.units[0], errors=1)
    scan = Notice("error", "file.unreadable", "", "", "是扫描件", file="东台市/附件4.pdf")
    text = plain(letter(now, unit, state, (scan,)))
    assert "标出" not in text and "红色" not in text and "请用电子表格（Excel、WPS）报送" in text


def test_a_mail_is_ready_with_the_letter_and_the_workbook_attached(written):
    mail = email.message_from_bytes(written["320981.eml"], policy=email.policy.default)
    assert "东台市2021年5月报送期" in mail["Subject"] and mail["X-Unsent"] == "1"
    assert mail.get_body(("plain",)).get_content().splitlines() == written["320981.txt"].decode().splitlines()
    names = {a.get_filename(): a.get_content() for a in mail.iter_attachments()}
    assert names["东台市2021年5月报送期通知.docx"] == written["320981.docx"]
    assert names["东台市2021年5月报送期问题清单.xlsx"] == written["320981.xlsx"]
    assert (
        len(list(email.message_from_bytes(written["320921.eml"], policy=email.policy.default).iter_attachments())) == 1
    )


def test_a_unit_that_only_has_to_send_gets_no_workbook(written):
    assert "320921.xlsx" not in written and ".xlsx" not in written["320921.txt"].decode()


def test_the_word_letter_has_title_addressee_signature_and_the_list_as_a_table(written):
    letter = docx.Document(io.BytesIO(written["320981.docx"]))
    texts = [p.text for p in letter.paragraphs]
    assert texts[0].replace("\n", "") == "关于报送和更正口罩产品质量提升专项整治行动统计表的通知"
    addressee = next(p for p in letter.paragraphs if p.text == "东台市市场监督管理局：")
    assert addressee.style.style_id == "Normal"
    assert "盐城市市场监督管理局" in texts and "附件：问题清单" in texts
    (table,) = letter.tables
    assert [c.text for c in table.rows[0].cells][:3] == ["序号", "性质", "表"]
    assert len(table.rows) == 1 + written["320981.txt"].decode().count("【")


def test_the_same_tables_give_the_same_bytes(paths, written):
    (paths.feedback / "320981.xlsx").write_bytes(b"of an earlier state")
    assert {p.name: p.read_bytes() for p in write_reminders(CAMPAIGN, paths)} == written


def test_a_letter_that_is_no_longer_needed_is_taken_away(paths, written):
    quiet = next(u.code for u in status(CAMPAIGN, paths).units if not u.open)
    old = paths.reports / "remind" / f"{quiet}.txt"
    old.write_text("差错", "utf-8")
    write_reminders(CAMPAIGN, paths)
    assert not old.exists()


def test_without_fresh_tables_no_unit_is_blamed(tmp_path):
    paths = Paths(checked.copied(tmp_path), CAMPAIGN.name, PERIOD)
    clerk.send(tmp_path, PERIOD, "320921", b"x" * 100, "附件4.xlsx")
    with pytest.raises(TallyError, match="响水县"):
        write_reminders(CAMPAIGN, paths)
    with pytest.raises(TallyError, match="check"):
        write_reminders(CAMPAIGN, paths.beside("2021-06"))
    assert not (tmp_path / "reports").exists()


@pytest.mark.parametrize("period", ["2021-13", "../x"])
def test_an_unknown_period_is_refused(period, tmp_path):
    with pytest.raises(UsageError, match="可用"):
        write_reminders(CAMPAIGN, Paths(tmp_path, CAMPAIGN.name, period))
