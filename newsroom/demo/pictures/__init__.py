"""The demo's pictures, drawn by program: nothing has to be downloaded and nobody's rights are touched."""

from collections.abc import Callable

from newsroom.demo.pictures import works
from newsroom.demo.pictures.canvas import Canvas
from newsroom.demo.pictures.lands import asteroid, blossom, hills, satellite, strait
from newsroom.demo.pictures.things import bowl, clock, coins, embroidery, lanes, laurels

SCENES: dict[str, Callable[[], Canvas]] = {
    "asteroid": asteroid,
    "blossom": blossom,
    "bowl": bowl,
    "bridge": works.bridge,
    "cellars": works.cellars,
    "city": works.city,
    "clock": clock,
    "coins": coins,
    "embroidery": embroidery,
    "hills": hills,
    "lanes": lanes,
    "laurels": laurels,
    "metro": works.metro,
    "port": works.port,
    "pylons": works.pylons,
    "railway": works.railway,
    "satellite": satellite,
    "strait": strait,
}


def draw(name: str) -> bytes:
    """The picture of that name as a JPEG of 1600 × 1067 pixels; the same at each call."""
    return SCENES[name]().jpeg()
