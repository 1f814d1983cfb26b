"""What goes out: files named by unit and period, a blank summary that is nobody's word until it is filled in, mails as drafts."""

from __future__ import annotations

import email
import io
from email import policy

import docx
import pytest

from tally.campaigns.masks_2021 import CAMPAIGN
from tally.life.hand_out import hand_out
from tally.paths import Paths
from tests.unit.life import clerk

PERIOD, UNIT = "2021-06", "320904"
STEM = "大丰区-2021年6月-"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    paths = Paths(tmp_path_factory.mktemp("out"), CAMPAIGN.name, PERIOD)
    assert len(hand_out(CAMPAIGN, paths)) == len(CAMPAIGN.units)
    return paths.reports / "templates"


def test_every_unit_gets_three_files_that_say_whose_they_are(folder):
    names = {p.name for p in folder.iterdir()}
    kinds = ("统计表.xlsx", "工作总结.docx", "邮件.eml")
    assert names == {f"{u.name}-2021年6月-{k}" for u in CAMPAIGN.units for k in kinds}


def test_the_mail_is_a_draft_with_both_attached_and_says_by_when(folder):
    message = email.message_from_bytes((folder / f"{STEM}邮件.eml").read_bytes(), policy=policy.default)
    assert message["X-Unsent"] == "1" and "大丰区" in message["Subject"]
    assert [a.get_filename() for a in message.iter_attachments()] == [f"{STEM}统计表.xlsx", f"{STEM}工作总结.docx"]
    text = message.get_body().get_content()
    assert "大丰区市场监督管理局：" in text and "2021年7月5日前" in text


def test_the_same_declarations_give_the_same_files(folder, tmp_path):
    paths = Paths(tmp_path, CAMPAIGN.name, PERIOD)
    hand_out(CAMPAIGN, paths)
    for file in folder.iterdir():
        assert (paths.reports / "templates" / file.name).read_bytes() == file.read_bytes(), file.name


def test_a_summary_sent_back_blank_is_no_summary(folder, tmp_path):
    clerk.send(tmp_path, PERIOD, UNIT, (folder / f"{STEM}工作总结.docx").read_bytes(), "总结.docx")
    read = clerk.read_back(tmp_path, PERIOD, UNIT)
    assert read.summary is None and not read.passages
    assert [f.rule for f in read.findings if f.file.endswith("总结.docx")] == ["summary.not_written"]


def test_a_summary_that_is_filled_in_is_read_without_our_hints(folder, tmp_path):
    document = docx.Document(folder / f"{STEM}工作总结.docx")
    told = "对辖区口罩生产企业逐家排查，建立台账，共排查12家。"
    for paragraph in document.paragraphs:
        if paragraph.text.startswith("出动执法人员"):
            paragraph.text = paragraph.text.replace("＿＿＿", "560")
        elif paragraph.text.startswith("【请填写：这项工作"):
            paragraph.add_run(told)
    sink = io.BytesIO()
    document.save(sink)
    clerk.send(tmp_path, PERIOD, UNIT, sink.getvalue(), "总结.docx")
    read = clerk.read_back(tmp_path, PERIOD, UNIT)
    assert read.summary is not None
    assert "出动执法人员560人次" in read.summary.text and told in read.summary.text
    assert "请填写" not in read.summary.text and "＿＿＿" not in read.summary.text
