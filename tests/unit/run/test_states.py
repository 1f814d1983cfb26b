"""Why a step must run again, in words."""

from tally.run.states import keep, reasons


def test_a_step_that_was_broken_off_is_not_one_that_never_ran(tmp_path):
    state, made = tmp_path / "state.json", tmp_path / "tables.arrow"
    assert reasons(state, {"files": "1"}) == ["还没有运行过"]
    made.write_bytes(b"a")
    assert reasons(state, {"files": "1"}) == ["上一次没有运行完"]
    keep(state, {"files": "1"}, [made])
    assert reasons(state, {"files": "1"}) == []
    assert reasons(state, {"files": "2"}) == ["上报文件有变动"]
