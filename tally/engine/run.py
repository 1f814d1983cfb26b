"""Papermill runs the notebook; these are the two engines it is given, and the file at the end."""

# ruff: noqa: E402 (one module is kept out before papermill is imported)
from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from tally.system import light

light.keep_out()

import nbformat
from jupyter_client.kernelspec import NoSuchKernel
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from nbformat import NotebookNode
from papermill.clientwrap import PapermillNotebookClient
from papermill.engines import Engine, NBClientEngine, NotebookExecutionManager, papermill_engines
from papermill.exceptions import PapermillExecutionError
from papermill.execute import prepare_notebook_metadata, raise_for_execution_errors, remove_error_markers
from papermill.iorw import load_notebook_node
from papermill.parameterize import parameterize_notebook

from tally.engine import kernels, pool, scratch
from tally.engine.failure import DIED, TIMEOUT, CellFailed, NotebookFailed, Stopped, Unsupported
from tally.engine.talk import OUTPUT_LIMIT, TEXT_LIMIT, Talk, flooded
from tally.errors import TallyError
from tally.store import files
from tally.system import linux
from tally.system.replacing import replace


class ForkEngine(Engine):
    """Runs a Python notebook in a process forked from the warm one."""

    @classmethod
    def execute_managed_notebook(
        cls,
        nb_man: NotebookExecutionManager,
        kernel_name: str,
        cell_timeout: float | None = None,
        memory_limit: int | None = None,
        **_: Any,
    ) -> None:
        _refuse_other_languages(nb_man.nb, kernel_name)
        book = _Book(nb_man)
        try:
            talk = Talk(pool.current(), book.deliver, memory_limit)
        except CellFailed as e:
            book.fail_at_start(e)
            return
        try:
            if book.run_cells(talk, cell_timeout):
                nb_man.nb.metadata["language_info"] = talk.language_info
                talk.close()
            else:
                talk.free()
        except BaseException:
            talk.kill()
            raise


def _refuse_other_languages(nb: NotebookNode, kernel_name: str) -> None:
    language = nb.metadata.get("language_info", {}).get("name") or nb.metadata.kernelspec.get("language", "python")
    if language != "python" or kernel_name not in ("python3", "python"):
        raise Unsupported(f"内核 {kernel_name}（{language}）需要真正的 Jupyter 内核")


class _Book:
    """The notebook being run: puts messages into its cells exactly as nbclient does, by nbclient itself."""

    def __init__(self, nb_man: NotebookExecutionManager) -> None:
        self.nb_man, self.nb = nb_man, nb_man.nb
        self.client = NotebookClient(nb_man.nb, record_timing=False)  # papermill keeps the times
        self.client.reset_execution_trackers()
        self.client.clear_before_next_output = False
        self.cell, self.index = NotebookNode(), -1  # before the first: no cell's

    def deliver(self, msg_type: str, content: dict[str, Any]) -> None:
        head = {"msg_type": msg_type}
        message = {"header": head, "msg_type": msg_type, "parent_header": {"msg_id": ""}, "content": content}
        self.client.process_message(message, self.cell, self.index)

    def run_cells(self, talk: Talk, timeout: float | None) -> bool:
        """Runs cells up to the first that fails; False if the process has ended by then."""
        for index, cell in enumerate(self.nb.cells):
            self.nb_man.cell_start(cell, index)
            self.cell, self.index = cell, index
            try:
                failed = _executable(cell) and self._run_cell(talk, timeout)
            except CellFailed as e:
                self.deliver("error", e.output())
                self._fail()
                return False
            if failed:
                self._fail()
                return True
            self.nb_man.cell_complete(cell, cell_index=index)
        return True

    def _run_cell(self, talk: Talk, timeout: float | None) -> bool:
        self.cell.outputs = []
        self.client.clear_before_next_output = False
        reply = talk.run(self.cell.source, timeout)
        return reply["status"] == "error" and "raises-exception" not in self.cell.metadata.get("tags", [])

    def _fail(self) -> None:
        self.nb_man.cell_exception(self.cell, cell_index=self.index)
        self.nb_man.cell_complete(self.cell, cell_index=self.index)

    def fail_at_start(self, error: CellFailed) -> None:
        """The process never came: the first cell that would have run shows it."""
        self.index, self.cell = next((i, c) for i, c in enumerate(self.nb.cells) if _executable(c))
        self.nb_man.cell_start(self.cell, self.index)
        self.deliver("error", error.output())
        self._fail()


