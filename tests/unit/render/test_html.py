"""The HTML report: one closed file, texts that stay texts, figures packed with all that stands behind them."""

from __future__ import annotations

import base64
import hashlib
import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tally.blocks import Annex, Chart, Entry, Head, Heading, Paragraph, Provenance, Run, Table, Title
from tally.render.html import render
from tally.render.html.figures import unpacked
from tally.render.html.pack import unfolded
from tally.render.html.svg import inline

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect id="a" width="9" height="9"/></svg>'
HOSTILE = ["<script>alert(1)</script>", "</script><b>", "a&b", '"><img src=x onerror=alert(1)>', "javascript:alert(1)"]


class Page(HTMLParser):
    """Elements, attributes and texts of a page, as a browser's parser would take them apart."""

    def __init__(self, html: str):
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.text += data

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attrs for name, attrs in self.tags if name == tag]


def table(**changes) -> Table:
    given = {
        "id": "t", "caption": "表", "head": ((Head("单位"), Head("件数")),), "align": ("left", "right"),
        "body": ((Entry("甲县"), Entry("1,234")), (Entry("乙区"), Entry("5"))),
    }  # fmt: skip
    return Table(**(given | changes))


def figure(value: str = "5件", **more) -> dict:
    cell = {"file": "甲县/表.xlsx", "sheet": "附件4", "cell": "D14", "raw": "5"}
    return {
        "label": "查办案件",
        "value": value,
        "rule": "报表所填",
        "parts": [{"label": "甲县", "value": "5", "cells": [cell]}],
        **more,
    }


@pytest.mark.parametrize("text", HOSTILE)
def test_markup_in_any_text_of_any_block_is_shown_and_adds_no_element(text):
    def blocks(t):
        return [
            Title(t, t, t, (t,)), Heading(t), Paragraph((Run(t), Run(t, ref="r"), Run(t, kind="todo"))),
            table(caption=t, unit=t, note=t, head=((Head(t), Head(t)),), body=((Entry(t), Entry(t, ref="r")),)),
            Chart("c", t, t, SVG), Annex(t, t),
            Provenance({"r": {"label": t, "value": t, "rule": t, "parts": [
                {"label": t, "value": t, "cells": [{"file": t, "sheet": t, "cell": t, "raw": t}]}]}}),
        ]  # fmt: skip

    hostile, plain = (Page(render(blocks(t), title=t)) for t in (text, "文字"))

    assert [tag for tag, _ in hostile.tags] == [tag for tag, _ in plain.tags]
    assert all(not name.startswith("on") for _, attrs in hostile.tags for name in attrs)
    assert not any((attrs.get("href") or "").startswith("javascript:") for _, attrs in hostile.tags)
    assert text in hostile.text


@given(st.text(max_size=40))
def test_any_text_survives_packing_and_closes_no_script(text):
    html = render([Paragraph((Run("5", ref=text),)), Provenance({text: figure(value=text)})], title="x")
    encoded = html.encode("utf-8")

    assert len(re.findall(rb"</script", encoded)) <= 2
    if text:
        assert unpacked(html)[0][2] == re.sub(
            "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]", "\ufffd", text
        )


def test_the_policy_names_the_very_style_and_script_of_the_page_and_nothing_else():
    html = render([Title("题"), Paragraph((Run("5", ref="r"),)), Provenance({"r": figure()})], title="题")
    policy = next(m["content"] for m in Page(html).all("meta") if m.get("http-equiv"))

    for tag, kind in (("style", "style-src"), ("script", "script-src")):
        body = re.search(rf"<{tag}>(.*?)</{tag}>", html, re.S)[1]
        digest = base64.b64encode(hashlib.sha256(body.encode()).digest()).decode()
        assert f"{kind} 'sha256-{digest}';" in policy
    assert policy.startswith("default-src 'none';") and "unsafe" not in policy and "http" not in policy


def test_the_page_refers_to_nothing_outside_itself():
    html = render([Title("题"), table(), Chart("c", "图", "图", SVG), Annex("附件1", "表")], title="题")
    page = Page(html)

    addresses = [v for _, attrs in page.tags for k, v in attrs.items() if k in ("src", "href", "action", "data")]
    assert addresses and all(a.startswith(("#", "data:image/svg+xml,")) for a in addresses)
    assert "@import" not in html and "url(" not in html


