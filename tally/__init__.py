"""tally: county returns in, a work summary report out; nothing is ever silently wrong."""

import sys

if sys.version_info < (3, 11, 5):  # older ones cannot read this package, or match its patterns wrongly
    raise SystemExit(
        "需要 Python 3.11.5 或更新的版本，现在是 {}.{}.{}。 tally needs Python 3.11.5 or newer.".format(
            *sys.version_info
        )
    )

__version__ = "0.2.0"


def open(campaign: str = "masks_2021", root: str = ""):
    """A campaign's processed periods, for work of one's own: see `tally.explore`."""
    from tally.explore import open_campaign  # here, so that `import tally` costs nothing

    return open_campaign(campaign, root)
