"""The text summaries (工作总结): the figures they state, whether the forms agree, and which duties they speak of.

    figures(text)                                -> Stated: what the text says a form's figure is
    compare(campaign, unit, summary, returns)    -> Finding: where text and forms disagree
    passages(campaign, text)                     -> Passage: paragraphs sorted to the duties

Beside the flow of tables: `tally.returns.unit` calls this once a unit's forms are read.
"""

from tally.returns.summaries.comparing import compare
from tally.returns.summaries.sorting import Passage, passages
from tally.returns.summaries.stating import Stated, figures

__all__ = ["Passage", "Stated", "compare", "figures", "passages"]