def test_the_language_and_the_title_are_the_pages():
    page = Page(render([Title("题")], title="工作总结", lang="zh-CN"))

    assert page.all("html") == [{"lang": "zh-CN"}]
    assert "工作总结" in page.text


def test_a_figure_carries_its_sum_and_the_figures_below_down_to_file_sheet_and_cell():
    city = {
        "label": "全市",
        "value": "5件",
        "rule": "各单位之和",
        "parts": [{"label": "甲县", "value": "5件", "ref": "unit"}],
    }
    html = render([Paragraph((Run("5件", ref="city"),)), Provenance({"unit": figure(), "city": city})], title="x")
    figures = unpacked(html)

    place = int(Page(html).all("button")[0]["data-f"])
    *told, parts = figures[place]
    assert told == ["city", "全市", "5件", "各单位之和"]
    assert parts == [["甲县", "5件", 1, []]]
    below = figures[parts[0][2]]
    assert below[0] == "unit" and below[4] == [["甲县", "5", -1, [["甲县/表.xlsx", "附件4", "D14", "5", "", []]]]]


WORDS = st.text(st.characters(exclude_categories=("Cs", "Cc", "Cn")), max_size=6)
CELLS = st.lists(st.tuples(WORDS, WORDS, st.from_regex("[A-Z]{0,2}[0-9:]{0,4}", fullmatch=True), WORDS), max_size=3)


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["a", "a.b@1", "a b", ""]), WORDS, st.lists(st.tuples(WORDS, st.integers(0, 5), CELLS))
        ),
        min_size=1,
        max_size=4,
    )
)
def test_whatever_is_known_of_a_figure_is_unpacked_again(given_figures):
    refs = [f"r{at}.{ref}" for at, (ref, _, _) in enumerate(given_figures)]
    figures = {}
    for ref, (label, value, parts) in zip(refs, given_figures, strict=True):
        made = [{"label": n, "value": f"{k}件", "ref": refs[k % len(refs)]} for n, k, _ in parts]
        made += [
            {
                "label": n,
                "value": value,
                "cells": [dict(zip(("file", "sheet", "cell", "raw"), c, strict=True)) for c in cells],
            }
            for n, _, cells in parts
        ]
        figures[ref] = {"label": label, "value": value, "rule": value, "parts": made}
    html = render([Paragraph(tuple(Run("5", ref=r) for r in refs)), Provenance(figures)], title="x")

    told = unpacked(html)
    assert [f[0] for f in told] == refs
    for ref, label, value, rule, parts in told:
        known = figures[ref]
        assert (label, value, rule) == (known["label"], known["value"], known["rule"])
        for (name, said, place, cells), part in zip(parts, known["parts"], strict=True):
            assert (name, said) == (part["label"], part["value"])
            assert place == (refs.index(part["ref"]) if "ref" in part else -1)
            known_cells = part.get("cells", ())
            assert cells == [[*(c[k] for k in ("file", "sheet", "cell", "raw")), "", []] for c in known_cells]


def test_only_figures_that_the_page_can_reach_are_carried():
    html = render(
        [Paragraph((Run("5", ref="a"),)), Provenance({"a": figure(), "never": figure(value="秘密")})], title="x"
    )

    assert len(unpacked(html)) == 1 and "秘密" not in html


def test_a_text_whose_figure_is_unknown_is_plain_text():
    page = Page(render([Paragraph((Run("7件", ref="unknown"),)), Provenance({})], title="x"))

    assert "7件" in page.text and not page.all("button")


def test_figures_that_refer_to_each_other_do_not_hang_the_rendering():
    loop = {
        a: {"label": a, "value": "1", "rule": "", "parts": [{"label": b, "value": "1", "ref": b}]}
        for a, b in ("xy", "yx")
    }

    assert len(unpacked(render([Paragraph((Run("1", ref="x"),)), Provenance(loop)], title="x"))) == 2


