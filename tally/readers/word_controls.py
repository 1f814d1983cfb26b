"""What a Word form is filled in with: boxes to tick and lists to choose from, of the old kind and the new."""

from __future__ import annotations

from collections.abc import Iterator

from tally.readers.package import Element, attribute, local
from tally.readers.strings import is_on
from tally.readers.symbols import drawn, face

TICKED, EMPTY = "☑", "□"
_SEEN_TICKED, _SEEN_EMPTY = frozenset("☑■√✓✔●"), frozenset("□☐○◯▢")
_USUAL = {"checkedState": "☒", "uncheckedState": "☐"}  # where a box declares no characters of its own


def settle_controls(root: Element) -> None:
    """Puts ☑ or □ into each box to tick, by its state; which character stands for which is a matter of the document.

    Where a person sees the other one than the state, or something else, both stand there: no choice is read from it.
    A prompt is no entry; one that shows figures is made known as a prompt, and no figure is read from it.
    """
    for control in root.iter("{*}sdt"):
        box, content = control.find("{*}sdtPr/{*}checkbox"), control.find("{*}sdtContent")
        prompt = control.find("{*}sdtPr/{*}showingPlcHdr")
        if box is not None and content is not None:
            _settle(box, content)
        elif is_on(prompt) and prompt is not None and content is not None:
            letters = list(content.iter("{*}t"))
            if any(c.isdigit() for letter in letters for c in letter.text or ""):
                letters[-1].text = f"{letters[-1].text or ''}（提示文字）"
                prompt.getparent().remove(prompt)


def _settle(box: Element, content: Element) -> None:
    letters = [e for e in content.iter("{*}t", "{*}sym") if local(e.getparent()) == "r"]
    seen = "".join(map(_letter, letters)).strip()
    ticked = is_on(box.find("{*}checked"))
    text = TICKED if ticked else EMPTY
    if not _agrees(seen, ticked, box):
        text = f"{seen}（控件状态为{text}）"
    for letter in letters[1:]:
        letter.getparent().remove(letter)
    if letters:
        letters[0].tag = letters[0].tag.rpartition("}")[0] + "}t"
        letters[0].text = text


def _agrees(seen: str, ticked: bool, box: Element) -> bool:
    name = "checkedState" if ticked else "uncheckedState"
    if seen in (_SEEN_EMPTY if ticked else _SEEN_TICKED):
        return False
    return seen == _declared(box, name) or seen in (_SEEN_TICKED if ticked else _SEEN_EMPTY)


def _declared(box: Element, name: str) -> str:
    """The character that stands for a state."""
    state = box.find(f"{{*}}{name}")
    code = attribute(state, "val", "") if state is not None else ""
    return character(code, attribute(state, "font", "")) if code and state is not None else _USUAL[name]


def _letter(element: Element) -> str:
    if local(element) == "sym":
        return character(attribute(element, "char", ""), attribute(element, "font", ""))
    fonts = element.find("../{*}rPr/{*}rFonts")
    return drawn(element.text or "", face(attribute(fonts, "ascii") if fonts is not None else ""))


def character(code: str, font: str) -> str:
    """The character of that hexadecimal code as that font draws it, "" for none."""
    try:
        number = int(code, 16)
    except ValueError:
        return ""
    key = face(font)
    if not key and not (0 < number < 0xD800 or 0xE000 <= number < 0x110000):
        return ""
    return drawn(chr(0xF000 + (number & 0xFF)) if key else chr(number), key)


def form_field(element: Element) -> str:
    """What a drop-down list of the old kind or a box to tick shows: no run holds it as text."""
    data = element.find("{*}ffData")
    if data is None:
        return ""
    if (box := data.find("{*}checkBox")) is not None:
        state = box.find("{*}checked")
        state = box.find("{*}default") if state is None else state
        return TICKED if is_on(state) else EMPTY
    if (chosen := data.find("{*}ddList")) is None:
        return ""
    entries = list(_entries(chosen))
    result = chosen.find("{*}result")
    result = chosen.find("{*}default") if result is None else result
    number = attribute(result, "val", "0") if result is not None else "0"
    return entries[int(number)] if number.isdigit() and int(number) < len(entries) else ""


def _entries(chosen: Element) -> Iterator[str]:
    for entry in chosen.iterfind("{*}listEntry"):
        yield attribute(entry, "val", "")
