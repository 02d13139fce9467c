"""The demo's drawings."""

import io

from PIL import Image

from newsroom.demo import data
from newsroom.demo.pictures import SCENES, draw


def test_a_drawing_is_as_wide_as_a_photograph_and_not_empty():
    for name in SCENES:
        picture = Image.open(io.BytesIO(draw(name)))
        assert (picture.format, picture.size) == ("JPEG", (1600, 1067)), name
        colours = picture.resize((40, 27)).getcolors(40 * 27)
        assert len(colours) > 100, name


def test_a_drawing_is_the_same_each_time():
    assert draw("blossom") == draw("blossom")


def test_every_drawing_is_shown_by_a_story():
    shown = {data.story(name).get("picture") for name in data.story_names()} - {None}
    assert shown == set(SCENES)
