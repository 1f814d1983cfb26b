"""What a mail says beside what it brings: older mails quoted in it, a demand not met, its own day, an attachment that is missing."""

from email.message import EmailMessage

import pytest

from tests.adversary.world import form4, workbook

DEMAND = "你区附件4质量类查办案件应为{}件，请核实后重报"


def mail(
    body: str, form: list | None = None, html: str = "", day: str = "01 Jun", subject: str = "报表", **more
) -> bytes:
    message = EmailMessage()
    message["Subject"], message["From"], message["Date"] = subject, "a@example.cn", f"Tue, {day} 2021 09:00:00 +0800"
    message.set_content(body)
    if html:
        message.add_alternative(f"<html><body>{html}</body></html>", subtype="html")
    attached = {"附件4.xlsx": workbook({"Sheet1": form})} if form else {}
    for name, content in (attached | more).items():
        message.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return message.as_bytes()


def page(rows: list[list]) -> str:
    lines = ("".join(f"<td>{'' if cell is None else cell}</td>" for cell in row) for row in rows)
    return f"<table>{''.join(f'<tr>{line}</tr>' for line in lines)}</table>"


OLDER = page(form4(day="2021年4月30日", quality=(20, 30, 3, 3, 2, 1.5, 2, 0.5, 0)))
QUOTED = {
    "blockquote": f"<p>本月报表见附件</p><div>在2021年5月1日 09:00，张三 写道：</div><blockquote>{OLDER}</blockquote>",
    "below a line": f"<div><p>本月报表见附件</p></div><hr><div><p>发件人：张三</p><p>发送时间：2021年5月1日</p></div>{OLDER}",
    "another client": f"<p>本月报表见附件</p><div>------------------ 原始邮件 ------------------</div><div>{OLDER}</div>",
}


@pytest.mark.parametrize("how", QUOTED)
def test_a_table_quoted_of_an_older_mail_is_no_rival_of_the_one_attached(world, how):
    world.put("亭湖区/报.eml", mail("本月报表见附件", form4(), QUOTED[how]))
    out = world.run()
    assert out.value("total", "cases_handled") == 6
    assert "returns.set_aside" in out.rules("note") and not out.rules("warning")


def test_a_table_that_is_only_quoted_counts_and_is_asked_about(world):
    world.put(
        "亭湖区/报.eml",
        mail("转", None, f"<p>转</p><div>------ 原始邮件 ------</div>{page(form4())}", subject="转发：报表"),
    )
    out = world.run()
    assert out.value("total", "cases_handled") == 6 and "returns.title_status" in out.rules("warning")


@pytest.mark.parametrize(("asked", "said"), [(16, True), (4, False)])
@pytest.mark.parametrize("kind", ["plain", "page"])
def test_a_demand_that_a_mail_quotes_and_its_form_does_not_meet_is_told(world, asked, said, kind):
    html = (
        f"<p>已改，见附件</p><div>张三 写道：</div><blockquote>{DEMAND.format(asked)}</blockquote>"
        if kind == "page"
        else ""
    )
    world.put("亭湖区/报.eml", mail(f"已改，见附件\n\n> {DEMAND.format(asked)}\n", form4(), html))
    assert ("intake.letter_quotes" in world.run().rules("warning")) is said


@pytest.mark.parametrize(("day", "said"), [("10 May", True), ("01 Jun", False)])
def test_a_form_of_a_later_day_than_its_mail_is_asked_about(world, day, said):
    world.put("亭湖区/报.eml", mail("见附件", form4(), day=day))
    assert ("intake.letter_before" in world.run().rules("warning")) is said


def test_figures_in_a_mail_without_the_form_are_told_and_not_counted(world):
    world.put("亭湖区/报.eml", mail("我区5月质量类查办案件14件，其中立案12件。"))
    out = world.run()
    assert out.findings.query("rule == 'intake.letter_only'")["form"].tolist() == ["cases"]
    assert out.state("cases") == ["missing"]


def test_a_mail_that_speaks_of_an_attachment_and_has_none_says_so(world):
    world.put("亭湖区/报.eml", mail("5月报表见附件。"))
    assert "intake.letter_bare" in world.run().rules("warning")


def test_a_reply_under_the_title_of_the_office_s_letter_and_a_covering_letter_say_nothing(world):
    text = "李科长：现将我局5月口罩专项报表和总结报上，请查收。"
    world.put("亭湖区/报.eml", mail(text, form4(), subject="回复：关于报送和更正口罩统计表的通知"))
    said = world.run().findings.query("rule.str.startswith('intake.letter') or rule == 'summary.not_letter'")
    assert said["severity"].tolist() == ["note"] and "附件报送" not in said["suggestion"].iloc[0]


def test_the_companions_of_a_page_saved_by_excel_and_what_word_leaves_behind_are_noted(world):
    frames = '<html><head></head><frameset rows="*,39"><frame src="附件4.files/sheet001.htm"></frameset></html>'
    world.put("亭湖区/附件4.htm", frames)
    world.put("亭湖区/附件4.files/sheet001.htm", f"<html><meta charset='utf-8'>{page(form4())}</html>")
    world.put("亭湖区/附件4.files/stylesheet.css", "td {color: black}")
    world.put("亭湖区/附件4.files/filelist.xml", '<xml><o:MainFile HRef="../附件4.htm"/></xml>')
    world.put("亭湖区/附件4.files/tabstrip.htm", "<html><table><tr><td>Sheet1</td></tr></table></html>")
    out = world.run()
    assert out.value("total", "cases_handled") == 6
    assert not out.rules("warning") and out.rules("error") <= {"returns.missing"}
