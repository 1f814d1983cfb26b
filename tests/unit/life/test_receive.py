"""Receiving: where a file goes, what is refused and why, what is told when a unit sends again."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import UTC, date, datetime
from pathlib import Path

import openpyxl
import pytest

from benchmarks.parcels import packing as parcels
from tally.campaigns.masks_2021 import CAMPAIGN
from tally.errors import TallyError, UsageError
from tally.life.receive import receive
from tally.locate.imprint import ANSWER, LIST_SHEET, LIST_TITLE
from tally.paths import Paths
from tally.readers.limits import Patience
from tally.render.blank_forms import template_workbook
from tally.store import lock
from tests.unit.life import clerk

PERIOD, DAY = "2021-05", date(2021, 6, 3)
UNIT = CAMPAIGN.unit("320902")


def form(unit: str = "320902", period: str = PERIOD, **filled) -> bytes:
    blank = template_workbook(CAMPAIGN, period, unit, timestamp=datetime(2021, 5, 31, tzinfo=UTC))
    return clerk.fill(blank, **filled)


@pytest.fixture
def inbox(tmp_path) -> Path:
    (tmp_path / "inbox").mkdir()
    return tmp_path / "inbox"


def put(inbox: Path, name: str, content: bytes) -> Path:
    (inbox / name).write_bytes(content)
    return inbox / name


def take(root: Path, *files, **options):
    return receive(CAMPAIGN, root, files, **{"period": PERIOD, "received": DAY, **options})


def raw(root: Path) -> Path:
    return Paths(root, CAMPAIGN.name, PERIOD).raw


def register(root: Path) -> list[dict]:
    return list(csv.DictReader(io.StringIO((raw(root) / "received.csv").read_text("utf-8-sig"))))


def test_a_file_over_which_the_process_is_lost_costs_that_file_alone(tmp_path, inbox, monkeypatch):
    spins, sound = put(inbox, "慢.xlsx", form()), put(inbox, "报表.xlsx", form())
    with monkeypatch.context() as patience:
        patience.setattr("tally.life.receive.WHOLE_UNIT", Patience(0.0, 0.0))
        (lost,) = take(tmp_path, spins)
    assert "没有做完" in lost.refused and lost.remedy and not (raw(tmp_path) / "亭湖区").exists()
    (filed,) = take(tmp_path, sound)
    assert (filed.path, filed.refused) == ("亭湖区/报表.xlsx", "")


def test_a_file_is_filed_under_its_unit_and_noted_with_its_day(tmp_path, inbox):
    (got,) = take(tmp_path, put(inbox, "报表.xlsx", form()))
    assert (got.path, got.units, got.refused) == ("亭湖区/报表.xlsx", (UNIT,), "")
    assert (raw(tmp_path) / got.path).read_bytes() == (inbox / "报表.xlsx").read_bytes()
    assert register(tmp_path) == [{"file": got.path, "received": "2021-06-03", "unit": "", "note": ""}]
    assert len(got.forms) == 3 and not got.changes


@pytest.mark.parametrize("name", ["盐都区附件4.xlsx", "附件4（盐都）.xlsx"])
def test_the_name_tells_the_unit_where_the_form_does_not(name, tmp_path, inbox):
    content = clerk.opened_without_unit(form("320903"))
    (got,) = take(tmp_path, put(inbox, name, content))
    assert got.path == f"盐都区/{name}"


def test_a_file_of_nobody_is_refused_until_the_unit_is_named(tmp_path, inbox):
    source = put(inbox, "报表.xlsx", clerk.opened_without_unit(form()))
    (got,) = take(tmp_path, source)
    assert "没有写明单位" in got.refused and "--unit" in got.remedy
    assert not raw(tmp_path).exists()
    (got,) = take(tmp_path, source, unit="滨海")
    assert got.path == "滨海县/报表.xlsx" and register(tmp_path)[0]["unit"] == "滨海县"


def test_a_name_that_contradicts_the_form_is_refused_with_both_units(tmp_path, inbox):
    (got,) = take(tmp_path, put(inbox, "盐都区报表.xlsx", form("320902")))
    assert "盐都区" in got.refused and "亭湖区" in got.refused
    assert not raw(tmp_path).exists()


def test_the_person_s_word_settles_it_and_what_the_form_says_is_told(tmp_path, inbox):
    (got,) = take(tmp_path, put(inbox, "报表.xlsx", form("320902")), unit="320903")
    assert got.path == "盐都区/报表.xlsx"
    assert any("亭湖区市场监督管理局" in r for r in got.remarks)


def test_the_same_content_again_is_not_filed_twice(tmp_path, inbox):
    first = put(inbox, "报表.xlsx", form())
    take(tmp_path, first)
    (got,) = take(tmp_path, put(inbox, "报表最终.xlsx", first.read_bytes()))
    assert got.same and got.path == "亭湖区/报表.xlsx"
    assert len(register(tmp_path)) == 1


def test_a_later_version_is_kept_beside_the_earlier_and_told_cell_by_cell(tmp_path, inbox):
    first = put(inbox, "报表.xlsx", form())
    take(tmp_path, first)
    kept = first.read_bytes()
    cases = {**clerk.CASES, "quality": {**clerk.CASES["quality"], "masks_seized": 2.5}}
    firms = [{**clerk.FIRMS[0], "enterprise_size": "中型"}, *clerk.FIRMS[1:]]
    (got,) = take(tmp_path, put(inbox, "报表.xlsx", form(cases=cases, firms=firms, batches=clerk.BATCHES[1:])))
    assert got.path == "亭湖区/报表（2）.xlsx" and not got.remarks
    assert (raw(tmp_path) / "亭湖区/报表.xlsx").read_bytes() == kept
    assert [c.line(CAMPAIGN.form(c.form)) for c in got.changes["320902"]] == [
        "附件3 第1条“示例甲口罩有限公司” 企业规模：小型 → 中型（L5）",
        "附件4 质量类案件 查获口罩：1.5 → 2.5（I6）",
        "附件4 合计 查获口罩：10.5 → 11.5（I12）",
        "附件5 第1条“示例甲口罩有限公司｜日常防护口罩｜M-1”：删去该条记录",
    ]
    assert register(tmp_path)[-1]["note"] == "再次报送"


def test_a_late_return_of_another_period_in_one_parcel_is_told_as_what_that_period_may_lack(tmp_path, inbox):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as parcel:
        parcel.writestr("5月.xlsx", form())
        parcel.writestr("4月（补报）.xlsx", form(period="2021-04"))
    (got,) = take(tmp_path, put(inbox, "亭湖区.zip", content.getvalue()))
    (told,) = [r for r in got.remarks if "2021年4月" in r]
    assert told.startswith("注意：附件3、附件4、附件5有一份") and "--period" in told


def test_a_corrected_name_is_a_change_and_not_a_new_record(tmp_path, inbox):
    take(tmp_path, put(inbox, "报表.xlsx", form()))
    firms = [{**clerk.FIRMS[0], "enterprise": "示例甲（盐城）口罩有限公司"}, *clerk.FIRMS[1:]]
    (got,) = take(tmp_path, put(inbox, "报表.xlsx", form(firms=firms)))
    mine = [(c.field, c.old, c.new) for c in got.changes["320902"] if c.form == "enterprises"]
    assert mine == [("enterprise", "示例甲口罩有限公司", "示例甲（盐城）口罩有限公司")]


def test_a_key_that_others_share_is_mended_in_one_record_alone(tmp_path, inbox):
    nameless = {**clerk.BATCHES[0], "model": ""}
    other = {**nameless, "assistance": "上门指导"}
    take(tmp_path, put(inbox, "报表.xlsx", form(batches=[nameless, clerk.BATCHES[1], other])))
    mended = [{**nameless, "model": "均码"}, clerk.BATCHES[1], other]
    (got,) = take(tmp_path, put(inbox, "报表.xlsx", form(batches=mended)))
    assert [(c.row[:3], c.field, c.old, c.new) for c in got.changes["320902"]] == [("第1条", "model", "", "均码")]


def test_of_three_versions_of_one_day_the_last_counts(tmp_path, inbox):
    for number, name in enumerate(("甲.xlsx", "乙.xlsx", "丙.xlsx"), 4):
        cases = {**clerk.CASES, "price": {**clerk.CASES["price"], "cases_handled": number}}
        (got,) = take(tmp_path, put(inbox, name, form(cases=cases)))
        assert not got.remarks
    assert got.path == "亭湖区/丙（3）.xlsx"
    read = clerk.read_back(tmp_path, PERIOD, UNIT.code)
    assert read.returns["cases"].frame.loc["price", "cases_handled"] == 6
    assert not [f for f in read.all_findings if f.severity == "error"]


def test_it_is_said_when_another_file_still_counts(tmp_path, inbox):
    take(tmp_path, put(inbox, "报表最终版.xlsx", form()), received=date(2021, 6, 4))
    cases = {**clerk.CASES, "price": {**clerk.CASES["price"], "cases_handled": 4}}
    (got,) = take(tmp_path, put(inbox, "报表.xlsx", form(cases=cases)), received=DAY)
    assert [r for r in got.remarks if "附件4现在计入的是 亭湖区/报表最终版.xlsx" in r] == list(got.remarks) != []


def test_a_list_sent_again_without_a_line_does_not_silently_leave_the_old_one(tmp_path, inbox):
    take(tmp_path, put(inbox, "报表.xlsx", form()))
    (got,) = take(tmp_path, put(inbox, "报表.xlsx", form(batches=())))
    assert len(got.remarks) == 1 and "附件5现在计入的是 亭湖区/报表.xlsx" in got.remarks[0]


def test_a_blank_form_of_another_version_is_noticed(tmp_path, inbox):
    content = clerk.with_text(form(), "附件4", "J1", "表式版本 0123abcd")
    (got,) = take(tmp_path, put(inbox, "报表.xlsx", content))
    assert len(got.remarks) == 1 and got.remarks[0].startswith("注意：附件4填的是另一版空白表（0123abcd）")


def test_an_archive_of_one_unit_is_filed_whole(tmp_path, inbox):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as z:
        z.writestr("附件.xlsx", form())
    (got,) = take(tmp_path, put(inbox, "材料.zip", packed.getvalue()))
    assert got.path == "亭湖区/材料.zip" and len(got.forms) == 3


def test_an_archive_of_several_units_lies_flat_and_each_reads_its_own(tmp_path, inbox):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as z:
        z.writestr("一.xlsx", form("320902"))
        z.writestr("二.xlsx", form("320903"))
    (got,) = take(tmp_path, put(inbox, "材料.zip", packed.getvalue()))
    assert got.path == "材料.zip" and [u.code for u in got.units] == ["320902", "320903"]
    assert clerk.read_back(tmp_path, PERIOD, "320903").returns["cases"].state == "on time"


def test_members_of_an_archive_with_paths_in_their_names_are_never_written(tmp_path, inbox):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as z:
        z.writestr("../../../escaped.xlsx", form())
    take(tmp_path, put(inbox, "亭湖区.zip", packed.getvalue()))
    assert [p.name for p in tmp_path.rglob("escaped*")] == []


def test_what_cannot_be_filed_is_refused_alone_with_the_reason(tmp_path, inbox):
    good, empty = put(inbox, "报表.xlsx", form()), put(inbox, "亭湖区空.xlsx", b"")
    hidden, odd = put(inbox, "~$亭湖区.xlsx", b"x" * 100), put(inbox, "..\\x.xlsx", form())
    missing, folder = inbox / ".." / "x.xlsx", inbox
    got = take(tmp_path, empty, hidden, odd, missing, folder, good)
    assert [bool(r.refused) for r in got] == [True] * 5 + [False]
    reasons = ("空文件", "会被跳过", "路径或控制字符", "没有找到文件", "是文件夹")
    assert all(word in r.refused and r.remedy for word, r in zip(reasons, got, strict=False))
    assert [p.name for p in sorted(raw(tmp_path).rglob("*")) if p.is_file()] == ["received.csv", "报表.xlsx"]


def test_a_file_of_another_period_is_refused_unless_the_period_is_named(tmp_path, inbox):
    take(tmp_path, put(inbox, "报表.xlsx", form()))
    april = put(inbox, "亭湖区4月附件.xlsx", form(cases={}))
    (got,) = take(tmp_path, april, period="")
    assert "2021-05" in got.refused and "--period" in got.remedy
    (got,) = take(tmp_path, april, period="2021-04")
    assert (Paths(tmp_path, CAMPAIGN.name, "2021-04").raw / got.path).exists()


@pytest.mark.parametrize("options", [{"period": "../x"}, {"period": "2021-13"}, {"unit": "../x"}, {"unit": "高新区"}])
def test_an_unknown_period_or_unit_is_a_usage_error(options, tmp_path, inbox):
    with pytest.raises(UsageError):
        take(tmp_path, put(inbox, "报表.xlsx", form()), **options)
    assert not (tmp_path / "data").exists()


def test_without_any_period_the_person_is_asked_for_one(tmp_path, inbox):
    with pytest.raises(UsageError, match="--period"):
        take(tmp_path, put(inbox, "报表.xlsx", form()), period="")


def test_a_register_kept_by_hand_keeps_its_columns_and_lines(tmp_path, inbox):
    raw(tmp_path).mkdir(parents=True)
    by_hand = "note,file,received\n电话核实,旧.xlsx,2021-06-01"
    (raw(tmp_path) / "received.csv").write_text(by_hand, "utf-8")
    take(tmp_path, put(inbox, "报表.xlsx", form()))
    assert (raw(tmp_path) / "received.csv").read_text("utf-8") == by_hand + "\n,亭湖区/报表.xlsx,2021-06-03\n"


def test_a_register_in_gbk_is_continued_in_gbk(tmp_path, inbox):
    raw(tmp_path).mkdir(parents=True)
    by_hand = "file,received,unit,note\r\n旧.xlsx,2021-06-01,亭湖区,电话核实\r\n"
    (raw(tmp_path) / "received.csv").write_bytes(by_hand.encode("gbk"))
    take(tmp_path, put(inbox, "报表.xlsx", form()))
    assert (raw(tmp_path) / "received.csv").read_bytes().decode("gbk") == by_hand + "亭湖区/报表.xlsx,2021-06-03,,\n"


def test_a_register_that_cannot_be_continued_stops_before_anything_is_filed(tmp_path, inbox):
    raw(tmp_path).mkdir(parents=True)
    (raw(tmp_path) / "received.csv").write_text("材料,日期\n", "utf-8")
    with pytest.raises(TallyError, match="file"):
        take(tmp_path, put(inbox, "报表.xlsx", form()))
    assert [p.name for p in raw(tmp_path).rglob("*")] == ["received.csv"]


def test_while_a_run_reads_nothing_is_filed(tmp_path, inbox):
    with lock.held(tmp_path), pytest.raises(TallyError, match="另一个运行"):
        take(tmp_path, put(inbox, "报表.xlsx", form()))
    assert not raw(tmp_path).exists()


def test_a_person_is_told_in_words(tmp_path, inbox):
    source = put(inbox, "报表.xlsx", form())
    (first,) = take(tmp_path, source)
    assert list(first.lines(CAMPAIGN))[0] == f"{source} → 2021-05/亭湖区/报表.xlsx（亭湖区）"
    (again,) = take(tmp_path, source)
    assert "内容完全相同" in next(again.lines(CAMPAIGN))
    source.write_bytes(form(batches=clerk.BATCHES[:1]))
    (changed,) = take(tmp_path, source)
    told = list(changed.lines(CAMPAIGN))
    assert "  与前一版相比有 1 处不同：" in told and any("删去该条记录" in t for t in told)


def test_a_mail_is_filed_with_the_day_it_was_sent_and_its_sender(tmp_path, inbox):
    mail = parcels.message({"报表.xlsx": form(), "盖章件.png": b"\x89PNG\r\n\x1a\n" + bytes(60)})
    (got,) = take(tmp_path, put(inbox, "报送.eml", mail.as_bytes()), received=None)
    assert (got.path, len(got.forms), got.nothing_read) == ("亭湖区/报送.eml", 3, False)
    (line,) = register(tmp_path)
    assert line["received"] == "2021-06-03" and "th@example.com" in line["note"]
    said = "\n".join(got.lines(CAMPAIGN))
    assert "发件人：亭湖区局" in said and "盖章件.png：是图片" in said


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("盖章件.png", b"\x89PNG\r\n\x1a\n" + bytes(60), "是图片"),
        ("扫描.pdf", b"%PDF-1.7\n", "已损坏"),
        ("压缩.7z", parcels.seven_zip({"附件4.xlsx": b"x"}, password="geheim"), "设有打开密码"),
        ("压缩.rar", b"Rar!\x1a\x07\x00" + bytes(300), "已损坏"),
        ("版式.bin", bytes(range(256)) * 20, "不是可识别"),
    ],
)
def test_what_cannot_be_read_is_filed_and_the_reason_said(name, content, reason, tmp_path, inbox):
    (got,) = take(tmp_path, put(inbox, name, content), unit="亭湖区")
    assert got.path == f"亭湖区/{name}" and got.nothing_read
    assert any(name in line and reason in line for line in got.lines(CAMPAIGN))


def test_a_list_of_ours_that_comes_back_alone_brings_its_answers(tmp_path, inbox):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = LIST_SHEET
    sheet.append([f"亭湖区2021年5月{LIST_TITLE}"])
    sheet.append(["序号", "性质", "表", "位置", "问题", ANSWER])
    sheet.append([1, "差错", "附件4", "质量类“结案”", "结案大于查办", "已核对台账，应为 3 件"])
    content = io.BytesIO()
    book.save(content)
    (got,) = take(tmp_path, put(inbox, "亭湖区问题清单.xlsx", content.getvalue()))
    assert got.forms == ("问题清单的答复 1 条",) and not got.nothing_read


def test_the_same_file_again_with_another_day_says_which_day_stands(tmp_path, inbox):
    file = put(inbox, "报表.xlsx", form())
    take(tmp_path, file)
    (again,) = take(tmp_path, file, received=date(2021, 6, 9))
    assert (
        again.same
        and "2021-06-03" in again.remarks[0]
        and any("没有改成 2021-06-09" in line for line in again.lines(CAMPAIGN))
    )
    assert [line["received"] for line in register(tmp_path)] == ["2021-06-03"]
    assert not take(tmp_path, file)[0].remarks
