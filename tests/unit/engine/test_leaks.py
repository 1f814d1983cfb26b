"""Nothing of one notebook reaches the next, or stays behind it."""

from __future__ import annotations

import time

import psutil

from tests.unit.engine.conftest import text

PROBE = """\
import decimal, gc, locale, logging, os, random, signal, sys, threading, warnings
import matplotlib, matplotlib.pyplot as plt, numpy as np, pandas as pd
state = {
    "pandas": (pd.options.display.max_columns, pd.options.display.precision, pd.options.mode.copy_on_write),
    "rc": hash(str(sorted((k, str(v)) for k, v in matplotlib.rcParams.items()))),
    "figures": plt.get_fignums(), "cwd": os.getcwd(), "env": sorted(os.environ.items()),
    "modules": "colorsys" in sys.modules, "patched": hasattr(pd.DataFrame, "leak"), "path": list(sys.path),
    "threads": sorted(t.name for t in threading.enumerate()), "filters": len(warnings.filters),
    "numpy": np.get_printoptions()["precision"], "decimal": decimal.getcontext().prec,
    "logging": (logging.getLogger().level, len(logging.getLogger().handlers)), "locale": locale.setlocale(locale.LC_ALL),
    "signals": str(signal.getsignal(signal.SIGTERM)), "names": sorted(k for k in dir() if k.startswith("leak")),
    "files": len(os.listdir("/proc/self/fd")), "umask": os.umask(0o22), "children": os.listdir("/proc/self/task").__len__(),
    "hooks": (str(type(sys.displayhook)), str(sys.excepthook)), "recursion": sys.getrecursionlimit(),
}
print(state)"""
SPOIL = """\
import colorsys, decimal, locale, logging, os, signal, sys, threading, time, warnings
import matplotlib.pyplot as plt, numpy as np, pandas as pd
pd.options.display.max_columns = 3; pd.options.display.precision = 1; pd.DataFrame.leak = 1
plt.rcParams["font.size"] = 99; plt.style.use("ggplot"); plt.ioff(); plt.figure(); plt.figure()
os.chdir("/"); os.environ["LEAK"] = "1"; del os.environ["PATH"]; sys.path.insert(0, "/leak")
threading.Thread(target=time.sleep, args=(60,)).start(); warnings.simplefilter("error")
np.set_printoptions(precision=1); decimal.getcontext().prec = 2; leak = 1; os.umask(0)
logging.basicConfig(level=logging.DEBUG); locale.setlocale(locale.LC_ALL, "C.UTF-8")
signal.signal(signal.SIGTERM, signal.SIG_IGN); leak_file = open("/dev/null"); sys.setrecursionlimit(5000)
print("spoilt")"""


def test_nothing_leaks_from_one_notebook_into_the_next(book, monkeypatch):
    monkeypatch.delenv("PYTEST_CURRENT_TEST")
    before = text(book.run(PROBE)[0])
    assert text(book.run(SPOIL)[0]) == "spoilt\n"
    assert text(book.run(PROBE)[0]) == before
    assert "'LEAK'" not in before and "'threads'" in before


def test_the_driver_is_not_touched(book):
    import os
    import sys

    import pandas as pd

    before = (os.getcwd(), dict(os.environ), list(sys.path), pd.options.display.precision)  # noqa: PTH109
    book.run(SPOIL)
    assert (os.getcwd(), dict(os.environ), list(sys.path), pd.options.display.precision) == before  # noqa: PTH109


def test_each_notebook_draws_its_own_random_numbers(book):
    ask = "import random, uuid, tempfile, numpy as np\nprint(random.random(), np.random.random(), uuid.uuid4(), tempfile.mktemp())"
    first, second = (text(book.run(ask)[0]).split() for _ in range(2))
    assert all(a != b for a, b in zip(first, second, strict=True))


def test_processes_that_a_notebook_started_end_with_it(book):
    outputs = book.run(
        "import subprocess\nsubprocess.Popen('setsid sleep 4711 & (sleep 4711 &) ; exec sleep 4711', shell=True)\n"
        "import time; time.sleep(0.2)\n!pgrep -c -f '^sleep 4711'"
    )
    assert text(outputs[0]).strip() == "3"
    deadline = time.monotonic() + 5
    while (left := sleeping()) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert left == []


def sleeping() -> list[int]:
    found = []
    for p in psutil.process_iter(["cmdline", "status"]):
        if p.info["cmdline"] == ["sleep", "4711"] and p.info["status"] != psutil.STATUS_ZOMBIE:
            found.append(p.pid)
    return found
