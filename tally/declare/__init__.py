"""The vocabulary in which a campaign is declared. Frozen, checked when built: a typo fails at import.

A campaign is a package below `tally.campaigns` with a `CAMPAIGN`; its forms are modules beside it and
its units and periods are CSV files beside those. Nothing here reads returns.
"""

from tally.declare.campaign import Campaign
from tally.declare.columns import Choice, Field, Kind
from tally.declare.forms import Category, Form
from tally.declare.parties import Duty, Period, Unit
from tally.declare.rule import Rule
from tally.declare.tables import periods_from_csv, units_from_csv

__all__ = [
    "Campaign",
    "Category",
    "Choice",
    "Duty",
    "Field",
    "Form",
    "Kind",
    "Period",
    "Rule",
    "Unit",
    "periods_from_csv",
    "units_from_csv",
]
