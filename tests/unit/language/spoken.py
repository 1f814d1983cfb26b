"""What the program can say at the command line, read from its source: templates with `{0}`, `{1}` for what is filled in.

python -m tests.unit.language.spoken      lists, in the form of a .po file, what the English catalogue lacks
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from tally.catalogue import KINDS, SAYINGS
from tally.check.culprits.slips import KINDS as SLIPS
from tally.cli.language import catalogue
from tally.paths import PROJECT

# Modules whose every Chinese word is for the terminal, beside those of the command line itself; of the others, what
# stops a run and what a run tells.
TERMINAL = (
    "tally/life/next_steps.py",
    "tally/run/states.py",
    "tally/run/units.py",
    "tally/run/report.py",
    "tally/render/outputs.py",
    "tally/life/receipt.py",
    "tally/engine/failure.py",
    "tally/engine/pool.py",
    "tally/engine/run.py",
    "tally/executors/__init__.py",
    "tally/executors/dask.py",
    "tally/executors/dask_worker.py",
    "tally/executors/memory.py",
    "tally/explore/trace.py",
    "tally/explore/trace_cells.py",
    "tally/life/recognise.py",
    "tally/returns/changes.py",
    "tally/catalogue/words.py",
    "tally/catalogue/audience.py",
)
TYPED = "tally/cli/examples.py"  # command lines as they are typed: said in no language
SAYING = {
    "TallyError",
    "UsageError",
    "Refused",
    "say",
    "announce",
    "tell",
    "Unsupported",
    "run_notebooks",
    "units_and_join",
}
# Sentences that a finding puts together of several parts (`tally.check.culprits`, `tally.rules`).
PUT_TOGETHER = (
    "第{0}条",
    "合计",
    "最可能填错的是{0}：{1} 应为 {2}，{3}。请核实，系统未作改动",
    "最可能填错的是{0}：{1} 应为 {2}，{3}；也可能是{4}：{5} 应为 {6}。请核实，系统未作改动",
    "最可能的原因：{0}。应为：{1}。请核实，系统未作改动",
    "{0}（单元格 {1}）",
    "{0}，更正后{1}的合计与各类之和一致",
    "{0}，更正后{1}的合计与各类之和一致，其他不符的关系也一并消除",
    "{0}，其他不符的关系也一并消除",
    "疑似{0}，应为 {1}；请核实，系统未作改动",
    "把{0}当成了{1}",
    "多除了一次一万",
    "请核对两个数是否填错；如属实，请说明",
    "；{0}，请说明",
    "本期新增",
    "逐位核对",
    "{0} 期",
    "如属实",
    "如含以前立案的案件",
    "为在产企业",
    "未注明停产",
    "工作表",
    "生产企业",
    "商店、药店等经营单位",
    "检验报告",
    "原始记录",
    "{0}合计行“{1}”",
    *sorted(kind.words for kind in SLIPS.values()),
)
_CHINESE = re.compile(r"[\u4e00-\u9fff]")


def spoken() -> dict[str, str]:
    """Template -> the place it was first found at."""
    found: dict[str, str] = {}
    for path in (PROJECT / "pipeline.py", *sorted((PROJECT / "tally").rglob("*.py"))):
        name = path.relative_to(PROJECT).as_posix()
        for node in _expressions(name, ast.parse(path.read_text(encoding="utf-8"))):
            for template in _templates(node):
                for line in template.split("\n"):
                    if _CHINESE.search(line):
                        found.setdefault(line.strip(), f"{name}:{node.lineno}")
    return found


def of_findings() -> dict[str, str]:
    """Every text and remedy of the catalogue of findings, what is filled in by number -> the kind that says it."""
    texts: dict[str, str] = {}
    for key, kind in {**KINDS, **SAYINGS}.items():
        for text in (kind.text, kind.remedy):
            if _CHINESE.search(text):
                texts.setdefault(_numbered(text), key)
    return texts | {text: "put together" for text in PUT_TOGETHER}


def _numbered(text: str) -> str:
    """The template with what is filled in by number; two that touch cannot be told apart: one."""
    count = iter(range(99))
    return re.sub(r"(?:\{\w+\})+", lambda _: f"{{{next(count)}}}", text)


def _expressions(name: str, tree: ast.Module) -> Iterator[ast.expr]:
    """The outermost expressions that are said."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) in SAYING:
            yield from node.args
    if name in TERMINAL or (name.startswith("tally/cli/") and name != TYPED):
        yield from _outermost(tree)


def _outermost(node: ast.AST) -> Iterator[ast.expr]:
    """Every expression of text in a module but its docstrings."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Expr) and isinstance(child.value, ast.Constant):
            continue
        if _is_text(child):
            yield child
        else:
            yield from _outermost(child)


def _is_text(node: ast.AST) -> bool:
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        return _is_text(node.left) or _is_text(node.right)
    return isinstance(node, ast.JoinedStr) or (isinstance(node, ast.Constant) and isinstance(node.value, str))


def _templates(node: ast.expr) -> Iterator[str]:
    """The node's own template, then those of the text within what is filled in."""
    if not _is_text(node):
        for child in ast.iter_child_nodes(node):
            yield from _templates(child)
        return
    filled: list[ast.expr] = []
    parts = _parts(node, filled)
    numbered, count = "", 0
    for part in parts:
        if part is None and not numbered.endswith("}"):  # two that touch cannot be told apart: one
            numbered, count = f"{numbered}{{{count}}}", count + 1
        elif part is not None:
            numbered += part
    yield numbered
    for inner in filled:
        yield from _templates(inner)


def _parts(node: ast.expr, filled: list[ast.expr]) -> list[str | None]:
    """Fixed text, and None for each thing filled in, which is added to `filled`."""
    if isinstance(node, ast.Constant):  # `{}` of a text that str.format fills is a placeholder too
        pieces = [p for piece in re.split(r"\{\}", node.value) for p in (piece, None)]
        return [p.replace("{", "{{").replace("}", "}}") if p else p for p in pieces[:-1] if p != ""]
    if isinstance(node, ast.BinOp) and _is_text(node):
        return [*_parts(node.left, filled), *_parts(node.right, filled)]
    if isinstance(node, ast.JoinedStr):
        return [p for value in node.values for p in _parts(value, filled)]
    filled.append(node.value if isinstance(node, ast.FormattedValue) else node)
    return [None]


def missing() -> dict[str, str]:
    english = catalogue("en")
    every = spoken() | of_findings()
    return {template: place for template, place in every.items() if template not in english}


def unused() -> list[str]:
    """Entries of the English catalogue that nothing says any more."""
    said = spoken() | of_findings()
    return [msgid for msgid in catalogue("en").entries if msgid not in said]


if __name__ == "__main__":
    for template, place in missing().items():
        escaped = template.replace("\\", "\\\\").replace('"', '\\"')
        print(f'\n#: {place.rpartition(":")[0]}\nmsgid "{escaped}"\nmsgstr ""')
    print("\n".join(f"# unused: {msgid}" for msgid in unused()))
