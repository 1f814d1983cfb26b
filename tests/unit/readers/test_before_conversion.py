"""What a conversion would show or drop against what the page shows, told from the file before it is converted."""

import io
import zipfile

import pytest

from tally.model import Ink
from tally.readers.before_conversion import prepared

NAMES = " ".join(
    f'xmlns:{p}="urn:oasis:names:tc:opendocument:xmlns:{u}:1.0"' for p, u in (("office", "office"), ("text", "text"))
)
MARK = '<text:hidden-paragraph text:condition="ooow:1" text:is-hidden="{}"/>'
HIDDEN = {
    "section": '<text:section text:name="s" text:display="none"><text:p>9</text:p></text:section>',
    "section by condition": '<text:section text:name="s" text:display="condition" text:is-hidden="true"><text:p>9</text:p></text:section>',
    "paragraph": f"<text:p>{MARK.format('true')}9</text:p>",
}
SHOWN = {
    "section": '<text:section text:name="s"><text:p>9</text:p></text:section>',
    "paragraph": f"<text:p>{MARK.format('false')}9</text:p>",
}


def flat(inner: str) -> bytes:
    return f"<office:document {NAMES}><office:body><office:text><text:p>14</text:p>{inner}</office:text></office:body></office:document>".encode()


def packed(inner: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        package.writestr("content.xml", flat(inner))
    return out.getvalue()


def content(data: bytes) -> str:
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            return package.read("content.xml").decode()
    return data.decode()


@pytest.mark.parametrize(("ending", "written"), [("fodt", flat), ("odt", packed)])
@pytest.mark.parametrize("name", HIDDEN)
def test_what_the_page_hides_is_told_and_not_converted(ending, written, name):
    data, ink = prepared(written(HIDDEN[name]), ending)
    assert ink == [Ink("", "unseen", "9")]
    assert "14" in content(data) and ">9<" not in content(data) and "9</text:p>" not in content(data)


@pytest.mark.parametrize(("ending", "written"), [("fodt", flat), ("odt", packed)])
@pytest.mark.parametrize("name", SHOWN)
def test_what_the_page_shows_is_converted_as_it_came(ending, written, name):
    assert prepared(written(SHOWN[name]), ending) == (written(SHOWN[name]), [])


EQUATIONS = {
    "rtf": rb"{\field{\*\fldinst eq \\o\\ac(O,2)}{\fldrslt }}",
    "rtf, grouped": rb"{\field{\*\fldinst {\f0 EQ \\f(1,2)}}{\fldrslt }}",
    "doc": "\x13 eq \\o\\ac(○,2)\x15".encode("utf-16-le"),
}


@pytest.mark.parametrize("name", EQUATIONS)
def test_a_drawn_figure_that_a_conversion_drops_is_told(name):
    data = b"before " + EQUATIONS[name] + b" after"
    same, [ink] = prepared(data, name[:3])
    assert (same, ink.kind) == (data, "equation") and "2" in ink.text


@pytest.mark.parametrize(
    ("data", "ending"), [(rb"{\rtf1 request \fldinst PAGE eq 2}", "rtf"), (b"\x13\x00P\x00\x15\x00", "doc")]
)
def test_other_fields_are_none(data, ending):
    assert prepared(data, ending) == (data, [])
