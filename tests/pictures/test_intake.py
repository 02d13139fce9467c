"""A picture comes in by its content, upright, without its place, once."""

import io
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import ExifTags, Image

from articles.media import intake
from articles.media.intake import AlreadyHere, Unusable
from articles.models import Picture
from tests.cast import user
from tests.pictures import files

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def kept(content):
    prepared = intake.prepare(files.sent(content))
    return prepared, Image.open(io.BytesIO(prepared.content))


class TestWhatComesIn:
    @pytest.mark.parametrize(("kind", "extension"), [("JPEG", "jpg"), ("PNG", "png"), ("WEBP", "webp"), ("GIF", "png")])
    def test_four_kinds_are_taken_by_content_whatever_the_name(self, kind, extension):
        prepared = intake.prepare(files.sent(files.encoded(kind=kind), name="evil.html"))
        assert (prepared.extension, prepared.width, prepared.height) == (extension, 800, 500)

    @pytest.mark.parametrize(
        "content",
        [
            SVG,
            b"",
            b"GIF89a",
            b"<html><script>",
            files.encoded(kind="TIFF"),
            files.encoded(kind="BMP"),
            files.encoded()[:40],
        ],
        ids=["svg", "empty", "stump", "html", "tiff", "bmp", "header alone"],
    )
    def test_what_is_no_picture_is_refused_whatever_the_name(self, content):
        with pytest.raises(Unusable):
            intake.prepare(files.sent(content, name="photo.jpg"))

    def test_a_picture_cut_off_is_refused_as_damaged(self):
        with pytest.raises(Unusable, match="damaged"):
            intake.prepare(files.sent(files.encoded()[:-2000]))

    def test_a_bomb_is_refused_before_it_is_unpacked(self):
        with pytest.raises(Unusable, match="40 megapixels"):
            intake.prepare(files.sent(files.bomb()))

    def test_41_megapixels_are_refused(self):
        with pytest.raises(Unusable, match="40 megapixels"):
            intake.prepare(files.sent(files.encoded(Image.new("L", (8200, 5000)), "PNG")))

    def test_more_than_30_megabytes_are_refused(self, monkeypatch):
        monkeypatch.setattr(intake, "BYTES_AT_MOST", 1000)
        with pytest.raises(Unusable, match="30 MB"):
            intake.prepare(files.sent(files.encoded()))

    @given(st.binary(max_size=400), st.integers(0, 300))
    @settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
    def test_whatever_is_sent_is_taken_or_refused_with_a_reason(self, noise, place):
        content = files.encoded(files.drawing(20, 20), "PNG")
        for raw in (noise, content[:place] + noise + content[place:]):
            with suppress(Unusable):  # any other error would be a failure
                assert intake.prepare(files.sent(raw)).width == 20


class TestWhatIsKept:
    def test_it_stands_upright(self):
        prepared, image = kept(files.photograph())
        assert image.size == (prepared.width, prepared.height) == (500, 800)
        assert image.getpixel((490, 10))[1] > 240  # the white quarter is at the upper right now
        assert image.getpixel((10, 10))[1] < 100

    def test_the_place_and_the_camera_are_gone_and_the_maker_stays(self):
        prepared, image = kept(files.photograph())
        exif = image.getexif()
        assert dict(exif) == {
            ExifTags.Base.Artist: "Ana Pop",
            ExifTags.Base.Copyright: exif[ExifTags.Base.Copyright],
        }
        assert dict(exif.get_ifd(ExifTags.IFD.GPSInfo)) == {}
        assert b"SecretCam" not in prepared.content
        assert prepared.rights.copyright == "© Ana Pop 2026"

    def test_byline_and_credit_of_an_agency_are_read_and_kept(self):
        prepared, _image = kept(files.with_iptc("Ana Pop", "Moldpres"))
        assert prepared.rights.credit_line == "Ana Pop / Moldpres"
        again, _image = kept(prepared.content)
        assert again.rights.credit_line == "Ana Pop / Moldpres"

    @pytest.mark.parametrize(
        "xmp", [b"<broken", b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>', b"\0" * 50, b"x" * 500_000]
    )
    def test_a_hostile_block_of_metadata_is_left_out(self, xmp):
        if len(xmp) < 60_000:
            prepared, _image = kept(files.encoded(xmp=xmp))
        else:
            prepared, _image = kept(files.encoded(kind="WEBP", xmp=xmp))
        assert prepared.rights.credit_line == ""

    def test_of_what_moves_the_first_frame_is_kept(self):
        prepared, image = kept(files.animation())
        assert prepared.was_animated
        assert (image.format, getattr(image, "n_frames", 1)) == ("PNG", 1)

    def test_what_shows_through_still_does(self):
        _prepared, image = kept(files.encoded(Image.new("RGBA", (40, 30), (255, 0, 0, 80)), "PNG"))
        assert image.getpixel((5, 5)) == (255, 0, 0, 80)

    @pytest.mark.parametrize("mode", ["L", "P", "1", "I;16", "LA", "CMYK"])
    def test_every_mode_of_colour_is_taken(self, mode):
        image = Image.new(mode, (60, 40))
        kind = "JPEG" if mode == "CMYK" else "PNG"
        assert kept(files.encoded(image, kind))[0].width == 60


@pytest.mark.django_db
class TestOnce:
    def test_a_picture_lies_under_its_own_hash(self, media_root):
        picture = intake.take_in(files.sent(files.encoded(), "Gara de Nord.jpg"), by=user("rita"))
        assert picture.title == "Gara de Nord"
        assert (media_root / f"pictures/{picture.sha256[:2]}/{picture.sha256}.jpg").exists()

    def test_the_same_file_again_points_at_the_first(self):
        first = intake.take_in(files.sent(files.encoded()), by=user("rita"))
        with pytest.raises(AlreadyHere) as caught:
            intake.take_in(files.sent(files.encoded(), "other.jpg"), by=user("elena"))
        assert caught.value.picture == first
        assert Picture.objects.count() == 1

    def test_what_is_given_goes_before_what_the_file_says(self):
        picture = intake.take_in(files.sent(files.photograph()), by=user("rita"), title="A", credit="B", licence="own")
        assert (picture.title, picture.credit, picture.licence) == ("A", "B", "own")
