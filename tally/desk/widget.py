"""The desk in JupyterLab: the same page in a notebook's cell, talking by the widget's messages.

tally.desk.widget.desk("masks_2021", "2021-05")
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import anywidget

from tally import campaigns
from tally.desk.desk import Desk
from tally.desk.page import module, style
from tally.intake.survey import newest_period
from tally.paths import Paths, chosen


class DeskWidget(anywidget.AnyWidget):
    """Answers each message of the page with one of its own; holds no state that is synchronised."""

    _esm = module()
    _css = style()

    def __init__(self, desk: Desk):
        super().__init__()
        self.desk = desk
        self.on_msg(self._answer)

    def _answer(self, widget: Any, content: dict[str, Any], buffers: list[bytes]) -> None:
        self.send({"id": content.get("id"), "answer": self.desk.answer(content.get("request", {}))})


def desk(campaign: str, period: str = "", *, who: str = "", root: str | Path = "") -> DeskWidget:
    """The desk on a period (the newest if none is named), to be shown by a notebook's cell."""
    place = chosen(root).resolve()
    declared = campaigns.load(campaign, place)
    named = declared.period(period).name if period else newest_period(declared, place)
    return DeskWidget(Desk(declared, Paths(place, declared.name, named), who))
