"""A period's steps as plain functions: one unit, then all units together. The notebooks and the command line call these."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from tally import campaigns
from tally.check import check_all
from tally.corrections import load_explanations
from tally.county import UnitReturn, read_unit
from tally.declare import Campaign
from tally.intake import Survey, survey
from tally.model import Finding
from tally.paths import PROJECT, Paths
from tally.store import PeriodTables, is_processed, load_period, read_table, schema, table_names, write_table
from tally.unit_store import findings_table, load_unit, save_unit


def process_unit(campaign: str, period: str, unit: str, root: str, surveyed: Survey | None = None) -> UnitReturn:
    """Reads, cleans and checks one unit's returns and writes its tables; what county.ipynb calls."""
    declared = campaigns.load(campaign, root)
    paths = Paths(Path(root or PROJECT), declared.name, period)
    before = declared.before(period)
    previous = load_unit(paths.beside(before.name), declared, unit) if before else {}
    read = read_unit(declared, period, unit, paths.root, surveyed, previous)
    save_unit(paths, declared, read)
    return read


def reporting_units(campaign: Campaign, surveyed: Survey) -> list[str]:
    """The units to read: all that must report, and the top itself where it sent something of its own."""
    codes = [u.code for u in campaign.units]
    return [*codes, campaign.top.code] if surveyed.of(campaign.top.code) else codes


def join_units(campaign: str, period: str, root: str, failed: dict[str, str] | None = None) -> PeriodTables:
    """Puts all units' tables together, checks across units and writes the contract's tables.

    `failed`: unit -> reason for units whose notebook failed: they are left out, with an error that says so.
    """
    declared = campaigns.load(campaign, root)
    paths = Paths(Path(root or PROJECT), declared.name, period)
    surveyed = survey(declared, paths)
    units = [
        u
        for u in reporting_units(declared, surveyed)
        if (paths.unit(u) / "returns.parquet").exists() and u not in (failed or {})
    ]
    tables = {name: _together(paths, declared, name, units) for name in table_names(declared)}
    findings = [*surveyed.findings, *_failures(failed or {})]
    before = declared.before(period)
    previous_paths = paths.beside(before.name) if before else None
    previous = (
        load_period(previous_paths, declared) if previous_paths and is_processed(previous_paths, declared) else None
    )
    joined = PeriodTables(
        period, {f.name: tables[f.name] for f in declared.forms}, tables["cells"], tables["findings"], tables["returns"]
    )
    findings += check_all(declared, declared.period(period), joined, previous)
    tables["findings"] = _explained(
        paths, declared, pd.concat([tables["findings"], findings_table(findings)], ignore_index=True)
    )
    for name, table in tables.items():
        write_table(table, paths.processed / f"{name}.parquet", schema(name, declared))
    return load_period(paths, declared)


def _together(paths: Paths, campaign: Campaign, name: str, units: list[str]) -> pd.DataFrame:
    parts = [read_table(paths.unit(u) / f"{name}.parquet") for u in units]
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame({c: [] for c in schema(name, campaign).names})


def _failures(failed: dict[str, str]) -> list[Finding]:
    return [
        Finding(
            unit,
            "",
            "run.notebook_failed",
            "error",
            f"该单位的处理没有完成，其数据未计入：{reason[:200]}",
            suggestion="请查看 reports 下 runs 文件夹中该单位的笔记本",
        )
        for unit, reason in failed.items()
    ]


def _explained(paths: Paths, campaign: Campaign, findings: pd.DataFrame) -> pd.DataFrame:
    """Warnings that the analyst explained become notes that carry the explanation; empty ones are refused."""
    explanations, refused = load_explanations(paths.explanations, campaign)
    for e in explanations:
        hit = (
            (findings["unit"] == e.unit)
            & (findings["form"] == e.form)
            & (findings["rule"] == e.rule)
            & (findings["severity"] == "warning")
        )
        for name in ("row", "field"):
            if value := getattr(e, name):
                hit &= findings[name].fillna("") == value
        findings.loc[hit, "message"] = (
            findings.loc[hit, "message"] + f"【已说明：{e.explanation}（{e.who}，{e.when}）】"
        )
        findings.loc[hit, "severity"] = "note"
    if refused:
        findings = pd.concat([findings, findings_table(refused)], ignore_index=True)
    return findings
