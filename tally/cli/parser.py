"""argparse in the user's language: headings, usage, help texts and what it says of a wrong option. Used by `tally.cli.grammar`."""

from __future__ import annotations

import argparse
import re
import sys
import unicodedata

from tally.cli.language import LANGUAGES, say

# A word, or one Chinese character, with the space after it: a line may break between them.
_PIECES = re.compile("[\u2e80-\uffef] *|[^ \u2e80-\uffef]+ *")


def columns(text: str) -> int:
    """Columns on a terminal: a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


class _Formatter(argparse.HelpFormatter):
    """Wraps by columns on the terminal, between Chinese characters too."""

    def add_usage(self, usage, actions, groups, prefix=None):
        super().add_usage(usage, actions, groups, say("usage: ") if prefix is None else prefix)

    def _format_action(self, action: argparse.Action) -> str:
        """As argparse has it, less the padding that Chinese characters fill by being wide."""
        head = self._format_action_invocation(action)
        wide = columns(head) - len(head)
        return super()._format_action(action).replace(head + " " * wide, head, 1)

    def _split_lines(self, text: str, width: int) -> list[str]:
        lines = [""]
        for piece in _PIECES.findall(" ".join(text.split())):
            if lines[-1] and columns(lines[-1] + piece.rstrip()) > width and piece not in "，。；：、）":
                lines.append("")
            lines[-1] += piece
        return [line.rstrip() for line in lines]

    def _fill_text(self, text: str, width: int, indent: str) -> str:
        return "\n".join(indent + line for line in self._split_lines(text, width - len(indent)))


class Parser(argparse.ArgumentParser):
    """A parser whose texts are written in Chinese and said in the language in use when `translated` is called."""

    def __init__(self, **settings):
        super().__init__(**settings, formatter_class=_Formatter)

    def translated(self) -> Parser:
        """Itself, with every text of it and of its commands in the language in use."""
        self.description, self.epilog = (say(t) if t else t for t in (self.description, self.epilog))
        for group in self._action_groups:
            group.title = say(group.title) if group.title else group.title
        for action in self._actions:
            _translate(action)
            if isinstance(action, argparse._SubParsersAction):
                for choice in action._choices_actions:
                    _translate(choice)
                for command in action.choices.values():
                    command.translated()
        return self

    def error(self, message: str):
        """What is wrong with the words of the command line, in the language in use; exit code 2."""
        self.print_usage(sys.stderr)
        self.exit(2, say(f"错误：{say(message)}") + "\n")


def add_language(parser: argparse.ArgumentParser) -> None:
    """`--lang`, which `tally.cli.language.chosen` has read before the parser was made: the help is in that language too."""
    what = "消息和帮助的语言：zh 中文，en 英文（默认随系统区域设置）"
    parser.add_argument("--lang", choices=LANGUAGES, default=argparse.SUPPRESS, help=what)


def _translate(action: argparse.Action) -> None:
    if action.help and action.help != argparse.SUPPRESS:
        action.help = say(action.help)
    if isinstance(action.metavar, str):
        action.metavar = say(action.metavar)
