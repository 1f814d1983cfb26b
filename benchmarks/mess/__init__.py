"""Messy returns with known truth, made from the domain's catalogue and the campaign's declaration alone.

`compose.compose(seed, folder)` writes one unit's return and says, for every cell a form asks for, where it stands,
what it means and what a reader may make of it; `judge.judge` compares a reading with that truth. Nothing here
imports the package's reading code.
"""
