"""Prints docs/findings.md and docs/rules.md from the catalogue of findings and the classes of rules.

    python docs/reference.py

A test holds both pages fresh; nobody edits them by hand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import fields
from pathlib import Path

from tally import rules
from tally.catalogue import SAYINGS, SEVERITIES, Kind
from tally.catalogue.cells import CELLS
from tally.catalogue.forms import FORMS
from tally.catalogue.intake import INTAKE
from tally.catalogue.returns import RETURNS
from tally.rules import Rule

HERE = Path(__file__).parent
_ROOMS: dict[str, Mapping[str, Kind]] = {
    "收到的文件": INTAKE,
    "表头、行和表外": FORMS,
    "单元格": CELLS,
    "整张表、工作总结、更正与说明": RETURNS,
}
_SCOPES = {"form": "一张表之内", "unit": "一个单位的各表之间、与上期之间", "city": "各单位之间"}
_WORD = re.compile(r"\{\w+\}")


def findings_page() -> str:
    """Every kind of finding that reading can make, by what it is about."""
    lines = [
        "# 程序会指出什么",
        "",
        "本页由 `docs/reference.py` 按程序中的目录打印，请勿手改。“…”处是具体的名称或数字。",
        "核查规则的说法见[核查规则](rules.md)。",
    ]
    for title, kinds in _ROOMS.items():
        lines += ["", f"## {title}", "", "| 编号 | 等级 | 说明 | 应为 | 怎么办 |", "|---|---|---|---|---|"]
        lines += [_kind(key, kind) for key, kind in kinds.items()]
    return "\n".join(lines) + "\n"


def _kind(key: str, kind: Kind) -> str:
    texts = (_shown(t) for t in (kind.text, kind.expected, kind.remedy))
    return f"| `{key.partition('/')[0]}` | {SEVERITIES[kind.severity]} | {' | '.join(texts)} |"


def _shown(template: str) -> str:
    return _WORD.sub("…", template).replace("|", "\\|")


def rules_page() -> str:
    """Every kind of rule that a campaign may declare, with what it says."""
    lines = [
        "# 核查规则",
        "",
        "本页由 `docs/reference.py` 按程序中的规则打印，请勿手改。“…”处是具体的名称或数字。等级由专项声明",
        "（不写为差错），表中另有等级的以表中为准。",
    ]
    for scope, title in _SCOPES.items():
        lines += ["", f"## {title}"]
        for kind in rule_kinds():
            if kind.scope == scope:
                lines += _rule(kind)
    return "\n".join(lines) + "\n"


def rule_kinds() -> list[type[Rule]]:
    """The classes that say something, in the order of the catalogue."""
    names = dict.fromkeys(key.partition("/")[0] for key in SAYINGS)
    return [getattr(rules, name) for name in names]


def _rule(kind: type[Rule]) -> Iterator[str]:
    inherited = {f.name for f in fields(Rule)}
    settings = "、".join(f"`{f.name}`" for f in fields(kind) if f.name not in inherited)
    yield from ("", f"### {kind.__name__}", "", kind.about + (f"（{settings}）" if settings else ""), "")
    yield from ("| 说明 | 应为 | 怎么办 | 等级 |", "|---|---|---|---|")
    for key, saying in SAYINGS.items():
        if key.partition("/")[0] == kind.__name__:
            texts = (_shown(t) for t in (saying.text, saying.expected, saying.remedy))
            yield f"| {' | '.join(texts)} | {SEVERITIES[saying.severity] if saying.severity else ''} |"


PAGES = {"findings.md": findings_page, "rules.md": rules_page}

if __name__ == "__main__":
    for name, page in PAGES.items():
        (HERE / name).write_text(page(), encoding="utf-8")
