# ruff: noqa: F401 - these are the names that campaigns import
"""The kinds of rule a campaign can declare. A new kind is a class in a module here and an import below."""

from tally.declare import Rule
from tally.rules.base import CityRule, CityScope, Fault, FormRule, UnitRule, UnitScope
from tally.rules.cases import AtMost, Scale, SimpleCasesCap, Without
from tally.rules.links import Coverage, FailureHasCase, FollowUpSteps, KnownFirm, SameFirmFacts, StoppedByRoster
from tally.rules.matrix import NotNegative, RepeatedSum, RowsPresent, SharedColumn, TotalIsSum, WholeNumbers
from tally.rules.outliers import Outlier
from tally.rules.periods import NeverFalls, NoOverlap, NothingVanishes, NotStale
from tally.rules.records import CreditCode, Filled, NotAFirm, NotAfterReport, NotBatches, OneOf, WithinScale
from tally.rules.repeats import Consecutive, Duplicate, Unique
from tally.rules.rewritten import NotRewritten
from tally.rules.sampling import DestinationAgrees, ResultAgrees, StoppedButSampled
from tally.rules.units import ClaimedOnce, NotCityTotal, NotCopied, NotShared
from tally.rules.view import FormView
from tally.rules.words import FOLLOW_UP_STEPS, follow_up_steps
from tally.writing.firms import firm_key
