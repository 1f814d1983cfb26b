"""A notebook executed by "fork" equals the one executed by plain papermill, cell by cell."""

from __future__ import annotations

import json
import os
import re

import nbformat
import pytest

from tally import engine
from tests.unit.engine.conftest import code, read

FINE = [
    'import sys\nprint("a"); print("b", file=sys.stderr); print("c"); print("d", file=sys.stderr)',
    'print("x", flush=True); print("y")',
    'print("half a pair \\udc80")',
    'from IPython.display import HTML, JSON, Markdown, clear_output, display, update_display\nh = display("one", display_id="k")\n'
    'display(HTML("<b>x</b>"), Markdown("*m*"), JSON({"a": [1]}))',
    'h.update("two")\nprint("z")',
    "for i in range(3):\n    clear_output(wait=True)\n    print(i)\n    display(i)",
    'print("gone"); clear_output(); 3',
    'display({"text/plain": "raw"}, raw=True); update_display("three", display_id="k")',
    "1", "_ + 1", "Out[11]", "5;", 'x = 1\nx\n"last"', "None", "", "   ", "# nothing",
    "import asyncio\nasync def later(n):\n    await asyncio.sleep(0.001)\n    return n\nawait later(7)",
    "task = asyncio.create_task(later(8))", "await task", "asyncio.get_running_loop().is_running()",
    "%%bash\necho hi\necho err >&2", "!echo shell", "y = !echo caught\ny",
    '%%capture held\nprint("inside")', "held.stdout", "%env TALLY_TEST=1", "%who str", "len?",
    'import os, subprocess, time\nprint(1); _ = subprocess.run(["echo", "2"])\ntime.sleep(0.1); print(3)',
    'os.system("printf 你好; echo; echo e >&2"); time.sleep(0.1)',
    'from tqdm.auto import tqdm\nfor _ in tqdm(range(3), bar_format="{n}/{total}"): pass',
    'import warnings\nwarnings.warn("careful")', 'import logging\nlogging.getLogger("x").error("e")',
    "import matplotlib.pyplot as plt\nfig, ax = plt.subplots(figsize=(2, 1)); ax.plot([1, 2])\nprint(plt.rcParams['figure.dpi'])",
    "plt.figure(figsize=(1, 1)); plt.plot([2, 1]); plt.show(); print('after')", "plt.get_fignums()",
    "import pandas as pd\npd.options.display.max_columns, pd.options.display.max_rows",
    'pd.DataFrame({f"c{i}": range(80) for i in range(30)})', "pd.Series([1, 2])",
    'import threading\nt = threading.Thread(target=lambda: print("in a thread")); t.start(); t.join()',
    'def bad(): raise RuntimeError("t")\nt = threading.Thread(target=bad); t.start(); t.join()',
    "import multiprocessing as mp\nwith mp.get_context('fork').Pool(1) as pool: print(pool.map(abs, [-1, -2]))",
    "get_ipython().__class__.__name__, __name__, sys.stdout.isatty(), sys.path[0]",
    "import pickle\nclass A: pass\npickle.loads(pickle.dumps(A())).__class__.__name__",
    'def f():\n    "doc"\nimport inspect\nprint(inspect.getsource(f))', "%history -n 1-5", "unit",
]  # fmt: skip
WRONG = [
    "def f():\n    return 1 / 0\nprint('before')\nf()", "x = (", "raise KeyError('k') from ValueError('v')",
    "raise ExceptionGroup('g', [ValueError(1), TypeError(2)])", "raise KeyboardInterrupt", "import json\njson.loads('{')",
    "asyncio.run(later(1))", "class B:\n    def __repr__(self): raise ValueError('bad repr')\nB()",
    "async def g():\n    raise OSError('late')\nawait g()", "import sys; sys.exit(3)", "%not_a_magic", "'still here'",
]  # fmt: skip


def executed(book, name: str, cells: list, engine_name: str) -> tuple[dict, str]:
    """The notebook and how it failed ("" if it did not)."""
    path, output = book.path(*cells, name=name), book.folder / f"{name}.{engine_name}.ipynb"
    failure = ""
    os.environ.pop("PYTEST_CURRENT_TEST", None)  # a kernel under pytest does not capture what subprocesses write
    try:
        engine.execute(path, output, {"unit": "001", "rows": 3}, engine=engine_name, cell_timeout=60)
    except engine.NotebookFailed as e:
        failure = f"{e.cell} {e.execution_count} {e.ename} {e.evalue}"
    return read(output), failure


