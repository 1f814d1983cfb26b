"""Whatever a notebook does to its process is one failed notebook, with what it printed and a red anchor."""

from __future__ import annotations

import pytest

from tally import engine
from tests.unit.engine.conftest import code, read, text

GIGABYTE = 1_000_000_000


def failure(book, *cells, **options) -> tuple[engine.NotebookFailed, list[dict]]:
    """How the notebook failed and the cells of what was kept of it."""
    with pytest.raises(engine.NotebookFailed) as e:
        book.run(*cells, **options)
    assert e.value.output == book.folder / "book.out.ipynb"
    return e.value, read(e.value.output)["cells"]


def assert_anchored(cells: list[dict], printed: str) -> None:
    """The red note on top, the anchor right before the failed cell, which shows what it had printed."""
    assert "An Exception was encountered at" in cells[0]["source"]
    at = next(i for i, c in enumerate(cells) if 'id="papermill-error-cell"' in c["source"])
    failed, after = cells[at + 1], cells[at + 2]
    assert failed["metadata"]["papermill"]["status"] == "failed"
    assert printed in text(failed["outputs"]) and failed["outputs"][-1]["output_type"] == "error"
    assert after["outputs"] == [] and after["execution_count"] is None


@pytest.mark.parametrize(
    ("cell", "ename", "says"),
    [
        ("import ctypes; ctypes.string_at(0)", "NotebookDied", "SIGSEGV"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", "NotebookDied", "SIGKILL"),
        ("import os; os.abort()", "NotebookDied", "SIGABRT"),
        ("import os; os._exit(3)", "NotebookExited", "退出码 3"),
        ("while True: pass", "CellTimeoutError", "单元格运行超过 0.5 秒"),
        ("import time; time.sleep(60)", "CellTimeoutError", "单元格运行超过 0.5 秒"),
        ("block = bytearray(4 * 10**9)", "MemoryError", ""),
        ("while True: print('y' * 10_000)", "OutputFlood", "超过 2,000,000 字"),
        ("import os; os.system('yes')", "OutputFlood", "超过 2,000,000 字"),
        ("from IPython.display import display\nwhile True: display({'text/html': 'z' * 10**7}, raw=True)", "OutputFlood", "100,000,000 字节"),
        ("x = = 1", "SyntaxError", "invalid syntax"),
    ],
)  # fmt: skip
def test_each_way_to_fail_is_told_and_anchored(book, cell, ename, says):
    printed = "" if ename == "SyntaxError" else "printed before\n"
    cell = f"print('printed before')\n{cell}" if printed else cell
    timeout = 0.5 if ename == "CellTimeoutError" else 20
    e, cells = failure(book, "1", cell, "'never'", cell_timeout=timeout, memory_limit=GIGABYTE)
    assert (e.cell, e.execution_count, e.ename, e.died) == (2, 4, ename, ename == "NotebookDied")
    assert says in e.evalue
    assert_anchored(cells, printed)


def test_a_crash_shows_where_the_code_was(book):
    _, cells = failure(book, "def deep():\n    import ctypes; ctypes.string_at(0)\ndeep()", "1")
    assert "Segmentation fault" in str(cells) and "in deep" in str(cells)


def test_a_timeout_shows_where_the_code_was(book):
    _, cells = failure(book, "def deep():\n    while True: pass\ndeep()", "1", cell_timeout=0.5)
    assert "line 2 in deep" in str(cells)


def test_what_c_code_wrote_last_is_kept(book):
    _, cells = failure(book, "import os; os.write(2, b'last words'); os._exit(1)", "1")
    assert "last words" in str(cells)


def test_exit_ends_the_notebook_visibly(book):
    e, _ = failure(book, "exit()", "1")
    assert (e.ename, e.cell) == ("NotebookExited", 2) and "sys.exit()" in e.evalue


def test_a_failure_leaves_the_next_notebook_alone(book):
    failure(book, "import os; os.abort()", "1")
    assert text(book.run("1 + 1")[0]) == "2"


def test_a_lost_warm_process_is_replaced(book):
    from tally.engine import pool

    book.run("1")
    lost = pool.current().process
    lost.kill()
    lost.wait()
    assert text(book.run("1 + 1")[0]) == "2"
    assert pool.current().process.pid != lost.pid


def test_memory_within_the_limit_may_be_used(book):
    assert text(book.run("len(bytearray(200_000_000))", memory_limit=GIGABYTE)[0]) == "200000000"


def test_an_earlier_runs_red_anchor_is_taken_out(book):
    failure(book, "import os; os.path.exists('{}') or 1/0".format(book.folder / "mended"), "1")
    (book.folder / "mended").touch()
    engine.execute(book.folder / "book.out.ipynb", book.folder / "again.ipynb", {"unit": "2"})
    assert "papermill-error-cell" not in (book.folder / "again.ipynb").read_text()


@pytest.mark.parametrize(
    ("cell", "ename"),
    [
        ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", "NotebookDied"),
        ("while True: pass", "CellTimeoutError"),
        ("while True: print('y' * 10_000)", "OutputFlood"),
        ("block = bytearray(4 * 10**9)", "MemoryError"),
    ],
)
@pytest.mark.slow
def test_plain_fails_in_the_same_ways(book, cell, ename):
    timeout = 1 if ename == "CellTimeoutError" else 30
    limit = GIGABYTE if ename == "MemoryError" else None  # a kernel gathers what is printed, and would reach it first
    e, cells = failure(book, "1", cell, "'never'", engine_name="plain", cell_timeout=timeout, memory_limit=limit)
    assert (e.cell, e.ename) == (2, ename)
    assert_anchored(cells, "")


def test_cells_tagged_to_be_skipped_do_not_run(book):
    assert book.run(code("1/0", "skip-execution", number=1), "2")[0] == []
