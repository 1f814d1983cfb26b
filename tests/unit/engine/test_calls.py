"""A function called in a process of its own: what it returns, how it fails, what becomes of its process."""

from __future__ import annotations

import os

import pytest

from tally import engine
from tally.errors import TallyError, UsageError

HERE = "tests.unit.engine.called"


def test_what_the_function_returns_comes_back_from_another_process():
    returned = engine.call(f"{HERE}:double", {"number": 21})
    assert returned["doubled"] == 42
    assert returned["process"] != os.getpid()


def test_on_plain_it_is_called_here():
    assert engine.call(f"{HERE}:double", {"number": 1}, engine="plain")["process"] == os.getpid()


@pytest.mark.parametrize("name", engine.ENGINES)
def test_a_refusal_keeps_its_fact_its_remedy_and_its_kind(name):
    with pytest.raises(UsageError) as refused:
        engine.call(f"{HERE}:refuse", {"what": "9999"}, engine=name)
    assert (refused.value.fact, refused.value.remedy) == ("没有 '9999'", "请换一个")


def test_a_bug_gives_its_traceback():
    with pytest.raises(RuntimeError, match="(?s)a bug.*fail"):
        engine.call(f"{HERE}:fail", {})


def test_a_lost_process_is_tried_once_more(tmp_path):
    assert engine.call(f"{HERE}:die", {"marks": str(tmp_path), "times": 1}) == "lives"


def test_one_that_is_lost_twice_is_said_with_the_remedy(tmp_path):
    with pytest.raises(TallyError, match="没有完成") as lost:
        engine.call(f"{HERE}:die", {"marks": str(tmp_path), "times": 2})
    assert lost.value.remedy
    assert len(list(tmp_path.iterdir())) == 2


def test_arguments_are_data_whatever_they_say():
    with pytest.raises(UsageError) as refused:
        engine.call(f"{HERE}:refuse", {"what": "'); import os; os._exit(3) #\n\\"})
    assert "os._exit" in refused.value.fact
