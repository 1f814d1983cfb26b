"""Several blocks that one notebook cell shows."""

from __future__ import annotations

from tally.blocks import Block


class Section(tuple[Block, ...]):
    """Blocks in order; as the last value of a cell each is displayed on its own."""

    def _ipython_display_(self) -> None:
        from IPython.display import display

        for block in self:
            display(block)
