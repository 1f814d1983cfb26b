"""Equations of Office Math as one line of text: a fraction with a stroke, powers raised."""

from __future__ import annotations

from tally.readers.package import Element, local

_RAISED = str.maketrans("0123456789+-=()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾")
_LOWERED = str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎")
_SKIPPED = ("rPr", "ctrlPr", "fPr", "sSupPr", "sSubPr", "radPr", "dPr", "naryPr", "mPr", "oMathParaPr")


def equation_text(element: Element) -> str:
    """What an `oMath` element says, in reading order."""
    tag = local(element)
    if tag == "t":
        return element.text or ""
    if tag in _SKIPPED:
        return ""
    parts = {local(child): equation_text(child) for child in element}
    if tag == "f":
        return f"{parts.get('num', '')}/{parts.get('den', '')}"
    if tag == "sSup":
        return parts.get("e", "") + parts.get("sup", "").translate(_RAISED)
    if tag == "sSub":
        return parts.get("e", "") + parts.get("sub", "").translate(_LOWERED)
    if tag == "rad":
        return f"√{parts.get('e', '')}"
    return "".join(equation_text(child) for child in element)
