"""What a unit sends that is no table: a summary copied from last month, typed on a sheet, sent as a picture; figures in a mail."""

import io
import zipfile
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

import docx
import openpyxl
import pytest
from openpyxl.drawing.image import Image as Drawing
from PIL import Image

from tests.adversary.world import form4, workbook

LINES = (
    "亭湖区口罩产品质量提升专项整治行动工作总结",
    "一、基本情况",
    "截至5月31日，全区共出动执法人员30人次，检查经营者42户次，查办案件6件，其中立案4件，结案3件，罚没1.8万元，案值2.4万元。",
    "二、主要做法",
    "（一）加强组织领导。成立领导小组，召开部署会议，明确责任分工，层层压实责任。",
    "（二）排查生产企业。对辖区口罩生产企业逐户排查，建立台账，督促企业落实主体责任。",
    "三、存在问题",
    "部分企业质量意识不强，出厂检验流于形式。",
    "四、下一步打算",
    "继续加大检查力度，巩固整治成果。",
)
TEXT = "\n".join(LINES)
APRIL = TEXT.replace("5月31日", "4月30日")
NEWS = TEXT.replace(LINES[4], "（一）走进企业。组织三场质量培训，邀请检验机构到车间讲解熔喷布的验收。").replace(
    LINES[7], "两家企业的原料进货台账不全，已责令限期整改。"
)


def picture() -> io.BytesIO:
    content = io.BytesIO()
    Image.new("RGB", (80, 60), "white").save(content, "PNG")
    content.seek(0)
    return content


def word(*lines: str, pictures: int = 0) -> bytes:
    document, content = docx.Document(), io.BytesIO()
    for line in lines:
        document.add_paragraph(line)
    for _ in range(pictures):
        document.add_picture(picture())
    document.save(content)
    return content.getvalue()


def mail(body: str, attached: bytes, html: str = "") -> bytes:
    message = EmailMessage()
    message["Subject"], message["From"], message["Date"] = "报表", "a@example.cn", "Tue, 01 Jun 2021 09:00:00 +0800"
    message.set_content(body)
    if html:
        message.add_alternative(html, subtype="html")
    message.add_attachment(attached, maintype="application", subtype="octet-stream", filename="附件4.xlsx")
    return message.as_bytes()


def rules_of_text(outcome, unit: str = "320902") -> dict[str, str]:
    """rule -> severity of what is said of the unit's texts."""
    f = outcome.findings
    mine = f[(f["unit"] == unit) & f["rule"].str.match(r"summary\.|intake\.letter|intake\.sheet|intake\.no_form")]
    return dict(zip(mine["rule"], mine["severity"], strict=True))


@pytest.mark.parametrize(
    ("may", "expected"),
    [
        (TEXT, {"summary.copied": "warning"}),
        (APRIL, {"summary.copied": "warning", "summary.out_of_date": "warning"}),
        (TEXT.replace("30人次", "50人次").replace("6件", "9件"), {"summary.copied": "note"}),
        (NEWS, {}),
    ],
    ids=["only-the-day-is-new", "not-even-the-day", "only-figures-are-new", "written-anew"],
)
def test_a_summary_that_is_last_months_once_more_is_asked_about(world, may, expected):
    world.put("亭湖区/总结.txt", APRIL, "2021-04")
    world.run("2021-04")
    world.put("亭湖区/总结.txt", may)
    assert rules_of_text(world.run()) == expected


def test_two_units_with_one_text_are_both_asked(world):
    world.put("亭湖区/总结.txt", TEXT)
    world.put("盐都区/总结.txt", TEXT.replace("亭湖区", "盐都区"))
    world.put("大丰区/总结.txt", NEWS.replace("亭湖区", "大丰区"))
    outcome = world.run()
    assert rules_of_text(outcome) == rules_of_text(outcome, "320903") == {"summary.same_text": "warning"}
    assert rules_of_text(outcome, "320904") == {}


def test_short_texts_say_the_same_every_month(world):
    short = "口罩专项整治行动工作总结\n本月未发现涉及口罩的违法行为。\n"
    world.put("亭湖区/总结.txt", short, "2021-04")
    world.run("2021-04")
    world.put("亭湖区/总结.txt", short)
    assert "summary.copied" not in rules_of_text(world.run())


