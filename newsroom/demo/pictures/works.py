"""What people build: railways, bridges, ports, cities, galleries, tunnels."""

from __future__ import annotations

import itertools
import math

from newsroom.demo.pictures.canvas import HEIGHT, WIDTH, Canvas, Point, around, chance, mix


def railway() -> Canvas:
    """A track runs towards mountains at dawn, with a train on it."""
    c = Canvas("#39507a", "#8d86a8", "#f0b38f", "#fbd9a6")
    c.glow(800, 560, 520, "#fff0c9", 0.95)
    for n, (base, high) in enumerate(((500, 95), (560, 70), (610, 36))):
        c.ridge(base, high, mix("#8a86a6", "#3d4a5f", n / 2), 31 + n, 2.2)
    c.box(0, 640, WIDTH, HEIGHT, "#54613f")
    c.ridge(660, 8, "#5f6d45", 40, 3)
    c.taper((800, 645), 30, (800, HEIGHT), 500, "#7b6c5d")
    for n in range(24):
        t = (n / 23) ** 2.1
        y, wide = 650 + (HEIGHT - 640) * t, 26 + 400 * t
        c.box(800 - wide, y, 800 + wide, y + 3 + 19 * t, "#4b3d33")
    for side in (-1, 1):
        c.taper((800 + side * 15.5, 645), 1.5, (800 + side * 302, HEIGHT), 16, "#cfd4d6")
    c.box(737, 540, 863, 676, "#1f3550", 18)
    c.box(752, 556, 848, 606, "#f6dca2", 8)
    c.box(737, 622, 863, 640, "#d9a13a")
    for x in (760, 840):
        c.glow(x, 656, 60, "#fff6d6")
        c.disc(x, 656, 9, "#fffbe8")
    for x in (300, 470, 1130, 1300):
        c.line([(x, 700), (x, 380)], "#2d3443", 7)
        c.line([(x, 400), (x + (70 if x < 800 else -70), 400)], "#2d3443", 5)
    return c


def pylons() -> Canvas:
    """Power lines across a plain in the evening."""
    c = Canvas("#1f2a4d", "#5a4a78", "#d77a62", "#f6b871")
    c.glow(380, 700, 560, "#ffdf9a", 0.9)
    c.disc(380, 690, 54, "#ffeab5")
    c.ridge(770, 18, "#463a57", 51, 1.3)
    c.ridge(840, 22, "#2b2740", 52, 1.1)
    row = ((1430, 1010, 1.0), (1010, 900, 0.66), (740, 845, 0.44), (570, 815, 0.3), (460, 800, 0.2))
    ends = [_pylon(c, *place) for place in row]
    ends.insert(0, [(x + 700, y - 330) for x, y in ends[0]])
    for near, far in itertools.pairwise(ends):
        for (x, y), (x2, y2) in zip(near, far, strict=True):
            sag = abs(x - x2) * 0.11
            wire = [(x + (x2 - x) * t / 24, y + (y2 - y) * t / 24 + sag * (1 - (t / 12 - 1) ** 2)) for t in range(25)]
            c.line(wire, "#171528", 1.6)
    return c


def _pylon(c: Canvas, x: float, foot: float, size: float) -> list[Point]:
    """One pylon; returns where its wires hang."""
    high, w, colour = 800 * size, 85 * size, "#171528"
    for side in (-1, 1):
        c.line([(x + side * w, foot), (x + side * w * 0.18, foot - high)], colour, 7 * size)
        for n in range(6):
            low, up = n / 6, (n + 1) / 6
            start = (x - side * w * (1 - low * 0.82), foot - high * low)
            c.line([start, (x + side * w * (1 - up * 0.82), foot - high * up)], colour, 3.5 * size)
    hooks = []
    for up, reach in ((0.94, 1.5), (0.8, 2.1), (0.66, 1.7)):
        y = foot - high * up
        c.polygon([(x - w * reach, y), (x, y - 26 * size), (x + w * reach, y), (x, y + 6 * size)], colour)
        for side in (-1, 1):
            hook = (x + side * w * reach, y + 30 * size)
            c.line([(hook[0], y), hook], colour, 4 * size)
            hooks.append(hook)
    return hooks


