"""Where a campaign's own files go wrong, and what Python's words for it mean in Chinese."""

from __future__ import annotations

import re
import traceback
from pathlib import Path

_MEANINGS: dict[type[Exception], tuple[tuple[str, str], ...]] = {  # the first pattern that fits Python's message
    TypeError: (
        (r"(\w+)(?:\.__init__)?\(\) got an unexpected keyword argument '(\w+)'.*", r"\1 没有名为 \2 的设置"),
        (r"(\w+)(?:\.__init__)?\(\) missing \d+ required [\w-]+ arguments?: (.*)", r"\1 少写了 \2"),
        (r"(\w+)(?:\.__init__)?\(\) takes .*", r"\1 里没有写名称的设置太多"),
        (r"(\w+)(?:\.__init__)?\(\) got multiple values for argument '(\w+)'", r"\1 的 \2 写了两次"),
    ),
    NameError: ((r"name '(\w+)' is not defined.*", r"没有定义 \1，是否写错或漏了 import"),),
    ModuleNotFoundError: ((r"No module named '([\w.]+)'", r"没有名为 \1 的模块"),),
    ImportError: ((r"cannot import name '(\w+)' from '?([\w.]+)'?.*", r"\2 里没有 \1，请核对名称"),),
    AttributeError: (
        (r"module .* has no attribute 'CAMPAIGN'", "没有声明 CAMPAIGN"),
        (r".*has no attribute '(\w+)'.*", r"没有 \1 这一项"),
    ),
    UnicodeDecodeError: ((r".*", "文件不是 UTF-8 编码，请另存为 UTF-8"),),
    SyntaxError: ((r".*", "写法不对，请检查括号、引号和逗号是否成对"),),
    FileNotFoundError: ((r".*'(.*)'", r"找不到文件 \1"),),
    KeyError: ((r"'?(.*?)'?", r"没有名为 \1 的一项"),),
}


def in_chinese(error: Exception) -> str:
    """What an error in a declaration means; a message that is Chinese already as it stands, another quoted."""
    text = str(error)
    if any("\u4e00" <= ch <= "\u9fff" for ch in text):
        return text
    for kind in type(error).__mro__:
        for pattern, meaning in _MEANINGS.get(kind, ()):
            if match := re.fullmatch(pattern, text, re.DOTALL):
                return match.expand(meaning)
    return f"这一行无法执行（{type(error).__name__}: {text}）"


def where(error: Exception, folder: Path) -> str:
    """The last line of the campaign's own files on the way to an error."""
    if isinstance(error, SyntaxError) and error.filename:
        return f"{Path(error.filename).name} 第 {error.lineno} 行"
    lines = [f for f in traceback.extract_tb(error.__traceback__) if f.filename.startswith(str(folder))]
    return f"{Path(lines[-1].filename).name} 第 {lines[-1].lineno} 行" if lines else str(folder)


def line_of(near: tuple[str, ...], folder: Path) -> str:
    """Where in the campaign's own files the first of the texts stands that is there at all, "" if none is."""
    for text in near:
        for path in (*sorted(folder.rglob("*.py")), *sorted(folder.rglob("*.csv"))):
            if number := _number_of(text, path):
                return f"{path.name} 第 {number} 行："
    return ""


def _number_of(text: str, path: Path) -> int:
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if text in line or text.replace('"', "'") in line:
            return number
    return 0
