"""Land, water and sky."""

from __future__ import annotations

import math

from newsroom.demo.pictures.canvas import HEIGHT, WIDTH, Canvas, around, chance, mix

FAR, DARK = "#4a3357", "#221d3b"


def strait() -> Canvas:
    """A suspension bridge over a strait at dusk, with a city of domes behind it."""
    c = Canvas("#27315e", "#7d4f78", "#e58a6a", "#f7c98f")
    c.glow(1120, 560, 620, "#ffe2ae", 0.9)
    c.disc(1120, 560, 62, "#fff1cf")
    c.ridge(610, 26, "#a0607a", 3)
    c.ridge(640, 18, "#6d4468", 8, 3)
    for place, size in ((170, 54), (330, 78), (520, 46)):
        _domes(c, place, size)
    c.water(690, ("#d98a76", "#2a3157"), "#ffe0b0", 4, 1120)
    for left in (-430.0, 430.0, 1290.0):
        curve = [(left + 860 * t / 60, 330 + 235 * (1 - (t / 30 - 1) ** 2)) for t in range(61)]
        c.line(curve, DARK, 7)
        for x, y in curve[2:-2:2]:
            c.line([(x, y), (x, 600)], DARK, 1.6)
    c.box(0, 600, WIDTH, 615, DARK)
    for x in (430, 1290):
        for side in (-1, 1):
            c.taper((x + side * 9, 318), 6, (x + side * 17, 760), 9, DARK)
        for y in (340, 460, 575):
            c.box(x - 18, y, x + 18, y + 12, DARK)
    return c


def _domes(c: Canvas, x: float, size: float) -> None:
    c.disc(x, 628, size, FAR, 0.9)
    c.box(x - size * 1.3, 628, x + size * 1.3, 700, FAR)
    c.line([(x, 628 - size * 0.9), (x, 600 - size * 0.9)], FAR, 4)
    for side in (-1.7, 1.7):
        at, tip = x + size * side, 628 - size * 2.3
        c.box(at - 5, tip, at + 5, 700, FAR)
        c.taper((at, tip - 34), 0, (at, tip), 7, FAR)


def hills() -> Canvas:
    """Green hills, a winding road."""
    c = Canvas("#7fb4d6", "#bfdcdf", "#fbe7bd", "#fbe7bd")
    c.glow(520, 430, 560, "#fff6d8", 0.95)
    c.disc(520, 430, 56, "#fff8e2")
    for n, (base, high) in enumerate(((520, 40), (590, 50), (670, 46), (770, 40))):
        c.ridge(base, high, mix("#a9c79a", "#47804f", n / 3), 20 + n, 1.4)
    for n in range(26):
        furrow = [(x, 800 + n * 11 + 18 * math.sin(x / 210 + 1)) for x in range(0, WIDTH + 20, 20)]
        c.line(furrow, "#76a45a" if n % 2 else "#47804f", 5)
    left, right = [], []
    for n in range(61):
        t = n / 60
        y, wide = HEIGHT - (HEIGHT - 655) * t**0.7, 125 * (1 - t) ** 1.6 + 3
        x = 820 + 210 * math.sin(t * 7.4) * (1 - t * 0.62) + 130 * t
        left.append((x - wide, y))
        right.append((x + wide, y))
    c.polygon(left + right[::-1], "#f1e2bf")
    for x, y, size in ((220, 742, 26), (262, 748, 20), (1310, 722, 22), (1350, 728, 30), (1402, 730, 20)):
        c.box(x - 3, y, x + 3, y + size * 1.5, "#4d4332")
        c.disc(x, y - size * 0.2, size, "#2f5f41", 1.25)
    return c


