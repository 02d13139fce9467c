"""Things to eat, to wear, to look up at."""

from __future__ import annotations

import math

from newsroom.demo.pictures.canvas import HEIGHT, WIDTH, Canvas, around, mix

RED, BLACK, GOLD = "#a81f2d", "#211d1c", "#c9952f"


def bowl() -> Canvas:
    """A clay bowl of borscht on an embroidered towel."""
    c = Canvas("#8a6a4c", "#a5825d", "#8f6d4d")
    for x in range(0, WIDTH, 200):
        c.box(x, 0, x + 3, HEIGHT, "#7a5b3f")
    c.polygon([(120, 640), (1480, 560), (1560, 980), (180, HEIGHT + 20)], "#f6efe2")
    for row, shift in ((0, 0), (1, 22)):
        for n in range(34):
            x, y = 190 + n * 41 + shift, 985 - n * 2.5 + row * 34
            stitch = "#b3262f" if (n + row) % 3 else "#1f1f1f"
            c.polygon([(x, y - 15), (x + 15, y), (x, y + 15), (x - 15, y)], stitch)
    c.disc(810, 600, 420, "#6b4630", 0.72)
    c.disc(800, 560, 430, "#7d4a2d", 0.72)
    c.disc(800, 548, 400, "#a8683f", 0.72)
    c.disc(800, 546, 362, "#7a1220", 0.7)
    c.disc(790, 538, 340, "#a31c2b", 0.68)
    c.disc(770, 525, 280, "#b62a36", 0.62)
    for x, y, size in ((640, 480, 30), (930, 610, 34), (720, 640, 24), (980, 480, 26), (600, 590, 20)):
        c.disc(x, y, size, "#d8862f", 0.6)
        c.disc(x - 4, y - 4, size * 0.6, "#eaa552", 0.6)
    c.disc(820, 530, 96, "#fdf6ea", 0.62)
    c.disc(805, 518, 62, "#ffffff", 0.55)
    for n in range(9):
        a = -0.9 + n * 0.22
        c.line([(850, 540), (850 + 95 * math.cos(a), 540 - 75 * math.sin(a + 0.7))], "#3f7a3a", 5)
    c.line([(1215, 840), (1405, 405)], "#8a5a34", 30)
    c.disc(1428, 356, 62, "#9c6a3f", 1.25)
    c.disc(1424, 352, 46, "#7f522e", 1.25)
    return c


