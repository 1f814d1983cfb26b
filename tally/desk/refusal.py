"""What the desk does not do, and why: said on the page, which speaks Chinese, never at the command line."""

from __future__ import annotations


class Refusal(Exception):
    """`fact` is what is so, `remedy` what to do about it. Nothing was written."""

    def __init__(self, fact: str, remedy: str = ""):
        super().__init__(f"{fact}\n{remedy}" if remedy else fact)
        self.fact, self.remedy = fact, remedy
