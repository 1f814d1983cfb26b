"""docs/findings.md and docs/rules.md say what the program says today."""

import importlib.util
from pathlib import Path

import pytest

DOCS = Path(__file__).parents[3] / "docs"


def printer():
    spec = importlib.util.spec_from_file_location("reference", DOCS / "reference.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", ["findings.md", "rules.md"])
def test_the_page_is_fresh(name):
    assert (DOCS / name).read_text("utf-8") == printer().PAGES[name](), "run: python docs/reference.py"


def test_every_rule_says_in_chinese_what_it_looks_for():
    kinds = printer().rule_kinds()
    assert len(kinds) >= 30
    assert all(any(ch >= "\u4e00" for ch in kind.about) for kind in kinds)
