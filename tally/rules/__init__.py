"""The kinds of rule a campaign can declare. A new kind is a class in a module here and a line in `RULE_KINDS`."""

from tally.rules.base import CityRule, CityScope, Fault, FormRule, Rule, UnitRule, UnitScope
from tally.rules.cases import AtMost, Scale, SimpleCasesCap, Without
from tally.rules.links import Coverage, FailureHasCase, FollowUpSteps, KnownFirm, SameFirmFacts, StoppedByRoster
from tally.rules.matrix import NotNegative, RowsPresent, SharedColumn, TotalIsSum, WholeNumbers
from tally.rules.periods import NeverFalls, NoOverlap, NothingVanishes, NotStale
from tally.rules.records import CreditCode, Filled, NotAfterReport, NotBatches, OneOf, WithinScale
from tally.rules.repeats import Consecutive, Duplicate, Unique
from tally.rules.sampling import DestinationAgrees, ResultAgrees, StoppedButSampled
from tally.rules.units import ClaimedOnce, NotCityTotal, NotCopied
from tally.rules.view import FormView
from tally.rules.words import FOLLOW_UP_STEPS, firm_key, follow_up_steps

RULE_KINDS: dict[str, type[Rule]] = {
    "rows present": RowsPresent,
    "not negative": NotNegative,
    "whole numbers": WholeNumbers,
    "total is sum": TotalIsSum,
    "shared column": SharedColumn,
    "at most": AtMost,
    "without": Without,
    "simple cases cap": SimpleCasesCap,
    "scale": Scale,
    "filled": Filled,
    "credit code": CreditCode,
    "one of": OneOf,
    "not after report": NotAfterReport,
    "within scale": WithinScale,
    "not batches": NotBatches,
    "unique": Unique,
    "duplicate": Duplicate,
    "consecutive": Consecutive,
    "result agrees": ResultAgrees,
    "destination agrees": DestinationAgrees,
    "stopped but sampled": StoppedButSampled,
    "coverage": Coverage,
    "known firm": KnownFirm,
    "same firm facts": SameFirmFacts,
    "stopped by roster": StoppedByRoster,
    "failure has case": FailureHasCase,
    "follow-up steps": FollowUpSteps,
    "never falls": NeverFalls,
    "not stale": NotStale,
    "no overlap": NoOverlap,
    "nothing vanishes": NothingVanishes,
    "not copied": NotCopied,
    "not city total": NotCityTotal,
    "claimed once": ClaimedOnce,
}

__all__ = [
    "FOLLOW_UP_STEPS",
    "RULE_KINDS",
    "AtMost",
    "CityRule",
    "CityScope",
    "ClaimedOnce",
    "Consecutive",
    "Coverage",
    "CreditCode",
    "DestinationAgrees",
    "Duplicate",
    "FailureHasCase",
    "Fault",
    "Filled",
    "FollowUpSteps",
    "FormRule",
    "FormView",
    "KnownFirm",
    "NeverFalls",
    "NoOverlap",
    "NotAfterReport",
    "NotBatches",
    "NotCityTotal",
    "NotCopied",
    "NotNegative",
    "NotStale",
    "NothingVanishes",
    "OneOf",
    "ResultAgrees",
    "RowsPresent",
    "Rule",
    "SameFirmFacts",
    "Scale",
    "SharedColumn",
    "SimpleCasesCap",
    "StoppedButSampled",
    "StoppedByRoster",
    "TotalIsSum",
    "Unique",
    "UnitRule",
    "UnitScope",
    "WholeNumbers",
    "WithinScale",
    "Without",
    "firm_key",
    "follow_up_steps",
]