@pytest.mark.parametrize(
    "sheet", [[[line] for line in LINES], [["工作总结"], [TEXT]]], ids=["a-line-a-row", "one-cell"]
)
def test_a_summary_typed_on_a_sheet_is_the_summary_and_held_against_the_forms(world, sheet):
    world.put("亭湖区/报表.xlsx", {"附件4": form4(), "工作总结": sheet})
    outcome = world.run()
    assert outcome.state("summary") == ["late"]
    assert rules_of_text(outcome) == {}
    wrong = [[str(cell).replace("立案4件", "立案9件") for cell in row] for row in sheet]
    world.put("亭湖区/报表.xlsx", {"附件4": form4(), "工作总结": wrong})
    (finding,) = world.run().findings.query("rule == 'summary.disagrees'").to_dict("records")
    assert (finding["field"], finding["sheet"]) == ("cases_filed", "工作总结")


@pytest.mark.parametrize(
    ("content", "expected", "came"),
    [
        (word(LINES[0], pictures=2), {"summary.not_written": "warning"}, False),
        (word(LINES[0], "现将有关情况报告如下（见图）。", pictures=2), {"summary.pictured": "warning"}, True),
        (word(*LINES, pictures=1), {"summary.pictured": "note"}, True),
        (word(*LINES), {}, True),
    ],
    ids=["title-and-picture", "sentence-and-picture", "text-and-photo", "text"],
)
def test_pictures_among_a_summarys_text_are_named(world, content, expected, came):
    world.put("亭湖区/工作总结.docx", content)
    world.put("亭湖区/附件4.xlsx", {"Sheet1": form4()})
    outcome = world.run()
    assert rules_of_text(outcome) == expected
    assert (outcome.state("summary") != ["missing"]) == came


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("总结.md", f"{TEXT}\n![现场](a.png)\n"),
        ("总结.html", f"<html><body><p>{'</p><p>'.join(LINES)}</p><img src='a.png'></body></html>"),
    ],
)
def test_pictures_in_web_pages_and_markdown_are_named_too(world, name, content):
    world.put(f"亭湖区/{name}", content)
    assert rules_of_text(world.run()) == {"summary.pictured": "note"}


def test_a_workbook_put_into_a_summary_is_read_and_not_called_unread(world):
    content = io.BytesIO()
    relation = (
        '<Relationship Id="rIdE" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/package" '
        'Target="embeddings/book.xlsx"/></Relationships>'
    )
    shown = (
        '<w:p><w:r><w:object><o:OLEObject xmlns:o="urn:schemas-microsoft-com:office:office" Type="Embed" '
        'ProgID="Excel.Sheet.12" ShapeID="x" DrawAspect="Icon" ObjectID="_1"/></w:object></w:r></w:p><w:sectPr'
    )
    with zipfile.ZipFile(io.BytesIO(word(*LINES))) as source, zipfile.ZipFile(content, "w") as target:
        for member in source.namelist():
            text = source.read(member)
            if member == "word/_rels/document.xml.rels":
                text = text.replace(b"</Relationships>", relation.encode())
            if member == "word/document.xml":
                text = text.replace(b"<w:sectPr", shown.encode(), 1)
            target.writestr(member, text)
        target.writestr("word/embeddings/book.xlsx", workbook({"Sheet1": form4()}))
    world.put("亭湖区/工作总结.docx", content.getvalue())
    outcome = world.run()
    assert outcome.value("total", "cases_handled") == 6
    assert rules_of_text(outcome) == {}


def test_a_sheet_that_is_a_picture_is_named(world):
    def with_picture(book: openpyxl.Workbook) -> None:
        book.create_sheet("附件5").add_image(Drawing(picture()), "B2")

    world.put("亭湖区/报表.xlsx", workbook({"Sheet1": form4()}, with_picture))
    outcome = world.run()
    assert rules_of_text(outcome) == {"intake.sheet_pictured": "warning"}
    assert list(outcome.findings.query("rule == 'intake.sheet_pictured'")["sheet"]) == ["附件5"]


FIGURES = "市局：我区5月共出动执法人员50人次，检查经营者42户次，查办案件8件。附件请查收。"


