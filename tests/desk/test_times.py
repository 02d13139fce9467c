"""Every clock at the desk names its zone, by 24 hours, the day before the month."""

import re

import pytest
from django.urls import reverse

from articles.models import Comment
from articles.workflow import checking
from tests import cast
from tests.desk.typing_in import at_desk, words
from tests.factories import make_picture

pytestmark = pytest.mark.django_db

CLOCK = re.compile(r"\b\d{1,2}:\d\d\b(?! (?:JST|EES?T|UTC))")
AMERICAN = re.compile(r"\b[ap]\.m\.|\b(?:midnight|noon)\b|\b[A-Z][a-z]+\.? \d{1,2}, (?:\d{4}|\d\d:)")


def pages() -> dict[str, str]:
    """Addresses that show times, of a story with everything that has one."""
    make_picture()
    article = cast.corrected()
    article = cast.edit(article, cast.user("elena"), body=cast.BODY + "<p>“One two three four five” it said.</p>")
    Comment.objects.create(article=article, by=cast.user("rita"), text="Check the date.")
    finding = next(row for row in article.head.findings.all() if row.severity == "error")
    checking.waive(finding, by=cast.user("elena"), reason="A proverb.")
    scheduled = cast.scheduled(headline="Later", slug="later")
    names = ("change", "history", "compare", "preview")
    return {
        "front": reverse("admin:index"),
        "list": reverse("admin:articles_article_changelist"),
        "pictures": reverse("admin:articles_picture_changelist"),
        "scheduled": scheduled.get_absolute_url(),
        "unschedule": reverse("admin:articles_article_step", args=[scheduled.pk, "unschedule"]),
        "hold": reverse("admin:articles_article_step", args=[article.pk, "hold"]) + "?version=0",
        **{name: reverse(f"admin:articles_article_{name}", args=[article.pk]) for name in names},
    }


def test_each_names_its_zone(settings):
    settings.TIME_ZONE = "Europe/Chisinau"
    elena = cast.user("elena")
    elena.time_zone = "Asia/Tokyo"
    elena.save()
    for name, address in pages().items():
        said = words(at_desk("elena").get(address))
        assert " JST" in said, name
        assert CLOCK.findall(said) == [], name
        assert AMERICAN.findall(said) == [], name


@pytest.mark.parametrize("language", ["ro", "ru", "uk"])
def test_in_every_language(language, settings):
    elena = cast.user("elena")
    elena.time_zone, elena.language = "Asia/Tokyo", language
    elena.save()
    for name, address in pages().items():
        said = words(at_desk("elena").get(address))
        assert " JST" in said, name
        assert CLOCK.findall(said) == [], name
