"""A picture set straight: turned by its own lines, and a sheet photographed askew made a rectangle again."""

from __future__ import annotations

import cv2
import numpy as np

from tally.readers.scan import ink
from tally.readers.scan.pictures import Picture

_LOOKED_AT = 1_400  # pixels of the long side: enough to tell which way lines run
_STEEP = 20.0  # degrees from level within which a line counts as level
_FRAME_SHARE = 0.08  # of the picture: a smaller frame is no table
_ASKEW = 0.004  # of the long side: corners further than that from a rectangle's are made one


def level(picture: Picture) -> Picture:
    """Turned so that the long lines on it are level."""
    scale = min(1.0, _LOOKED_AT / max(picture.shape[:2]))
    edges = ink.binary(ink.grey(cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)))
    length = max(edges.shape) // 12
    segments = cv2.HoughLinesP(edges, 1, np.pi / 1440, threshold=length // 2, minLineLength=length, maxLineGap=10)
    if segments is None:
        return picture
    x0, y0, x1, y1 = segments.reshape(-1, 4).T.astype(float)
    angles = np.degrees(np.arctan2(y1 - y0, x1 - x0))
    lengths = np.hypot(x1 - x0, y1 - y0)
    folded = (angles + 45) % 90 - 45  # lines down say the same as lines across
    near = np.abs(folded) < _STEEP
    if not near.any():
        return picture
    return turned(picture, _weighted_median(folded[near], lengths[near]))


def _weighted_median(values: np.ndarray, weights: np.ndarray) -> float:
    order = np.argsort(values)
    total = np.cumsum(weights[order])
    return float(values[order][np.searchsorted(total, total[-1] / 2)])


def turned(picture: Picture, degrees: float) -> Picture:
    """Turned counter-clockwise, on paper large enough for all of it."""
    if abs(degrees) < 0.05:
        return picture
    height, width = picture.shape[:2]
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
    cos, sin = abs(matrix[0, 0]), abs(matrix[0, 1])
    size = (int(height * sin + width * cos), int(height * cos + width * sin))
    matrix[:, 2] += (size[0] - width) / 2, (size[1] - height) / 2
    return cv2.warpAffine(picture, matrix, size, flags=cv2.INTER_CUBIC, borderValue=(255, 255, 255))


def flattened(picture: Picture) -> Picture:
    """Seen from straight above: the corners of the largest frame on it become those of a rectangle."""
    corners = _frame(picture)
    if corners is None:
        return picture
    left, top = corners[:, 0].min(), corners[:, 1].min()
    right, bottom = corners[:, 0].max(), corners[:, 1].max()
    straight = np.array([[left, top], [right, top], [right, bottom], [left, bottom]], np.float32)
    if np.abs(straight - corners).max() < _ASKEW * max(picture.shape[:2]):
        return picture
    matrix = cv2.getPerspectiveTransform(corners, straight)
    size = (picture.shape[1], picture.shape[0])
    return cv2.warpPerspective(picture, matrix, size, flags=cv2.INTER_CUBIC, borderValue=(255, 255, 255))


def _frame(picture: Picture) -> np.ndarray | None:
    """The corners of the table's frame (top left, top right, bottom right, bottom left), None where there is none."""
    strokes = ink.binary(ink.grey(picture))
    length = max(picture.shape[:2]) // 60
    drawn = cv2.dilate(ink.lines_across(strokes, length) | ink.lines_down(strokes, length), np.ones((5, 5), np.uint8))
    contours, _ = cv2.findContours(drawn, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    if not contours:
        return None
    largest = cv2.convexHull(max(contours, key=cv2.contourArea))
    if cv2.contourArea(largest) < _FRAME_SHARE * drawn.size:
        return None
    points = largest.reshape(-1, 2).astype(np.float32)
    total, apart = points.sum(axis=1), np.diff(points, axis=1)[:, 0]
    return np.array([points[total.argmin()], points[apart.argmin()], points[total.argmax()], points[apart.argmax()]])