def bridge() -> Canvas:
    """An iron lattice bridge over a calm river."""
    c = Canvas("#8fb7c9", "#cfdcd2", "#f6dfb4")
    c.glow(300, 430, 520, "#fff5d3", 0.9)
    c.ridge(560, 26, "#8fae8c", 61, 1.2)
    c.ridge(610, 20, "#648a66", 62, 2)
    c.water(650, ("#b7cdb9", "#3d6770"), "#fff4d2", 6, 320)
    for x in (420, 800, 1180):
        c.taper((x, 540), 32, (x, 730), 46, "#7c6f62")
        c.box(x - 40, 530, x + 40, 546, "#92857a")
    for x in range(-80, WIDTH + 20, 20):
        c.line([(x, 530), (x + 70, 390)], "#3a4a55", 5)
        c.line([(x, 390), (x + 70, 530)], "#3a4a55", 5)
    for y in (390, 530):
        c.box(0, y - 8, WIDTH, y + 9, "#2d3b45")
    for x, y, size in ((90, 640, 96), (1490, 640, 110), (1380, 660, 74)):
        c.box(x - 8, y, x + 8, y + 90, "#4c4436")
        for n in range(15):
            top = around(x, y, size * 0.8, math.pi * (1 + n / 14))
            low = (x + (top[0] - x) * 1.44, y + 40)
            c.line([(x, y), top, low], mix("#3f6b45", "#6f9a58", n / 14), 15)
    return c


def port() -> Canvas:
    """Cranes and a ship on a wide river, in the morning."""
    c = Canvas("#6f9fc0", "#c7d9d8", "#fbe3b8", "#fbd79d")
    c.glow(250, 560, 560, "#fff3cd", 0.95)
    c.disc(250, 560, 52, "#fffaea")
    c.ridge(620, 14, "#7f9c93", 71, 1.5)
    c.water(660, ("#e8cf9f", "#2f5a70"), "#fff3d0", 7, 250)
    c.box(620, 640, WIDTH, 730, "#5a5b58")
    for x, tip in ((780, (450, 210)), (1060, (730, 150)), (1340, (1010, 210))):
        for leg in (-60, 60):
            c.line([(x + leg, 645), (x + leg * 0.6, 390)], "#b3502f", 14)
        c.box(x - 62, 480, x + 62, 494, "#b3502f")
        c.box(x - 46, 360, x + 46, 420, "#8f3d25", 6)
        c.line([(x + 20, 380), tip], "#b3502f", 13)
        c.line([(x + 10, 380), (x, 300), tip], "#8f3d25", 5)
        c.line([tip, (tip[0], 520)], "#3b3b3b", 3)
    c.polygon([(300, 700), (1010, 700), (960, 800), (380, 800)], "#22384a")
    c.polygon([(300, 700), (1010, 700), (1000, 722), (315, 722)], "#c9d3d4")
    c.box(840, 600, 960, 700, "#f0eee6", 5)
    for n in range(4):
        c.box(852 + n * 26, 618, 870 + n * 26, 634, "#33566e")
    for n in range(8):
        for level in range(1 + n % 2):
            colour = ("#c4602f", "#2f7a78", "#d9a13a", "#7a3b4b")[(n + level) % 4]
            c.box(360 + n * 57, 660 - level * 40, 412 + n * 57, 698 - level * 40, colour, 2)
    return c


def city() -> Canvas:
    """A skyline in the evening."""
    c = Canvas("#18203f", "#434273", "#b5648a", "#f1a06f")
    c.glow(900, 760, 760, "#ffd08d", 0.7)
    c.stars(90, 8, 330)
    dice = chance(21)
    for layer, colour in enumerate(("#6d4b7b", "#463a66", "#221f42")):
        lit, ground, x = mix("#ffd98a", colour, 0.55 - layer * 0.25), 840 + 90 * layer, -20.0
        while x < WIDTH:
            wide, top = dice.uniform(70, 150), ground - dice.uniform(140, 330) - 40 * (2 - layer)
            c.box(x, top, x + wide + 4, HEIGHT, colour)
            for wy in range(int(top) + 18, ground + 80, 30):
                for wx in range(int(x) + 12, int(x + wide) - 16, 24):
                    if dice.random() < 0.34:
                        c.box(wx, wy, wx + 10, wy + 14, lit)
            x += wide + dice.choice([0, 0, 12])
    c.line([(1210, 940), (1210, 250)], "#15132e", 9)
    for y, wide in ((330, 34), (400, 48), (480, 62)):
        c.line([(1210 - wide, y), (1210 + wide, y)], "#15132e", 5)
    c.glow(1210, 250, 70, "#ff6b5a")
    for radius in (90, 150, 210):
        c.arc(1210, 250, radius, (215, 325), "#f3c9a6", 3.5)
    return c