def embroidery() -> Canvas:
    """Bands of geometric embroidery on linen, counted in crosses."""
    c = Canvas("#f4ecdc", "#efe5d2", "#f4ecdc")
    for n in range(0, WIDTH, 8):
        c.box(n, 0, n + 1, HEIGHT, "#e6dac3")
        c.box(0, n, WIDTH, n + 1, "#e9dec9")
    # Each band: middle row, half of its height, width of a motif, colours by distance from the middle.
    bands = (
        (10, 5, 20, {1: RED, 3: GOLD, 5: RED, 7: BLACK, 9: RED}),
        (26, 7, 16, {0: RED, 1: RED, 3: GOLD, 5: BLACK, 7: RED}),
        (42, 5, 10, {0: GOLD, 2: RED, 4: GOLD, 5: BLACK}),
    )
    for column in range(80):
        for row in (2, 3, 16, 17, 34, 35, 48, 49):
            _stitch(c, column, row, BLACK if row % 2 else RED)
        for middle, half, width, colours in bands:
            for row in range(middle - half, middle + half + 1):
                far = abs(row - middle) + abs(column % width - width // 2)
                if far in colours:
                    _stitch(c, column, row, colours[far])
    return c


def _stitch(c: Canvas, column: int, row: int, colour: str) -> None:
    x, y = column * 20, row * 20 + 14
    c.line([(x + 3, y + 3), (x + 17, y + 17)], colour, 6)
    c.line([(x + 17, y + 3), (x + 3, y + 17)], colour, 6)


def lanes() -> Canvas:
    """The lanes of a running track."""
    c = Canvas("#5d9bd0", "#a9cfe6", "#f3e9cf")
    c.glow(800, 430, 620, "#fffbe9", 0.85)
    for n in range(5):
        c.ridge(430 + n * 10, 10, mix("#7c8f9e", "#4d5f6e", n / 4), 80 + n, 5)
    c.box(0, 470, WIDTH, HEIGHT, "#4f8a4c")
    c.taper((800, 470), 100, (800, HEIGHT), 1800, "#b4472f")
    for n in range(9):
        c.taper((700 + n * 25, 470), 1, (-1000 + n * 450, HEIGHT), 13, "#f8efe3")
    for side in (-1, 1):
        c.taper((800 + side * 113, 470), 3, (800 + side * 1800, HEIGHT), 50, "#3f7440")
    for n in range(8):
        x = 800 + (-1575 + n * 450) * 0.62
        c.taper((x, 852), 40, (x, 884), 48, "#f8efe3")
        c.taper((x + 3, 790), 15, (x + 3, 852), 27, "#2c3138")
    return c


def clock() -> Canvas:
    """The face of a clock above roofs at night."""
    c = Canvas("#0f1833", "#26325c", "#5a4f7c")
    c.stars(120, 14, 620)
    c.glow(800, 450, 640, "#ffdf9d", 0.6)
    c.disc(800, 450, 330, "#1b1a2c")
    c.disc(800, 450, 308, "#fbf1d9")
    for n in range(60):
        a, hour = n / 60 * math.tau, n % 5 == 0
        mark = [around(800, 450, 262 if hour else 284, a), around(800, 450, 296, a)]
        c.line(mark, "#2a2739", 12 if hour else 4)
    hands = ((2 / 12, 175, 20, "#2a2739"), (0, 250, 13, "#2a2739"), (3 / 12, 175, 20, "#b9863a"))
    for turn, long, wide, colour in hands:
        a = (turn - 0.25) * math.tau
        c.line([around(800, 450, -40, a), around(800, 450, long, a)], colour, wide)
    c.disc(800, 450, 22, "#2a2739")
    for n in range(9):
        x, high, wall = n * 190 - 40, 800 + (n * 67) % 90, "#171a30" if n % 2 else "#1e2140"
        c.taper((x + 95, high), 0, (x + 95, high + 90), 95, wall)
        c.box(x, high + 90, x + 190, HEIGHT, wall)
        if n % 3 == 1:
            c.box(x + 70, high + 120, x + 100, high + 160, "#ffd27d", 2)
    return c


def laurels() -> Canvas:
    """A laurel wreath round a golden disc."""
    c = Canvas("#14213a", "#1d3153", "#14213a")
    c.glow(800, 530, 600, "#3f6aa0", 0.8)
    for radius, colour in ((238, "#8a6420"), (230, "#d9ae4b"), (205, "#c2933a"), (196, "#e6c164")):
        c.disc(800, 530, radius, colour)
    c.glow(730, 460, 170, "#fff3c9", 0.55)
    for side in (-1, 1):
        for n in range(17):
            a = math.pi / 2 + side * (0.16 + n * 0.155)
            for out in (-1, 1):
                colours = ("#5f9a63", "#2f6a4a") if out > 0 else ("#7fb377", "#45805a")
                _leaf(c, a, a + side * (math.pi / 2) + out * 0.55 * side, mix(*colours, (n % 3) / 2))
    c.polygon([(770, 850), (830, 850), (870, 960), (800, 920), (730, 960)], "#b13a3a")
    return c


def _leaf(c: Canvas, place: float, lean: float, colour: str) -> None:
    stem = around(800, 530, 330, place)
    middle = around(*stem, 48, lean)
    left, right = (around(*middle, 20, lean + turn) for turn in (-math.pi / 2, math.pi / 2))
    c.polygon([stem, left, around(*stem, 96, lean), right], colour)


def coins() -> Canvas:
    """Coins on steps that rise towards a sun."""
    c = Canvas("#123b46", "#1f5a60", "#2f7a74")
    c.glow(1270, 280, 560, "#ffe3a0", 0.8)
    c.disc(1270, 280, 96, "#ffd97a")
    for n in range(6):
        x, high = 90 + n * 245, 930 - n * 95
        c.box(x, high, x + 246, HEIGHT, mix("#0f2f38", "#1c4f54", n / 5))
        for level in range(n + 1):
            y = high - 22 - level * 34
            c.disc(x + 123, y + 16, 82, "#8a6420", 0.3)
            c.disc(x + 123, y, 82, "#d8a53f", 0.3)
            c.disc(x + 123, y - 2, 64, "#eec86c", 0.3)
    return c
