"""tally: county returns in, a work summary report out; nothing is ever silently wrong."""

__version__ = "0.1.0"