@pytest.mark.parametrize(
    ("body", "html", "fields"),
    [
        (FIGURES, "", {"cases_handled", "officers_dispatched"}),
        ("见附件", f"<p>{FIGURES}</p>", {"cases_handled", "officers_dispatched"}),
        (FIGURES.replace("50人次", "30人次").replace("8件", "6件"), "", set()),
        (f"已修改，请查收。\n> {FIGURES}", "", set()),
    ],
    ids=["plain", "html", "agree", "quoted-of-another-mail"],
)
def test_figures_in_a_mails_text_are_held_against_what_is_attached(world, body, html, fields):
    world.put("亭湖区/报送.eml", mail(body, workbook({"Sheet1": form4()}), html))
    outcome = world.run()
    assert set(outcome.findings.query("rule == 'intake.letter_figure'")["field"]) == fields
    assert outcome.value("total", "officers_dispatched") == 30


def test_an_older_mails_figures_are_those_of_the_forms_that_it_brought(world):
    older = mail(FIGURES, workbook({"Sheet1": form4(quality=(40, 30, 6, 3, 2, 1.5, 2, 0.5, 0))}))
    newer = mail("更正后的报表见附件", workbook({"Sheet1": form4()})).replace(b"01 Jun", b"02 Jun")
    world.put("亭湖区/报送1.eml", older)
    world.put("亭湖区/报送2.eml", newer)
    outcome = world.run()
    assert outcome.value("total", "officers_dispatched") == 30
    assert outcome.findings.query("rule == 'intake.letter_figure'").empty


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        (TEXT.replace("亭湖区", "盐都区"), "summary.other_unit"),
        (f"{TEXT}\n盐都区市场监督管理局\n2021年6月1日\n", "summary.other_unit"),
        (TEXT.replace("一、基", "盐都区自4月起开展专项整治，现将情况汇报如下。\n一、基"), "summary.other_unit"),
        (TEXT.replace("一、基", "现将4月份工作总结如下。\n一、基").replace("截至5月31日，", ""), "summary.out_of_date"),
        (TEXT.replace("截至5月31日", "4月30日截至"), "summary.out_of_date"),
        (f"{TEXT}\n亭湖区市场监督管理局\n2020年6月1日\n", "summary.out_of_date"),
        ("口罩产品质量提升专项整治行动工作总结\n本月无。\n", "summary.nothing"),
        (TEXT.replace("查办案件6件，其中立案4件，", "未查办口罩案件，"), "summary.disagrees"),
    ],
    ids=["title", "seal", "lead", "month-reported", "up-to", "dated", "nothing", "no-case"],
)
def test_what_a_summary_says_of_itself_is_held_against_where_it_lies(world, text, rule):
    world.put("亭湖区/总结.txt", text)
    world.put("亭湖区/附件4.xlsx", {"Sheet1": form4()})
    assert rules_of_text(world.run()) == {rule: "warning"}


@pytest.mark.parametrize(
    "text",
    [
        TEXT,
        TEXT.replace(
            "一、基", "根据市局2021年3月20日通知，我区自4月起与盐都区联合开展整治，现将总结报告如下。\n一、基"
        ),
        f"{TEXT}\n亭湖区市场监督管理局\n2021年6月1日\n",
        TEXT.replace("立案4件", "立案4件（其中未立案的两件已简易处罚）"),
        TEXT.replace("亭湖区口罩", "盐城市亭湖区口罩"),
    ],
)
def test_an_ordinary_summary_is_left_in_peace(world, text):
    world.put("亭湖区/总结.txt", text)
    world.put("亭湖区/附件4.xlsx", {"Sheet1": form4()})
    assert rules_of_text(world.run()) == {}


@pytest.mark.parametrize(
    ("subject", "body", "expected"),
    [
        ("盐都区5月报表", "见附件", {"intake.letter_unit": "warning"}),
        ("5月报表", "见附件\n盐都区市场监督管理局 王某", {"intake.letter_unit": "warning"}),
        ("亭湖区5月报表", "见附件\n抄送：盐都区局", {}),
        ("5月报表", "见附件\n本邮件及其附件含有保密信息，仅限于发送给上面地址中列出的个人", {}),
    ],
)
def test_a_mail_that_is_another_units_is_asked_about(world, subject, body, expected):
    rows = form4()
    rows[2] = ["填报单位（盖章）：", None, None, "2021年6月1日"]
    message = message_from_bytes(mail(body, workbook({"Sheet1": rows})), policy=default)
    message.replace_header("Subject", subject)
    world.put("亭湖区/报.eml", message.as_bytes())
    said = rules_of_text(world.run())
    assert {rule: grade for rule, grade in said.items() if rule.startswith("intake.letter")} == expected


