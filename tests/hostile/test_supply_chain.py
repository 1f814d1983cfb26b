"""The lists with hashes name what the lists of pins name, each file by its hash, and no address."""

import re

import pytest

from tally.paths import PROJECT

NAME = re.compile(r"([A-Za-z0-9._-]+)(?:\[[\w,]+\])?==([^ ;\\]+)")


def pins(*lists: str) -> dict[str, str]:
    """Package, as indexes compare names, -> version."""
    found = {}
    for name in lists:
        for line in (PROJECT / name).read_text(encoding="utf-8").splitlines():
            if match := NAME.match(line):
                found[re.sub(r"[-_.]+", "-", match[1]).lower()] = match[2]
    return found


@pytest.mark.parametrize(
    ("lock", "lists"),
    [
        ("requirements.lock", ("requirements.txt",)),
        (
            "requirements-test.lock",
            ("requirements.txt", "requirements-test.txt", "requirements-s3.txt", "requirements-scan.txt"),
        ),
    ],
)
def test_a_lock_pins_what_its_lists_pin(lock, lists):
    """`make lock` writes both anew."""
    there = pins(lock)
    assert {name: there.get(name) for name in pins(*lists)} == pins(*lists)


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-test.lock"])
def test_every_file_of_a_lock_has_its_hash_and_no_address(lock):
    text = (PROJECT / lock).read_text(encoding="utf-8")
    entries = re.split(r"\n(?=[A-Za-z])", text.strip())
    assert len(entries) > 150
    assert [e.split()[0] for e in entries if not re.search(r"--hash=sha256:[0-9a-f]{64}", e)] == []
    assert "://" not in text and " @ " not in text


def test_every_pinned_package_states_its_licence():
    listed = (PROJECT / "docs" / "licences.md").read_text(encoding="utf-8")
    names = {re.sub(r"[-_.]+", "-", m).lower() for m in re.findall(r"^\| ([A-Za-z0-9._-]+) \|", listed, re.MULTILINE)}
    assert sorted(set(pins("requirements.txt")) - names) == []
