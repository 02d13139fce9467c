"""Readers get a picture only while a page that they can see shows it."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from articles.enums import PictureUse
from articles.media import intake, renditions
from articles.models import ArticlePicture
from articles.workflow import withdrawing
from tests import cast
from tests.cast import user
from tests.pictures import files

pytestmark = pytest.mark.django_db


@pytest.fixture
def picture():
    raw = files.encoded(files.drawing(width=1000, height=600))
    return intake.take_in(files.sent(raw), by=user("rita"), credit="Ana Pop", licence="own")


def address(picture, width=640, kind="webp", sha256=None):
    return reverse("picture", kwargs={"sha256": sha256 or picture.sha256, "width": width, "format": kind})


def with_picture(picture, state=cast.draft, **fields):
    """A story in that state which shows the picture as its lead."""
    article = cast.draft(**fields)

    def write():
        article.save()
        ArticlePicture.objects.create(article=article, number=1, picture=picture, use=PictureUse.LEAD, alt="A drawing")

    article = cast.filing.save(article, by=user("rita"), version=article.version, write=write)
    return state(article)


def submit(article):
    return cast.filing.submit(article, by=user("rita"), version=article.version)


def approve(article):
    article = cast.filing.claim(submit(article), by=user("elena"), version=article.version + 1)
    return cast.filing.approve(article, by=user("elena"), version=article.version)


def publish(article):
    article = approve(article)
    return cast.publishing.publish(article, by=user("elena"), version=article.version)


def schedule(article):
    article = approve(article)
    at = timezone.now() + timedelta(hours=2)
    return cast.publishing.schedule(article, by=user("elena"), version=article.version, visible_from=at)


def hold(article):
    article = publish(article)
    return withdrawing.hold(article, by=user("elena"), version=article.version, note="A doubt.")


def retract(article):
    article = publish(article)
    return withdrawing.retract(article, by=user("clara"), version=article.version, note="Not genuine.")


def remove(article):
    article = publish(article)
    return withdrawing.remove(article, by=user("clara"), version=article.version, note="Court order.")


@pytest.mark.parametrize("state", [lambda a: a, submit, approve, schedule, hold, retract, remove])
def test_what_no_live_page_shows_answers_as_if_it_did_not_exist(client, picture, state):
    renditions.make_all(picture)
    with_picture(picture, state)
    hidden = client.get(address(picture))
    nonsense = client.get(address(picture, sha256="f" * 64))
    assert (hidden.status_code, hidden.content) == (404, nonsense.content)
    assert dict(hidden.headers) == dict(nonsense.headers)


def test_a_live_page_s_picture_is_served_with_care(client, picture):
    with_picture(picture, publish)
    renditions.make_all(picture)
    response = client.get(address(picture))
    assert response.status_code == 200
    assert b"".join(response)[8:12] == b"WEBP"
    assert response.headers["Content-Type"] == "image/webp"
    assert response.headers["Cache-Control"] == "public, max-age=60"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "Set-Cookie" not in response.headers
    assert "Cookie" not in response.headers.get("Vary", "")


def test_who_has_it_already_is_told_so(client, picture):
    with_picture(picture, publish)
    etag = client.get(address(picture)).headers["ETag"]
    response = client.get(address(picture), headers={"if-none-match": etag})
    assert (response.status_code, response.content, response.headers["ETag"]) == (304, b"", etag)


def test_head_tells_the_size_without_the_picture(client, picture):
    with_picture(picture, publish)
    body = b"".join(client.get(address(picture)))
    response = client.head(address(picture))
    assert (response.headers["Content-Length"], response.content) == (str(len(body)), b"")


def test_a_scheduled_picture_appears_with_its_page(client, picture):
    with_picture(picture, schedule)
    with time_machine.travel(timezone.now() + timedelta(hours=3)):
        assert client.get(address(picture)).status_code == 200


@pytest.mark.parametrize(
    ("width", "kind"),
    [(641, "webp"), (0, "webp"), (99999, "webp"), (640, "avif"), (640, "svg"), (640, "png")],
)
def test_only_the_widths_and_formats_of_the_site_exist(client, picture, width, kind):
    with_picture(picture, publish)
    assert client.get(f"/pictures/{picture.sha256}/{width}.{kind}").status_code == 404


@pytest.mark.parametrize("path", ["../../etc/passwd", "..%2F..%2Fnewsroom.sqlite3", "%00", "A" * 64])
def test_no_path_leads_out_of_the_pictures(client, path):
    assert client.get(f"/pictures/{path}/640.webp").status_code == 404


def test_nothing_can_be_sent_to_it(client, picture):
    with_picture(picture, publish)
    assert client.post(address(picture)).status_code == 405


def test_it_costs_the_same_few_queries_each_time(client, picture, django_assert_max_num_queries):
    with_picture(picture, publish)
    renditions.make_all(picture)
    with django_assert_max_num_queries(4):
        client.get(address(picture))


@pytest.mark.parametrize("method", ["get", "head"])
def test_a_file_that_is_gone_from_the_disk_is_logged_and_not_found(client, picture, caplog, method):
    with_picture(picture, publish)
    client.get(address(picture))
    for row in picture.renditions.all():
        row.file.storage.delete(row.file.name)
    assert getattr(client, method)(address(picture)).status_code == 404
    picture.renditions.all().delete()
    picture.file.storage.delete(picture.file.name)
    assert getattr(client, method)(address(picture)).status_code == 404
    assert f"The file of picture {picture.pk} is missing" in caplog.text


def test_a_feed_reader_on_another_site_can_show_what_a_feed_names(client, picture):
    with_picture(picture, publish)
    shown = client.get("/en/feed.json").json()["items"][0]["image"].removeprefix("http://testserver")
    response = client.get(shown)
    assert (response.status_code, response["Content-Type"]) == (200, "image/jpeg")
    assert response["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert (
        client.get(shown, headers={"if-none-match": response["ETag"]})["Cross-Origin-Resource-Policy"] == "cross-origin"
    )
