"""The engine as papermill finds it by its entry point: `papermill --engine tally in.ipynb out.ipynb`.

Papermill loads entry points while it is itself being imported, so nothing here may import it before a
notebook runs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from nbformat import NotebookNode


class EntryEngine:
    """Runs on "fork" where that works and the notebook allows it, else on "plain", saying so."""

    @classmethod
    def execute_notebook(cls, nb: NotebookNode, kernel_name: str, **options: Any) -> NotebookNode:
        from papermill.log import logger

        from tally.engine import available
        from tally.engine.failure import Unsupported
        from tally.engine.run import ForkEngine, PlainEngine

        try:
            if reason := available():
                raise Unsupported(reason)
            return ForkEngine.execute_notebook(nb, kernel_name, **options)
        except Unsupported as e:
            logger.warning(f"{e}，改用 plain 引擎执行")
            return PlainEngine.execute_notebook(nb, kernel_name, **options)

    @classmethod
    def nb_kernel_name(cls, nb: NotebookNode, name: str | None = None) -> str:
        from papermill.utils import nb_kernel_name

        return nb_kernel_name(nb, name)

    @classmethod
    def nb_language(cls, nb: NotebookNode, language: str | None = None) -> str:
        from papermill.utils import nb_language

        return nb_language(nb, language)
