"""What the drawings are made with: a canvas of 1600 × 1067 units, gradients, glows, ridges, smooth edges."""

from __future__ import annotations

import io
import math
import random
from collections.abc import Sequence

from PIL import Image, ImageDraw

WIDTH, HEIGHT = 1600, 1067
FINER = 2  # drawn at this scale and reduced, for smooth edges

Point = tuple[float, float]


def rgb(colour: str) -> tuple[int, int, int]:
    """``"#d97b4a"`` as three numbers."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def mix(one: str, other: str, share: float) -> str:
    """The colour *share* of the way from *one* to *other*."""
    parts = (round(a + (b - a) * share) for a, b in zip(rgb(one), rgb(other), strict=True))
    return "#" + "".join(f"{part:02x}" for part in parts)


def chance(seed: int) -> random.Random:
    """The same numbers each time, so that a picture has the same hash each time."""
    return random.Random(seed)  # noqa: S311  # hills and windows need no secrecy


def around(x: float, y: float, radius: float, angle: float) -> Point:
    """The point at *angle* (radians, clockwise from the right) on a circle."""
    return x + radius * math.cos(angle), y + radius * math.sin(angle)


class Canvas:
    """A picture in the making. Colours are ``#rrggbb``; (0, 0) is the upper left corner."""

    def __init__(self, *sky: str) -> None:
        """*sky*: the colours from top to bottom."""
        strip = Image.new("RGB", (1, len(sky)))
        strip.putdata([rgb(colour) for colour in sky])
        column = strip.resize((1, HEIGHT * FINER), Image.Resampling.BICUBIC)
        self.image = column.resize((WIDTH * FINER, HEIGHT * FINER), Image.Resampling.NEAREST)
        self.draw = ImageDraw.Draw(self.image)

    def polygon(self, points: Sequence[Point], fill: str) -> None:
        self.draw.polygon([(x * FINER, y * FINER) for x, y in points], fill=fill)

    def taper(self, start: Point, half: float, end: Point, end_half: float, fill: str) -> None:
        """A strip between two points that is *half* to each side of the first, *end_half* of the second."""
        (x, y), (x2, y2) = start, end
        self.polygon([(x - half, y), (x + half, y), (x2 + end_half, y2), (x2 - end_half, y2)], fill)

    def box(self, left: float, top: float, right: float, bottom: float, fill: str, radius: float = 0) -> None:
        corners = (left * FINER, top * FINER, right * FINER, bottom * FINER)
        self.draw.rounded_rectangle(corners, radius * FINER, fill=fill)

    def disc(self, x: float, y: float, radius: float, fill: str, flat: float = 1) -> None:
        """A circle, or an ellipse *flat* times as high as it is wide."""
        self.draw.ellipse(self._corners(x, y, radius, radius * flat), fill=fill)

    def ring(self, x: float, y: float, radius: float, width: float, colour: str) -> None:
        self.draw.ellipse(self._corners(x, y, radius, radius), outline=colour, width=round(width * FINER))

    def arc(self, x: float, y: float, radius: float, angles: Point, colour: str, width: float) -> None:
        """Part of a circle between two angles in degrees."""
        corners = self._corners(x, y, radius, radius)
        self.draw.arc(corners, *angles, fill=colour, width=round(width * FINER))

    def line(self, points: Sequence[Point], colour: str, width: float) -> None:
        scaled = [(x * FINER, y * FINER) for x, y in points]
        self.draw.line(scaled, fill=colour, width=max(1, round(width * FINER)), joint="curve")

    def glow(self, x: float, y: float, radius: float, colour: str, strength: float = 1) -> None:
        """Light that fades from its middle."""
        side = round(radius * 2 * FINER)
        fade = [round(255 * strength * max(0, 1 - far / 180) ** 1.5) for far in range(256)]  # 181: the edge
        mask = Image.radial_gradient("L").point(fade).resize((side, side), Image.Resampling.BILINEAR)
        self.image.paste(rgb(colour), (round((x - radius) * FINER), round((y - radius) * FINER)), mask)

    def ridge(self, base: float, height: float, fill: str, seed: int, waves: float = 2) -> None:
        """Hills across the whole picture, from their line down to the lower edge."""
        dice = chance(seed)
        parts = [
            (height / n, waves * n * dice.uniform(0.7, 1.3) / WIDTH * math.tau, dice.uniform(0, 6.3))
            for n in range(1, 5)
        ]
        line = [
            (x, base - sum(high * math.sin(x * often + shift) for high, often, shift in parts))
            for x in range(-8, WIDTH + 16, 8)
        ]
        self.polygon([*line, (WIDTH + 8, HEIGHT), (-8, HEIGHT)], fill)

    def stars(self, count: int, seed: int, below: float = HEIGHT, colour: str = "#f4ead2") -> None:
        dice = chance(seed)
        for _ in range(count):
            size = dice.choice([1, 1, 1.6, 2.4])
            self.disc(dice.uniform(0, WIDTH), dice.uniform(0, below), size, colour)

    def water(self, top: float, colours: tuple[str, str], shine: str, seed: int, x: float) -> None:
        """A surface from *top* down, with glints below a light at *x*."""
        for step in range(40):
            y = top + (HEIGHT - top) * step / 40
            self.box(0, y, WIDTH, HEIGHT, mix(*colours, step / 39))
        dice = chance(seed)
        for _ in range(90):
            deep = dice.random() ** 1.4
            y = top + 6 + (HEIGHT - top) * deep
            middle, long = x + dice.gauss(0, 60 + 260 * deep), 12 + 90 * deep * dice.random()
            colour = mix(shine, colours[1], deep * 0.75)
            self.box(middle - long, y, middle + long, y + 1.5 + 4 * deep, colour, 2)

    def jpeg(self) -> bytes:
        out = io.BytesIO()
        self.image.reduce(FINER).save(out, "JPEG", quality=88, optimize=True)
        return out.getvalue()

    def _corners(self, x: float, y: float, wide: float, high: float) -> tuple[float, float, float, float]:
        return ((x - wide) * FINER, (y - high) * FINER, (x + wide) * FINER, (y + high) * FINER)