def test_cards_calendars_and_signatures_beside_a_mail_are_only_noted(world):
    message = EmailMessage()
    message["Subject"], message["From"], message["Date"] = "报表", "a@example.cn", "Tue, 01 Jun 2021 09:00:00 +0800"
    message.set_content("见附件")
    attached = {
        "附件4.xlsx": workbook({"Sheet1": form4()}),
        "张三.vcf": b"BEGIN:VCARD\nEND:VCARD",
        "smime.p7s": bytes.fromhex("302306092a864886f70d010702a01630140201013100300b06092a864886f70d0107013100"),
    }
    for name, content in attached.items():
        message.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    world.put("亭湖区/报.eml", message.as_bytes())
    outcome = world.run()
    assert outcome.findings.query("rule == 'file.accessory'")["severity"].tolist() == ["note", "note"]
    assert outcome.value("total", "cases_handled") == 6


def test_a_form_told_in_sentences_is_named_as_such_and_is_no_summary(world):
    world.put(
        "亭湖区/附件4.txt",
        "附件4 口罩案件查处情况\n填报单位：亭湖区市场监督管理局\n质量类：出动执法人员45人次，检查66户，查办案件14件，其中立案12件，结案9件。"
        "其余各类均为0。合计：出动执法人员45人次，检查66户，查办案件14件。\n",
    )
    outcome = world.run()
    assert outcome.state("summary") == ["missing"]
    assert "intake.form_in_text" in outcome.rules("error")


def test_two_summaries_of_one_month_that_differ_are_asked_about(world):
    world.put("亭湖区/工作总结.docx", word(*LINES))
    world.put("亭湖区/工作总结(2).docx", word(*(line.replace("查办案件6件", "查办案件8件") for line in LINES)))
    outcome = world.run()
    assert outcome.findings.query("rule == 'summary.rivals'")["field"].tolist() == ["cases_handled"]


def test_the_same_text_twice_and_aprils_beside_mays_are_only_noted(world):
    world.put("亭湖区/工作总结.docx", word(*LINES))
    world.put("亭湖区/工作总结.txt", TEXT)
    world.put("亭湖区/总结4月.txt", APRIL.replace("查办案件6件", "查办案件3件"))
    assert "summary.rivals" not in world.run().rules("warning")


@pytest.mark.parametrize("line", ["更正：查办案件应为16件", "勘误：立案5件", "附件4数字有误，见附注"])
def test_a_correction_within_a_summary_is_quoted(world, line):
    world.put("亭湖区/总结.txt", f"{TEXT}\n{line}。\n")
    (finding,) = world.run().findings.query("rule == 'summary.corrects'").to_dict("records")
    assert finding["found"] == line


@pytest.mark.parametrize(("plain", "said"), [("查办案件8件", 1), ("查办案件6件 <https://a.example/99>", 0)])
def test_a_mails_two_texts_are_both_read_where_their_figures_differ(world, plain, said):
    page = "<html><head><style>p{margin:3px}</style></head><body><p>我区5月共查办案件6件。</p></body></html>"
    world.put("亭湖区/报送.eml", mail(f"我区5月共{plain}", workbook({"Sheet1": form4()}), page))
    assert len(world.run().findings.query("rule == 'intake.letter_figure'")) == said


def test_a_table_within_a_summary_is_told_as_what_it_is(world):
    document, content = docx.Document(io.BytesIO(word(*LINES))), io.BytesIO()
    table = document.add_table(2, 3)
    for r, row in enumerate((("出动执法人员", "查办案件", "结案"), ("30", "16", "3"))):
        for c, text in enumerate(row):
            table.cell(r, c).text = text
    document.save(content)
    world.put("亭湖区/工作总结.docx", content.getvalue())
    said = world.run().findings.query("rule == 'summary.table'")
    assert said["severity"].tolist() == ["warning"] and "查办案件" in said["found"].iloc[0]