def cellars() -> Canvas:
    """A vaulted gallery with barrels, and a light at its end."""
    c = Canvas("#2a1c16", "#38261b", "#241810")
    for n in range(14):
        t = (1 - n / 13) ** 1.7
        wide, top, low = 90 + 760 * t, 520 - 560 * t, 600 + 480 * t
        colour = mix("#f0c987", "#3d2a1e", min(1, t * 1.5 + 0.12) if n < 13 else 0)
        c.box(800 - wide, top + wide * 0.5, 800 + wide, low, colour)
        c.disc(800, top + wide * 0.62, wide, colour, 0.75)
        c.taper((800, low - 20 * t), wide * 0.86, (800, low), wide, mix(colour, "#1a110b", 0.35))
    c.glow(800, 545, 320, "#ffe9b8", 0.9)
    for n in range(7):
        t = (n + 1) / 7
        for side in (-1, 1):
            _barrel(c, 800 + side * (105 + 560 * t**1.7), 598 + 330 * t**1.8, 26 + 120 * t**1.8, t)
    return c


def _barrel(c: Canvas, x: float, y: float, size: float, near: float) -> None:
    c.disc(x, y, size, "#3b2113")
    c.disc(x, y, size * 0.93, mix("#c98a4c", "#7c4a26", near))
    for plank in (-0.5, -0.17, 0.17, 0.5):
        half = size * 0.9 * math.sqrt(1 - plank**2)
        c.line([(x + plank * size, y - half), (x + plank * size, y + half)], "#57321a", 1 + 2 * near)
    c.ring(x, y, size * 0.94, 2 + 6 * near, "#2a2320")
    c.disc(x, y + size * 0.5, size * 0.09, "#2a1a10")


def metro() -> Canvas:
    """The long tunnel of an escalator."""
    c = Canvas("#b9b2a4", "#cfc8b9", "#a79f90")
    for n in range(30):
        t = (1 - n / 29) ** 1.9
        wall = mix("#fff0cf", "#8f887b" if n % 2 else "#a39c8e", min(1, 0.2 + t * 1.1))
        c.disc(800, 470 + 90 * t, 60 + 1000 * t, wall)
    c.glow(800, 470, 250, "#fff4d8", 0.9)
    for lane in (-1.0, 0.0, 1.0):
        near, far = 800 + lane * 520, 800 + lane * 38
        c.taper((far, 520), 15, (near, HEIGHT), 190, "#3c4046")
        for n in range(34):
            t = (n / 33) ** 2.2
            y, x, half = 520 + (HEIGHT - 520) * t, far + (near - far) * t, 13 + 165 * t
            c.box(x - half, y, x + half, y + 2 + 11 * t, "#6d737b" if n % 2 else "#555a62")
    for place in (-0.5, 0.5, -1.5, 1.5):
        near, far = 800 + place * 520, 800 + place * 38
        c.taper((far, 505), 4, (near, HEIGHT), 62, "#6b4a35")
        c.taper((far, 503), 1, (near, HEIGHT), 16, "#17181b")
        for n in range(5 if abs(place) < 1 else 0):
            t = ((n + 1) / 5.4) ** 2
            x, y, size = far + (near - far) * t, 505 + (HEIGHT - 505) * t, 6 + 46 * t
            c.box(x - 2 - 3 * t, y - size * 3, x + 2 + 3 * t, y, "#7d6a4f")
            c.glow(x, y - size * 3, size * 3, "#fff3cc", 0.8)
            c.disc(x, y - size * 3, size * 0.8, "#fffdf2")
    return c
