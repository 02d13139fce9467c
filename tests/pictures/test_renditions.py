"""Widths and formats are made from the original, once, and never wider than it is."""

import io

import pytest
from PIL import Image

from articles.media import intake, renditions
from articles.media.tasks import make_renditions
from articles.models import Picture, Rendition
from tests.cast import user
from tests.pictures import files

pytestmark = pytest.mark.django_db


def taken_in(**drawing):
    return intake.take_in(files.sent(files.encoded(files.drawing(**drawing), "PNG")), by=user("rita"))


@pytest.mark.parametrize(
    ("original", "offered"),
    [(200, (200,)), (320, (320,)), (1000, (320, 640, 960)), (4000, (320, 640, 960, 1280, 1920))],
)
def test_no_width_is_wider_than_the_original(original, offered):
    assert renditions.widths(original) == offered


def test_each_width_is_made_in_both_formats_and_no_more_the_second_time():
    picture = taken_in(width=1000, height=600)
    assert make_renditions.call(picture.pk) == 6
    assert make_renditions.call(picture.pk) == 0
    made = {(row.width, row.height, row.format) for row in Rendition.objects.all()}
    assert made == {(w, round(w * 0.6), kind) for w in (320, 640, 960) for kind in ("webp", "jpeg")}


def test_each_file_is_what_its_row_says():
    picture = taken_in(width=700, height=500)
    for row in renditions.make_all(picture):
        with row.file.open("rb") as file:
            image = Image.open(file)
            assert (image.format.lower(), image.size) == (row.format, (row.width, row.height))


def test_a_task_for_a_picture_that_is_gone_does_nothing():
    assert make_renditions.call(4711) == 0


def test_a_missing_one_is_answered_with_the_nearest():
    picture = taken_in(width=1000, height=600)
    renditions.make_all(picture)
    picture.renditions.filter(width=640).delete()
    assert renditions.best(picture, 640, "webp").width in (320, 960)
    assert picture.renditions.filter(width=640).count() == 0


def test_where_none_is_there_it_is_made_at_once():
    picture = taken_in(width=1000, height=600)
    assert renditions.best(picture, 1920, "jpeg").width == 960
    assert picture.renditions.count() == 1


def test_the_maker_goes_with_every_file():
    picture = intake.take_in(files.sent(files.photograph()), by=user("rita"))
    for row in renditions.make_all(picture):
        with row.file.open("rb") as file:
            assert Image.open(io.BytesIO(file.read())).getexif()[315] == "Ana Pop"


def test_a_transparent_picture_stands_on_white_paper_as_jpeg():
    raw = files.encoded(Image.new("RGBA", (400, 300), (0, 0, 0, 0)), "PNG")
    picture = intake.take_in(files.sent(raw), by=user("rita"))
    with renditions.best(picture, 320, "jpeg").file.open("rb") as file:
        assert Image.open(file).getpixel((5, 5)) == (255, 255, 255)
    assert Picture.objects.count() == 1
