"""The same page in JupyterLab: the widget answers the page's messages as the server answers its requests."""

from __future__ import annotations

import json

from tally.desk.page import module
from tally.desk.widget import DeskWidget
from tally.paths import PROJECT
from tests.desk import world


class Heard(DeskWidget):
    """A widget whose messages are kept instead of going to a browser."""

    def send(self, content, buffers=None):
        self.heard = content


def test_a_message_is_answered_by_its_number(checked):
    desk = world.desk(checked)
    widget = Heard(desk)
    widget._answer(widget, {"id": 7, "request": {"ask": "overview"}}, [])
    assert widget.heard["id"] == 7
    assert widget.heard["answer"]["items"] == desk.answer({"ask": "overview"})["items"]
    json.dumps(widget.heard)


def test_the_module_is_one_for_both_and_starts_itself_only_where_it_stands_alone():
    assert module().rstrip().endswith("};") and "export default" in module()
    assert module(alone=True).startswith(module())
    assert "import " not in module().replace("important", "")


def test_review_is_thin_and_stored_without_outputs():
    notebook = json.loads((PROJECT / "notebooks" / "review.ipynb").read_text("utf-8"))
    code = [c for c in notebook["cells"] if c["cell_type"] == "code"]
    assert all(not c["outputs"] and c["execution_count"] is None for c in code)
    assert "tally.desk.widget" in "".join("".join(c["source"]) for c in code)