def comparable(notebook: dict) -> list:
    """Everything but the times, the names of the files and the ids that widgets are given by chance."""
    notebook = json.loads(re.sub(r'"model_id": "[0-9a-f]{32}"', '"model_id": ""', json.dumps(notebook)))
    metadata = {k: v for k, v in notebook["metadata"].items() if k not in ("papermill", "widgets")}
    kept = ("cell_type", "source", "outputs", "execution_count")
    cells = [
        {k: joined(c[k]) if k == "outputs" and k in c else c.get(k) for k in kept}
        | {"status": c["metadata"].get("papermill", {}).get("status")}
        for c in notebook["cells"]
    ]
    return [metadata, notebook["metadata"]["papermill"]["parameters"], *cells]


def joined(outputs: list[dict]) -> list[dict]:
    """Neighbouring pieces of one stream put together: a kernel cuts them by the clock, so that no two runs agree."""
    result: list[dict] = []
    for o in outputs:
        if result and o["output_type"] == "stream" == result[-1]["output_type"] and o["name"] == result[-1]["name"]:
            result[-1] = o | {"text": result[-1]["text"] + o["text"]}
        else:
            result.append(o)
    return result


def assert_equal(book, name: str, cells: list) -> str:
    (fork, failed), (plain, plain_failed) = (executed(book, name, cells, e) for e in ("fork", "plain"))
    for ours, theirs in zip(comparable(fork), comparable(plain), strict=True):
        assert ours == theirs
    assert failed == plain_failed
    return failed


def test_outputs_counts_and_metadata_equal_plain_papermills(book):
    assert assert_equal(book, "fine", FINE) == ""


def test_errors_and_their_coloured_tracebacks_equal_plain_papermills(book):
    needed = code(FINE[17], number=1)
    wrong = [code(c, "raises-exception", number=i) for i, c in enumerate(WRONG, 2)]
    assert assert_equal(book, "wrong", [needed, *wrong]) == "11 13 SystemExit 3"  # papermill reports the last


@pytest.mark.parametrize(
    ("last", "failed"),
    [("1/0", "2 4 ZeroDivisionError division by zero"), ("import sys\nprint('x')\nsys.exit()", "")],
)
def test_red_anchor_and_stop_equal_plain_papermills(book, last, failed):
    assert assert_equal(book, "stops", ["1", last, "print('never')"]) == failed


def test_writes_of_python_c_code_and_subprocesses_stand_in_the_order_of_writing(book):
    outputs = book.run(
        'import ctypes, os\nprint(1); os.write(1, b"2\\n"); print(3); os.system("echo 4"); print(5); ctypes.CDLL(None).puts(b"6");'
    )
    assert outputs[0] == [{"name": "stdout", "output_type": "stream", "text": "1\n2\n3\n4\n5\n6\n"}]


def test_an_explicit_flush_ends_an_output(book):
    outputs = book.run('import time\nprint("a", flush=True); print("b"); time.sleep(0.3); print("c")')
    assert [o["text"] for o in outputs[0]] == ["a\n", "b\nc\n"]


@pytest.mark.parametrize("ask", ['input("name?")', "import getpass; getpass.getpass()"])
def test_asking_for_input_fails_at_once(book, ask):
    with pytest.raises(engine.NotebookFailed, match="StdinNotImplementedError.*does not support input"):
        book.run(ask)


def test_files_left_open_and_exit_handlers_are_finished(book):
    left, at_exit = book.folder / "left.txt", book.folder / "exit.txt"
    book.run(
        f"f = open({str(left)!r}, 'w'); _ = f.write('all of it')\nimport atexit, pathlib\n"
        f"_ = atexit.register(pathlib.Path({str(at_exit)!r}).write_text, 'done')"
    )
    assert (left.read_text(), at_exit.read_text()) == ("all of it", "done")


def test_widgets_run_on_plain_by_themselves_and_say_so(book):
    said = []
    book.run('import comm\nprint("before")\ncomm.create_comm(target_name="x")\nprint("after")', announce=said.append)
    assert said == ["book.ipynb：笔记本使用了交互控件（comm），改用 plain 引擎执行"]
    assert "after" in (book.folder / "book.out.ipynb").read_text()


def test_the_executed_notebook_is_valid_and_read_as_papermills_own_writing(book):
    book.run("print('甲\\n乙')", "'丙'", "1 / 1")
    stored = (book.folder / "book.out.ipynb").read_text(encoding="utf-8")
    notebook = nbformat.reads(stored, as_version=nbformat.NO_CONVERT)
    nbformat.validate(notebook)
    assert nbformat.reads(nbformat.writes(notebook), as_version=nbformat.NO_CONVERT) == notebook
    assert len(stored.splitlines()) == len(notebook.cells) + 3, "a cell a line"