def blossom() -> Canvas:
    """Branches in blossom, and a cord of white and red with its tassels."""
    c = Canvas("#5f9cbf", "#9fcad6", "#e2bfa4")
    c.glow(1200, 300, 620, "#fff7e3", 0.6)
    dice = chance(11)

    def flower(x: float, y: float) -> None:
        size = dice.uniform(9, 15)
        for petal in range(5):
            at = around(x, y, size, petal * math.tau / 5 + dice.random())
            c.disc(*at, size * 0.72, dice.choice(["#ffffff", "#fbe4ea", "#f6cfda"]))
        c.disc(x, y, size * 0.42, "#e0a24a")

    def branch(x: float, y: float, angle: float, length: float, wide: float) -> None:
        end = around(x, y, length, angle)
        c.line([(x, y), end], "#5b4038", wide)
        if wide > 4:
            for turn in (-0.45, 0.12, 0.5):
                branch(*end, angle + turn + dice.uniform(-0.2, 0.2), length * 0.72, wide * 0.6)
        else:
            for _ in range(4):
                flower(end[0] + dice.gauss(0, 26), end[1] + dice.gauss(0, 26))

    branch(-20, 900, -0.5, 330, 34)
    branch(-20, 300, 0.1, 300, 26)
    for twist, side, colour in ((0, -1, "#b8232f"), (math.pi, 1, "#fdfaf3")):
        strand = [(1210 + 40 * math.sin(t / 9) + 15 * math.sin(t / 3 + twist), 250 + t * 4.2) for t in range(100)]
        c.line(strand, colour, 13)
        x = 1165 + side * 45
        c.taper((x, 670), 22, (x, 780), 38, colour)
        for n in range(7):
            c.line([(x - 30 + n * 10, 780), (x - 32 + n * 10.6, 830)], colour, 6)
    return c


def asteroid() -> Canvas:
    """A rock passes the lit edge of the Earth."""
    c = Canvas("#05070f", "#0a1020", "#101a33")
    c.stars(320, 5)
    c.glow(1500, 1300, 1080, "#4a8fd6", 0.9)
    c.disc(1500, 1420, 830, "#173d6d")
    c.disc(1530, 1450, 815, "#0b1f3d")
    c.line([around(1500, 1420, 830, a / 100) for a in range(330, 470)], "#9fd4ff", 5)
    dice = chance(9)
    outline = []
    for n in range(24):
        x, y = around(0, 0, 1, n / 24 * math.tau)
        outline.append((x * (238 + dice.uniform(-32, 32)), y * (165 + dice.uniform(-22, 22))))
    for size, shift, colour in ((1, 0, "#6c625a"), (0.86, -25, "#8d8175"), (0.6, -50, "#a79a8b")):
        c.polygon([(560 + x * size + shift, 420 + y * size + shift) for x, y in outline], colour)
    for x, y, size in ((500, 350, 42), (640, 430, 30), (560, 500, 24), (440, 440, 20), (680, 340, 18)):
        c.disc(x, y, size, "#5d544d", 0.8)
        c.disc(x + 4, y + 5, size * 0.8, "#7d7268", 0.8)
    c.line([(-40, 640), (320, 505)], "#4b5570", 2)
    return c


def satellite() -> Canvas:
    """A small cube with solar panels above the curve of the Earth."""
    c = Canvas("#04060d", "#081127", "#12305c")
    c.stars(260, 3, 700)
    c.glow(800, 1750, 1330, "#7cc4ff", 1)
    c.disc(800, 2150, 1380, "#1f5e95")
    c.disc(800, 2175, 1380, "#123d69")
    for n in range(9):
        c.disc(260 + n * 140, 905 + (n * 53) % 90, 90 + (n * 37) % 60, "#2f6f9f", 0.09)
    for x, y in ((-320, -60), (320, -80), (-300, 420), (300, 410)):
        c.line([(870, 390), (870 + x, 390 + y - 90)], "#d9dee3", 4)
    # Seen from above: the lid, then the left and the right face, each with its grid of cells.
    c.polygon([(720, 300), (870, 240), (1020, 300), (870, 360)], "#c8d1d9")
    for side, colour, grid in ((-1, "#233f6e", "#6f93c4"), (1, "#16294b", "#55759f")):
        edge = 870 + side * 150
        c.polygon([(edge, 300), (870, 360), (870, 532), (edge, 472)], colour)
        for n in (1, 2):
            x, down = edge - side * 50 * n, 57.5 * n
            c.line([(x, 300 + 20 * n), (x, 472 + 20 * n)], grid, 3)
            c.line([(edge, 300 + down), (870, 360 + down)], grid, 3)
    c.disc(870, 300, 34, "#e2b34a", 0.42)
    return c
