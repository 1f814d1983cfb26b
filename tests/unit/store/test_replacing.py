"""Everything that is written takes its place in one way, which waits for a reader where the system makes it wait."""

import ast

import pytest

from tally.errors import TallyError, UnreadableFile
from tally.paths import PROJECT
from tally.readers import content
from tally.store.files import write_text
from tally.system.replacing import replace

ONE_PLACE = PROJECT / "tally" / "system" / "replacing.py"


def places_taken(tree: ast.Module) -> list[int]:
    """Lines on which a path takes another's place: x.replace(y), x.rename(y), os.replace, os.rename, shutil.move."""
    lines = []
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute) or node.keywords:
            continue
        owner = node.func.value.id if isinstance(node.func.value, ast.Name) else ""
        of_a_path = node.func.attr in ("replace", "rename") and len(node.args) == 1
        if of_a_path or (owner, node.func.attr) in (("os", "replace"), ("os", "rename"), ("shutil", "move")):
            lines.append(node.lineno)
    return lines


def test_a_path_takes_anothers_place_in_one_module_alone():
    found = []
    for path in sorted((PROJECT / "tally").rglob("*.py")):
        lines = places_taken(ast.parse(path.read_text(encoding="utf-8")))
        found += [f"{path.name}:{line}" for line in lines if path != ONE_PLACE]
    assert found == []
    assert places_taken(ast.parse(ONE_PLACE.read_text(encoding="utf-8")))


def test_a_file_that_somebody_holds_is_waited_for_where_the_system_says_so(tmp_path, monkeypatch):
    part, target = tmp_path / "part", tmp_path / "target"
    part.write_text("new")
    held = [PermissionError(13, "in use"), PermissionError(13, "in use")]

    really = type(part).replace

    def refusing(self, to):
        if held:
            raise held.pop()
        return really(self, to)

    monkeypatch.setattr(type(part), "replace", refusing)
    with pytest.raises(PermissionError):
        replace(part, target)
    monkeypatch.setattr("tally.system.replacing.os.name", "nt")
    replace(part, target)
    assert target.read_text() == "new"


def test_a_name_that_is_too_long_is_told_as_such(tmp_path):
    path = tmp_path / ("长" * 200)
    with pytest.raises(TallyError, match="路径太长"):
        write_text(path, "")
    with pytest.raises(UnreadableFile) as e:
        content(path)
    assert e.value.problem == "long_path"
