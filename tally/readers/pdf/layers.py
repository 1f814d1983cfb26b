"""Layers of a PDF (optional content) that are not shown when it is opened."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pdfminer.pdftypes import resolve1


def hidden_layers(catalog: Mapping[str, Any]) -> frozenset[int]:
    """The numbers of the layers that the document switches off."""
    declared = _mapping(catalog.get("OCProperties"))
    if not declared:
        return frozenset()
    usual = _mapping(declared.get("D"))
    off = _numbers(usual.get("OFF"))
    if str(getattr(usual.get("BaseState"), "name", "")) == "OFF":
        off |= _numbers(declared.get("OCGs")) - _numbers(usual.get("ON"))
    return off


def is_off(layer: Any, hidden: frozenset[int]) -> bool:
    """Whether what belongs to a layer, or to a group of layers, is not shown."""
    if getattr(layer, "objid", None) in hidden:
        return True
    members = _numbers(_mapping(layer).get("OCGs"))
    return bool(members) and members <= hidden


def _mapping(value: Any) -> Mapping[str, Any]:
    resolved = resolve1(value)
    return resolved if isinstance(resolved, Mapping) else {}


def _numbers(value: Any) -> frozenset[int]:
    listed = resolve1(value)
    each = listed if isinstance(listed, list) else [value]
    return frozenset(one.objid for one in each if hasattr(one, "objid"))