def _executable(cell: NotebookNode) -> bool:
    skipped = "skip-execution" in cell.metadata.get("tags", [])
    return cell.cell_type == "code" and bool(cell.source.strip()) and not skipped


class _PlainClient(PapermillNotebookClient):
    """Papermill's client, but a kernel's death or a timeout is a failed cell with its red anchor too."""

    memory_limit: int | None = None
    lost = False
    flood: CellFailed | None = None
    printed = shown = pid = 0

    def start_new_kernel(self, **kwargs: Any) -> None:
        # What cells write to the descriptors comes by the kernel; without this it also lands in our terminal.
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        # The kernel would look for modules in its folder too, which may be one of received files.
        self.extra_arguments += ["--InteractiveShellApp.ignore_cwd=True"]
        super().start_new_kernel(env=pool.notebook_environment(), **quiet, **kwargs)
        self.pid = self.km.provisioner.pid
        kernels.started(self.pid)
        if self.memory_limit is not None and sys.platform.startswith("linux"):
            linux.limit_memory(self.memory_limit, self.pid)

    def execute_cell(self, cell: NotebookNode, cell_index: int, **kwargs: Any) -> NotebookNode:
        try:
            return super().execute_cell(cell, cell_index, **kwargs)
        except CellTimeoutError:
            evalue = f"单元格运行超过 {self.timeout:g} 秒，已中止"
            failure = CellFailed(TIMEOUT, evalue, "请检查是否有死循环，或调大 --cell-timeout")
        except DeadKernelError:
            died = CellFailed(DIED, "笔记本进程意外结束", "可再运行一次，仍出错请检查该单元格")
            failure = self.flood or died
        self.lost = True
        content = failure.output()
        cell.outputs.append(nbformat.v4.new_output("error", **content))
        raise CellExecutionError.from_cell_and_msg(cell, content)

    def process_message(self, msg: dict[str, Any], cell: NotebookNode, cell_index: int) -> NotebookNode | None:
        content = msg["content"]
        if msg["msg_type"] == "stream":
            self.printed += len(content["text"])
        elif "data" in content:
            self.shown += sum(len(v) for v in content["data"].values() if isinstance(v, str))
        if self.flood is None and (self.printed > TEXT_LIMIT or self.shown > OUTPUT_LIMIT):
            self.flood = flooded(f"{TEXT_LIMIT:,} 字" if self.printed > TEXT_LIMIT else f"{OUTPUT_LIMIT:,} 字节")
            self.km.provisioner.process.kill()  # nbclient notices within a second
        return super().process_message(msg, cell, cell_index) if self.flood is None else None

    def wait_for_reply(self, msg_id: str, cell: NotebookNode | None = None) -> dict[str, Any] | None:
        """What papermill asks at the end; a kernel that is lost gives no answer."""
        if self.lost:
            return {"content": {"language_info": self.nb.metadata.get("language_info", {"name": "python"})}}
        return super().wait_for_reply(msg_id, cell)