def test_leaf_headers_say_which_column_they_sort_where_it_is_not_their_own_place_and_headers_say_what_they_head():
    head = ((Head("单位", rowspan=2), Head("案件", colspan=2)), (Head("件数"), Head("占比")))
    body = ((Entry("甲县"), Entry("1"), Entry("2%")), (Entry("乙区"), Entry("3"), Entry("4%")))
    page = Page(render([table(head=head, body=body, align=("left", "right", "right"))], title="x"))

    heads = [(h.get("scope"), h.get("data-c"), h.get("rowspan"), h.get("colspan")) for h in page.all("th")]
    assert heads == [
        ("col", None, "2", None), ("colgroup", None, None, "2"), ("col", "1", None, None), ("col", "2", None, None),
        ("row", None, None, None), ("row", None, None, None),
    ]  # fmt: skip


def test_figures_in_cells_are_numbered_where_their_number_is_not_the_next():
    refs = ("a", "b", "a", "b")
    body = tuple((Entry(f"{n}县"), Entry(str(n), ref=ref)) for n, ref in enumerate(refs))
    page = Page(render([table(body=body), Provenance({r: figure() for r in "ab"})], title="x"))

    assert [cell.get("data-f", "") for cell in page.all("td")] == [None, None, "0", None]


@pytest.mark.parametrize(
    ("changes", "sortable"),
    [
        ({}, True),
        ({"sortable": False}, False),
        ({"body": ((Entry("甲县", rowspan=2), Entry("1")), (Entry("2"),))}, False),
    ],
)
def test_a_table_is_sortable_unless_it_says_no_or_its_rows_hold_together(changes, sortable):
    page = Page(render([table(**changes)], title="x"))

    assert ("data-sort" in page.all("table")[0]) is sortable


def test_links_lead_to_blocks_of_the_page_and_dead_ones_are_plain_text():
    body = ((Entry("甲", link="goal"), Entry("1", link="nowhere")), (Entry("乙"), Entry("2")))
    page = Page(render([Heading("一、目标", 1, "goal"), table(body=body)], title="x"))

    ids = {attrs["id"] for _, attrs in page.tags if "id" in attrs}
    links = [a["href"][1:] for a in page.all("a")]
    assert "b-goal" in links and set(links) <= ids


def test_the_rows_of_a_long_table_are_packed_and_stand_there_again_when_unfolded():
    rows = [(Entry(f"{n}号企业<b>"), Entry(str(n), ref="r")) for n in range(400)]
    html = render([table(body=tuple(rows)), Provenance({"r": figure()})], title="x")
    whole = unfolded(html)

    assert "399号企业" not in html and "本表共400行" in html
    assert all(f"{n}号企业&lt;b&gt;" in whole for n in range(400)) and "本表共" not in whole
    assert len(whole) - len(html) > 10_000


def test_the_rows_of_a_short_table_stand_in_the_page():
    html = render([table()], title="x")

    assert unfolded(html) == html and "乙区" in html


GLYPH = '<path id="{id}" d="M1 1l5 0z" transform="scale(0.1)"/>'
LETTERS = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 9"><g id="x">'
    f'<defs>{GLYPH.format(id="font-1")}</defs><use xlink:href="#font-1"/><g id="empty"/></g></svg>'
)


def test_an_outline_that_several_charts_share_is_drawn_once_and_found_from_each():
    page = Page(render([Chart("a", "图1", "甲", LETTERS), Chart("b", "图2", "乙", LETTERS)], title="x"))

    assert [p["id"] for p in page.all("path")] == ["g0"]
    assert [u["href"] for u in page.all("use")] == ["#g0", "#g0"]
    assert len(page.all("svg")) == 2 and not [g for g in page.all("g") if "id" in g]


def test_two_blocks_with_one_id_get_two():
    page = Page(render([table(), table(), Heading("甲", 1, "h"), Heading("乙", 1, "h")], title="x"))

    ids = [attrs["id"] for _, attrs in page.tags if "id" in attrs]
    assert len(ids) == len(set(ids))


