"""A function of this package called in a process of its own from the warm one: what is no notebook, but can go on beside.

    call("tally.render.unit_outputs:write_unit_files", {...})  ->  what the function returns, as JSON has it

The same process as a notebook's (`tally.engine.talk`), so that it ends with the run, whatever ends the run. On "plain" the
function is called here.
"""

from __future__ import annotations

import importlib
import json
from collections.abc import Callable, Mapping
from typing import Any

from tally.engine import pool
from tally.engine.failure import DIED, CellFailed
from tally.engine.talk import Talk
from tally.errors import TallyError, UsageError

ANSWER = "application/vnd.tally.answer+json"
MEMORY = 3 * 2**30  # bytes beyond the warm process's: originals of returns are opened and edited there
SECONDS = 3600.0  # by the clock: all units' files of a level
TRIES = 2  # of what was lost with its process: a call here, a notebook in `tally.executors`
_ERRORS = {e.__name__: e for e in (TallyError, UsageError)}


def call(function: str, arguments: Mapping[str, Any], *, engine: str = "fork") -> Any:
    """Calls `module:function` with `arguments` (plain values); a lost process is tried once more.

    A TallyError of the function is raised here; any other error is a RuntimeError with its traceback.
    """
    if engine != "fork":
        return _function(function)(**arguments)
    for tried in range(1, TRIES + 1):
        try:
            return _in_child(function, json.dumps(dict(arguments)))
        except CellFailed as e:
            if e.ename != DIED or tried == TRIES:
                raise TallyError(f"{function} 没有完成：{e.evalue}", "请检查内存是否充足，再重新运行") from e


def _in_child(function: str, arguments: str) -> Any:
    answers: list[dict[str, Any]] = []

    def deliver(kind: str, content: dict[str, Any]) -> None:
        if ANSWER in content.get("data", ()):
            answers.append(content["data"][ANSWER])

    talk = Talk(pool.current(), deliver, MEMORY)
    try:
        reply = talk.run(f"from tally.engine.calls import answer\nanswer({function!r}, {arguments!r})", SECONDS)
        talk.close()
    except BaseException:
        talk.kill()
        raise
    if reply["status"] != "ok":
        raise RuntimeError("\n".join([f"{function}：{reply['evalue']}", *reply["traceback"]]))
    (answer,) = answers
    if "error" in answer:
        raise _ERRORS[answer["error"]](answer["fact"], answer["remedy"])
    return answer["returned"]


def answer(function: str, arguments: str) -> None:
    """In the child: calls the function and shows what it returned, or its TallyError."""
    from IPython.display import display

    try:
        reply: dict[str, Any] = {"returned": _function(function)(**json.loads(arguments))}
    except TallyError as e:
        known = next(name for name, kind in reversed(_ERRORS.items()) if isinstance(e, kind))
        reply = {"error": known, "fact": e.fact, "remedy": e.remedy}
    display({ANSWER: reply}, raw=True)


def _function(name: str) -> Callable[..., Any]:
    module, _, attribute = name.partition(":")
    function: Callable[..., Any] = getattr(importlib.import_module(module), attribute)
    return function