class PlainEngine(NBClientEngine):
    """Papermill's own engine: a fresh kernel for each notebook, no saves between cells."""

    @classmethod
    def execute_managed_notebook(
        cls,
        nb_man: NotebookExecutionManager,
        kernel_name: str,
        cell_timeout: float | None = None,
        memory_limit: int | None = None,
        **_: Any,
    ) -> None:
        client = _PlainClient(
            nb_man, kernel_name=kernel_name, timeout=cell_timeout, startup_timeout=60, record_timing=False
        )
        client.memory_limit = memory_limit
        try:
            client.execute()
        except NoSuchKernel as e:
            raise TallyError(
                f"没有安装笔记本所用的内核 {kernel_name}", "请在 JupyterLab 中为笔记本改选 Python 3 内核后保存"
            ) from e
        except RuntimeError as e:
            if kernels.ended(client.pid):
                raise Stopped from e
            raise TallyError(
                f"Jupyter 内核 {kernel_name} 无法启动：{e}", "请检查内存是否充足、ipykernel 是否装好，再重试"
            ) from e
        finally:
            if kernels.ended(client.pid):
                raise Stopped


papermill_engines.register("tally", ForkEngine)
papermill_engines.register("tally-plain", PlainEngine)


def run_notebook(
    node: NotebookNode,
    notebook: Path,
    output: Path,
    parameters: dict[str, Any],
    engine: str,
    options: dict[str, Any],
) -> None:
    """Runs `node` (read from `notebook`) by papermill and puts it at `output`, whole or not at all."""
    try:
        temporary = scratch.temporary(output)
    except OSError as e:
        raise files.unwritable(output, e) from e
    try:
        executed = _execute(_prepared(node, notebook, output, parameters, engine), engine, options)
        raise_for_execution_errors(executed, str(temporary))
        temporary.write_text(as_text(executed), encoding="utf-8")
    except OSError as e:
        raise files.unwritable(output, e) from e
    except PapermillExecutionError as e:
        _put(temporary, output)
        raise _failure(e, node, bool(parameters), notebook, output) from e
    else:
        _put(temporary, output)
    finally:
        scratch.discard(temporary)


def _prepared(
    node: NotebookNode, notebook: Path, output: Path, parameters: dict[str, Any], engine: str
) -> NotebookNode:
    """The notebook with its parameters' cell and papermill's metadata, without the marks of an earlier failure.

    What `papermill.execute_notebook` does before it runs a notebook, by the same functions; after it, papermill would check
    and write the notebook once more at half the cost of running it.
    """
    nb = load_notebook_node(node)
    if parameters:
        nb = parameterize_notebook(nb, parameters, engine_name=engine)
    return remove_error_markers(prepare_notebook_metadata(nb, str(notebook), str(output)))


def _execute(nb: NotebookNode, engine: str, options: dict[str, Any]) -> NotebookNode:
    kernel = papermill_engines.nb_kernel_name(engine, nb)
    return papermill_engines.execute_notebook_with_engine(
        engine, nb, kernel, output_path=None, progress_bar=False, log_output=False, start_timeout=60, **options
    )


def as_text(nb: NotebookNode) -> str:
    """The notebook as a file's text: JSON, a cell a line."""
    head = {key: value for key, value in nb.items() if key != "cells"}
    cells = ",\n".join(map(_json, nb.cells))
    return f'{{"cells": [\n{cells}\n],\n{_json(head)[1:]}\n'


def _json(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def _put(temporary: Path, output: Path) -> None:
    try:
        files.as_others_may(temporary)
        replace(temporary, output)
    except OSError as e:
        raise files.unwritable(output, e) from e


def _failure(
    error: PapermillExecutionError, node: NotebookNode, injected: bool, notebook: Path, output: Path
) -> NotebookFailed:
    """The failure in terms of the notebook's source, where papermill's injected cell does not stand."""
    cell = error.cell_index
    if injected and not _tagged(node, "injected-parameters"):
        cell -= cell > _tagged(node, "parameters")[0]
    why = error.evalue or "没有留下原因（内存用尽时内核会这样失败）"
    return NotebookFailed(notebook, cell, error.exec_count, error.ename, why, output)


def _tagged(node: NotebookNode, tag: str) -> list[int]:
    return [i for i, c in enumerate(node.cells) if tag in c.metadata.get("tags", [])]
