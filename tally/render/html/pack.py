"""What a page need not show at once, packed small: deflated, as text that HTML takes for nothing else.

Two kinds of things are packed: the figures that can be opened, and the rows of long tables, which the
page's script puts in place when it opens. `unfolded` does the same for whoever checks a page.
"""

from __future__ import annotations

import base64
import json
import re
import zlib
from typing import Any

LONG = 20_000  # bytes of a table's rows; more are packed

# Base 85 with nothing in it that HTML could take for markup; the script's alphabet is the same.
_TO_PAGE = str.maketrans("<>&", ".:,")
_FROM_PAGE = str.maketrans(".:,", "<>&")


def pack(value: Any) -> str:
    """`value` as JSON, deflated, in base 85."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return base64.b85encode(zlib.compress(text.encode("utf-8"), 9)).decode().translate(_TO_PAGE)


def unpack(text: str) -> Any:
    return json.loads(zlib.decompress(base64.b85decode(text.translate(_FROM_PAGE))))


def held(html: str, id: str) -> Any:
    """What a page holds packed in its element `id`; None if there is no such element."""
    element = re.search(rf'id="?{id}"?>([^<]*)<', html)
    return unpack(element[1]) if element else None


def unfolded(html: str) -> str:
    """The page with the rows of its long tables in place, as a reader sees it."""
    rows = held(html, "tally-rows") or []
    return re.sub(r"<tbody data-b=(\d+)>.*?</tbody>", lambda m: f"<tbody>{rows[int(m[1])]}</tbody>", html, flags=re.S)
