"""A notebook as its author saved it: can it run, and does it take these parameters?"""

from __future__ import annotations

import ast
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tally.errors import TallyError, UsageError
from tally.system import light

if TYPE_CHECKING:
    from nbformat import NotebookNode

SCALARS = (str, int, float, bool, type(None))
KINDS = {str: "文本", int: "整数", float: "小数", bool: "是/否", list: "列表", dict: "字典", type(None): "空值"}
MISSING = object()  # a parameter declared without a default
UNKNOWN = object()  # a default that is no literal: any value may stand for it


def load_notebook(path: Path, parameters: dict[str, Any]) -> NotebookNode:
    """The notebook node of `path`, ready for papermill, its parameters checked.

    UsageError for a parameter the notebook lacks or of another type; TallyError if the file is missing, is no
    notebook, names no kernel or has no cell tagged `parameters`.
    """
    node = _read(path)
    if not node.metadata.get("kernelspec", {}).get("name"):
        raise TallyError(
            f"笔记本 {path} 没有写明内核（kernelspec）", "请在 JupyterLab 中打开，选定 Python 3 内核后保存"
        )
    cells = [c for c in node.cells if "parameters" in c.metadata.get("tags", [])]
    if not cells:
        raise TallyError(
            f"笔记本 {path} 没有标签为 parameters 的单元格",
            "请在 JupyterLab 中给写默认参数的单元格加上标签 parameters",
        )
    if node.metadata.kernelspec.get("language", "python") == "python":
        check_parameters(path, declared_parameters(path, cells[0].source), parameters)
    return node


def _read(path: Path) -> NotebookNode:
    light.keep_out()
    import nbformat

    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError as e:
        raise TallyError(f"找不到笔记本 {path}", "请核对路径，或恢复该文件") from e
    except (OSError, UnicodeDecodeError) as e:
        raise TallyError(f"无法读取笔记本 {path}：{e}", "请检查文件权限，或从版本库恢复该文件") from e
    try:
        content = json.loads(text)
        if not isinstance(content, dict) or "nbformat" not in content:
            raise ValueError("没有 nbformat 字段")
        return nbformat.from_dict(nbformat.reads(text, as_version=4))
    except Exception as e:  # nbformat raises its own, jsonschema's and plain errors alike
        first = (str(e).splitlines() or [type(e).__name__])[0]
        raise TallyError(
            f"{path} 不是可用的 Jupyter 笔记本：{first}", "请用 JupyterLab 打开检查，或从版本库恢复"
        ) from e


def declared_parameters(path: Path, source: str) -> dict[str, tuple[Any, str]]:
    """Name -> (default, annotation) of what the parameters cell assigns; MISSING or UNKNOWN as default."""
    try:
        body = ast.parse(source).body
    except SyntaxError as e:
        raise TallyError(
            f"笔记本 {path} 的参数单元格有语法错误（第 {e.lineno} 行）：{e.msg}", "请在 JupyterLab 中改正后保存"
        ) from e
    defaults: dict[str, tuple[Any, str]] = {}
    for line in body:
        if isinstance(line, ast.Assign):
            for target in line.targets:
                if isinstance(target, ast.Name):
                    defaults[target.id] = (_literal(line.value), "")
        elif isinstance(line, ast.AnnAssign) and isinstance(line.target, ast.Name):
            default = MISSING if line.value is None else _literal(line.value)
            defaults[line.target.id] = (default, ast.unparse(line.annotation).strip("'\""))
    return defaults


def _literal(node: ast.expr) -> Any:
    try:
        return ast.literal_eval(node)
    except (ValueError, TypeError, SyntaxError):
        return UNKNOWN


def check_parameters(path: Path, declared: dict[str, tuple[Any, str]], given: dict[str, Any]) -> None:
    """UsageError unless every given parameter is declared and of its kind, and none is left out that must be given."""
    for name, value in given.items():
        if name not in declared:
            raise UsageError(
                f"笔记本 {path.name} 没有参数 {name!r}", f"可用参数：{'、'.join(declared) or '（无）'}；请核对拼写"
            )
        if not _plain(value):
            raise UsageError(
                f"参数 {name} 的值 {value!r} 不能传给笔记本", "请改用文本、数字、是/否，或由它们组成的列表、字典"
            )
        if not _fits(value, *declared[name]):
            default = declared[name][0]
            raise UsageError(
                f"参数 {name} 应为{KINDS.get(type(default), declared[name][1])}，收到 {value!r}（{KINDS[type(value)]}）",
                "请改正参数的类型；以 0 开头的编号请作为文本传入",
            )
    if absent := [n for n, (default, _) in declared.items() if default is MISSING and n not in given]:
        raise UsageError(f"笔记本 {path.name} 缺少参数 {'、'.join(absent)}", "请给出这些参数的值")


def _plain(value: Any) -> bool:
    if type(value) is list:
        return all(map(_plain, value))
    if type(value) is dict:
        return all(type(k) is str and _plain(v) for k, v in value.items())
    return type(value) in SCALARS


def _fits(value: Any, default: Any, annotation: str) -> bool:
    names = {part.split("[")[0].strip() for part in annotation.split("|")} - {""}
    if names <= {"str", "int", "float", "bool", "list", "dict", "None"} and names:
        given = "None" if value is None else type(value).__name__
        return given in names or (given == "int" and "float" in names)
    if default is None or default is UNKNOWN or default is MISSING:
        return True
    return type(value) is type(default) or (type(value) is int and type(default) is float)
