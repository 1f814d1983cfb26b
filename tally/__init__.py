"""tally: county returns in, a work summary report out; nothing is ever silently wrong."""

__version__ = "0.2.0"


def open(campaign: str = "masks_2021", root: str = ""):
    """A campaign's processed periods, for work of one's own: see `tally.explore`."""
    from tally.explore import open_campaign  # here, so that `import tally` costs nothing

    return open_campaign(campaign, root)
