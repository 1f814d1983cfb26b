"""What of a picture is ink: dark strokes on an uneven ground, without a red stamp, without the lines of a table."""

from __future__ import annotations

import cv2
import numpy as np

from tally.readers.scan.pictures import Picture

_BLOCK = 41  # pixels around one that tell how bright its ground is
_DARKER = 14  # grey levels by which ink is darker than its ground
_SPECK = 9  # pixels of ink that hang together: less is dirt
_NOISY = 5.0  # grey levels by which pixels differ from their neighbours, on average
_BRIGHT = 160  # in the red channel: a seal's ink; black ink that a poor JPEG tinged is darker
_RED_SHARE = 0.0008  # of the page: a stamp is larger


def grey(picture: Picture) -> np.ndarray:
    """The red channel, in which a red stamp is nearly as bright as paper, without what is left of it, its ground made even."""
    red = picture[:, :, 2]
    red = np.where((red_of(picture) > 0) & (red >= _BRIGHT), np.uint8(255), red)
    smooth = cv2.medianBlur(red, 3)
    if float(cv2.absdiff(red, smooth).mean()) > _NOISY:
        red = smooth
    ground = cv2.medianBlur(cv2.dilate(red, np.ones((15, 15), np.uint8)), 31)
    even = 255 - cv2.absdiff(red, np.maximum(ground, red))
    return cv2.normalize(even, even.copy(), 0, 255, cv2.NORM_MINMAX)


def binary(level: np.ndarray) -> np.ndarray:
    """255 where there is ink."""
    smooth = cv2.GaussianBlur(level, (3, 3), 0)
    ink = cv2.adaptiveThreshold(smooth, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, _BLOCK, _DARKER)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    large = np.flatnonzero(stats[:, cv2.CC_STAT_AREA] >= _SPECK)
    keep = np.zeros(count, np.uint8)
    keep[large[large > 0]] = 255
    return keep[labels]


def has_stamp(picture: Picture) -> bool:
    """Whether there is red on the page, as much as a stamp has."""
    red = red_of(picture)
    return bool(np.count_nonzero(red) > _RED_SHARE * red.size)


def red_of(picture: Picture) -> np.ndarray:
    """255 where a pixel is red."""
    hsv = cv2.cvtColor(picture, cv2.COLOR_BGR2HSV)
    low, high = ((0, 90, 90), (12, 255, 255)), ((165, 90, 90), (180, 255, 255))  # red lies at both ends of the hues
    return cv2.bitwise_or(cv2.inRange(hsv, *map(np.array, low)), cv2.inRange(hsv, *map(np.array, high)))


def lines_across(ink: np.ndarray, length: int) -> np.ndarray:
    """Strokes at least `length` long that run across; gaps of half that are mended."""
    lines = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((1, length), np.uint8))
    return cv2.morphologyEx(lines, cv2.MORPH_CLOSE, np.ones((1, length // 2 * 2 + 1), np.uint8))


def lines_down(ink: np.ndarray, length: int) -> np.ndarray:
    lines = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((length, 1), np.uint8))
    return cv2.morphologyEx(lines, cv2.MORPH_CLOSE, np.ones((length // 2 * 2 + 1, 1), np.uint8))
