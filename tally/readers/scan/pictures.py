"""The pictures in a file: a photo itself, every frame of a TIFF, every page of a PDF as it is shown."""

from __future__ import annotations

import io
from collections.abc import Iterator

import cv2
import numpy as np
import pypdfium2
from PIL import Image, ImageOps, ImageSequence

from tally.readers.limits import SCAN_PAGES, SCAN_PIXELS

_POINTS = 72
_DOTS = 200  # an inch: below that small figures run together, above it reading takes longer and is no better
_LONG_SIDE = 3_400  # pixels; A4 at 300 dots an inch

Picture = np.ndarray  # height × width × 3, blue, green, red


def pictures(data: bytes) -> Iterator[Picture]:
    """At most `SCAN_PAGES`. Raises what the libraries raise."""
    yield from (_pages if b"%PDF-" in data[:1024] else _frames)(data)


def page_count(data: bytes) -> int:
    """How many pages the file has, of which `pictures` gives the first. Raises what the libraries raise."""
    if b"%PDF-" in data[:1024]:
        return len(pypdfium2.PdfDocument(data))
    return int(getattr(Image.open(io.BytesIO(data)), "n_frames", 1))


def _pages(data: bytes) -> Iterator[Picture]:
    document = pypdfium2.PdfDocument(data)
    for n in range(min(len(document), SCAN_PAGES)):
        page = document[n]
        scale = min(_DOTS / _POINTS, _LONG_SIDE / max(page.get_size()))
        yield np.ascontiguousarray(page.render(scale=scale, rev_byteorder=False).to_numpy()[:, :, :3])


def _frames(data: bytes) -> Iterator[Picture]:
    Image.MAX_IMAGE_PIXELS = SCAN_PIXELS
    image = Image.open(io.BytesIO(data))
    for n, frame in enumerate(ImageSequence.Iterator(image)):
        if n == SCAN_PAGES:
            return
        upright = ImageOps.exif_transpose(frame).convert("RGB")
        yield _sized(cv2.cvtColor(np.asarray(upright), cv2.COLOR_RGB2BGR))


def _sized(picture: Picture) -> Picture:
    """No larger than reading needs."""
    longest = max(picture.shape[:2])
    if longest <= _LONG_SIDE:
        return picture
    scale = _LONG_SIDE / longest
    return cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