def test_the_contents_list_headings_of_two_levels_and_annexes():
    blocks = [Heading("一、甲", 1), Heading("（一）乙", 2), Heading("1.丙", 3), Annex("附件1", "丁")]
    contents = re.search(r"<nav class=\"contents\".*?</nav>", render(blocks, title="x"), re.S)[0]

    assert re.findall(r"<li class=l(\d)><a href=\"?#[^\">]+\"?>(.*?)</a>", contents) == [
        ("1", "一、甲"), ("2", "（一）乙"), ("1", "附件1　丁"),
    ]  # fmt: skip


def test_the_same_blocks_give_the_same_bytes():
    blocks = [Title("题", lines=("行",)), table(), Paragraph((Run("5", ref="r"),)), Provenance({"r": figure()})]

    assert render(blocks, title="x") == render(blocks, title="x")


def test_identifiers_of_charts_are_the_charts_own():
    svg = SVG.replace("<rect ", '<rect fill="url(#a)" ')
    html = render([Chart("a", "图1", "甲", svg), Chart("b", "图2", "乙", svg)], title="x")

    rects = [(a["id"], a["fill"]) for a in Page(html).all("rect")]
    assert rects == [("c1-a", "url(#c1-a)"), ("c2-a", "url(#c2-a)")]
    assert [(a["role"], a["aria-label"]) for a in Page(html).all("svg")] == [("img", "甲"), ("img", "乙")]


def test_a_chart_keeps_its_looks_without_style_attributes():
    svg = inline(
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="90pt" height="60pt">'
        '<metadata>m</metadata><style>*{fill:red}</style><defs><path id="g" d="M0 0"/></defs>'
        '<g style="fill: #111; stroke-width: 0.8; clip-path: url(#p)"><use xlink:href="#g" x="1"/><text x="3">合 <tspan>计</tspan></text></g></svg>',
        "c1-",
        "图",
    )

    assert "style" not in svg and "metadata" not in svg and 'viewBox="0 0 90 60"' in svg
    assert '<g fill="#111" stroke-width="0.8" clip-path="url(#c1-p)">' in svg
    assert (
        '<path id="g0" d="M0 0"/>' in svg
        and '<use href="#g0" x="1"/>' in svg
        and '<text x="3">合 <tspan>计</tspan></text>' in svg
    )


@pytest.mark.parametrize(
    "inside",
    [
        "<script>alert(1)</script>", "<foreignObject><p>x</p></foreignObject>", '<a href="javascript:alert(1)"><text>x</text></a>',
        '<rect onclick="alert(1)"/>', '<use href="http://example.test/x.svg#a"/>', '<rect fill="url(http://example.test/x)"/>',
        '<image href="http://example.test/x.png"/>', '<rect style="fill:url(http://example.test)"/>', '<animate attributeName="href"/>',
    ],
)  # fmt: skip
def test_nothing_that_runs_or_loads_passes_in_a_chart(inside):
    svg = inline(f'<svg xmlns="http://www.w3.org/2000/svg">{inside}<rect width="1"/></svg>', "c1-", "图")

    assert 'width="1"' in svg
    assert not re.search(r"script|foreignObject|onclick|http://example|javascript|<image|<animate|<a ", svg)


def test_an_entity_in_a_chart_is_never_expanded():
    bomb = '<!DOCTYPE svg [<!ENTITY a "BOOM">]><svg xmlns="http://www.w3.org/2000/svg"><text>&a;</text></svg>'

    assert "BOOM" not in inline(bomb, "c1-", "图")


def test_what_is_no_svg_is_refused_with_a_word():
    with pytest.raises(ValueError, match="no SVG"):
        inline("<p xmlns='http://www.w3.org/1999/xhtml'>x</p>", "c1-", "图")


def test_what_no_page_can_hold_shows_as_replaced_instead_of_breaking_the_page():
    html = render([Paragraph((Run("甲\x00乙\ud800丙\x0b丁"),))], title="\x00")

    assert "甲\ufffd乙\ufffd丙\ufffd丁" in html
    html.encode("utf-8")


def test_a_direction_mark_turns_no_text_but_its_own():
    assert "<bdi>甲\u202e乙</bdi>" in render([Paragraph((Run("甲\u202e乙"), Run("丙")))], title="x")
