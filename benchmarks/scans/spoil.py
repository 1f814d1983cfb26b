"""What scanners, stamps and telephones do to a page. Each takes a picture (blue, green, red) and a source of chance."""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np

Picture = np.ndarray
Spoil = Callable[[Picture, np.random.Generator], Picture]
_PAPER = (255, 255, 255)


def clean(picture: Picture, chance: np.random.Generator) -> Picture:
    return picture


def turned(picture: Picture, chance: np.random.Generator) -> Picture:
    """Laid askew on the glass, by up to four degrees."""
    height, width = picture.shape[:2]
    angle = float(chance.uniform(1, 4) * chance.choice([-1, 1]))
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 0.96)
    return cv2.warpAffine(picture, matrix, (width, height), borderValue=_PAPER)


def upside_down(picture: Picture, chance: np.random.Generator) -> Picture:
    return cv2.rotate(turned(picture, chance), cv2.ROTATE_180)


def on_its_side(picture: Picture, chance: np.random.Generator) -> Picture:
    return cv2.rotate(picture, cv2.ROTATE_90_CLOCKWISE)


def noisy(picture: Picture, chance: np.random.Generator) -> Picture:
    """A grey, speckled copy."""
    grey = picture.astype(np.float32) * 0.85 + 15 + chance.normal(0, 14, picture.shape)
    specks = chance.random(picture.shape[:2]) < 0.0004
    grey[specks] = 40
    return np.clip(grey, 0, 255).astype(np.uint8)


def stamped(picture: Picture, chance: np.random.Generator) -> Picture:
    """A round red seal over part of the table."""
    out = picture.copy()
    height, width = picture.shape[:2]
    centre = (int(width * chance.uniform(0.35, 0.7)), int(height * chance.uniform(0.28, 0.42)))
    radius = height // 9
    seal = out.copy()
    cv2.circle(seal, centre, radius, (40, 40, 215), max(4, radius // 14))
    star = [
        (int(centre[0] + r * np.sin(n * np.pi / 5)), int(centre[1] - r * np.cos(n * np.pi / 5)))
        for n, r in enumerate([radius * 0.4, radius * 0.16] * 5)
    ]
    cv2.fillPoly(seal, [np.array(star, np.int32)], (40, 40, 215))
    mask = np.any(seal != out, axis=2)
    out[mask] = np.minimum(out[mask], (seal[mask] * 0.85 + 30).astype(np.uint8))
    return out


def folded(picture: Picture, chance: np.random.Generator) -> Picture:
    """A crease across the sheet, with its shadow."""
    height, width = picture.shape[:2]
    at = int(height * chance.uniform(0.35, 0.75))
    shade = np.ones((height, 1), np.float32)
    distance = np.abs(np.arange(height) - at)
    shade[:, 0] -= 0.35 * np.exp(-distance / (height * 0.02))
    out = picture.astype(np.float32) * shade[:, :, None]
    return np.clip(out, 0, 255).astype(np.uint8)


def compressed(picture: Picture, chance: np.random.Generator) -> Picture:
    """Sent on by a messenger: smaller, and as a poor JPEG."""
    small = cv2.resize(picture, None, fx=0.72, fy=0.72, interpolation=cv2.INTER_AREA)
    _, data = cv2.imencode(".jpg", small, [cv2.IMWRITE_JPEG_QUALITY, 38])
    return cv2.imdecode(data, cv2.IMREAD_COLOR)


def photographed(picture: Picture, chance: np.random.Generator) -> Picture:
    """From a slant, on a table, in uneven light."""
    height, width = picture.shape[:2]
    edge = int(width * 0.06)
    canvas = np.full((height + 2 * edge, width + 2 * edge, 3), (120, 140, 150), np.uint8)
    canvas[edge : edge + height, edge : edge + width] = picture
    big_height, big_width = canvas.shape[:2]
    corners = np.array([[0, 0], [big_width, 0], [big_width, big_height], [0, big_height]], np.float32)
    moved = (
        corners
        + chance.uniform(0, 0.05, corners.shape).astype(np.float32) * [[1, 1], [-1, 1], [-1, -1], [1, -1]] * width
    )
    matrix = cv2.getPerspectiveTransform(corners, moved.astype(np.float32))
    slanted = cv2.warpPerspective(
        canvas, matrix, (big_width, big_height), flags=cv2.INTER_CUBIC, borderValue=(90, 90, 90)
    )
    light = np.linspace(0.7, 1.0, big_width, dtype=np.float32)[None, :, None]
    blurred = cv2.GaussianBlur(slanted, (3, 3), 0.8)
    return np.clip(blurred * light, 0, 255).astype(np.uint8)


def all_at_once(picture: Picture, chance: np.random.Generator) -> Picture:
    return compressed(noisy(turned(stamped(picture, chance), chance), chance), chance)


def black(picture: Picture, chance: np.random.Generator) -> Picture:
    return np.full_like(picture, 12)


SPOILS: dict[str, Spoil] = {
    "clean": clean,
    "turned": turned,
    "upside down": upside_down,
    "on its side": on_its_side,
    "noisy": noisy,
    "stamped": stamped,
    "folded": folded,
    "compressed": compressed,
    "photographed": photographed,
    "all at once": all_at_once,
    "black": black,
}
