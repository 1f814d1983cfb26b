"""Charts of the report: figures of `tally.totals` in, `tally.blocks.Chart` out; None where there is nothing to show.

Each states its message in its title, repeats no table, labels its marks directly, and reads in black and white. A figure
that may be wrong bears ▲ and is hatched. One unit alone is no comparison: no chart is drawn of it.
"""

from tally.report.charts.coverage import coverage
from tally.report.charts.efficiency import efficiency
from tally.report.charts.flow import flow
from tally.report.charts.rates import rates
from tally.report.charts.trend import trend

__all__ = ["coverage", "efficiency", "flow", "rates", "trend"]
