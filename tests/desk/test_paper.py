"""The paper's settings at the desk: for the chief editor alone, refused in words, logged."""

import pytest
from django.contrib.admin.models import LogEntry
from django.db import DataError, IntegrityError, transaction

from articles.media import intake
from articles.models import Paper, Picture
from articles.models.colours import contrast
from tests import cast
from tests.desk.typing_in import at_desk, drawn, page, save, words
from tests.factories import make_publication
from tests.pictures import files

pytestmark = pytest.mark.django_db
FORM = "/admin/articles/paper/1/change/"


def typed(**changes):
    """Saved by the chief, as a browser does it."""
    return save(at_desk("clara"), FORM, drawn(at_desk("clara").get(FORM), "paper_form"), **changes)


def refused(**changes) -> str:
    response = typed(**changes)
    assert response.status_code == 200
    assert not Paper.objects.exists()
    return " ".join(page(response).xpath("string(//form[@id='paper_form'])").split())


class TestDoor:
    @pytest.mark.parametrize("name", ["rita", "tudor", "elena", "adam", "sam"])
    def test_only_the_chief_opens_it(self, name):
        client = at_desk(name)
        assert client.get(FORM).status_code == 403
        assert client.get("/admin/articles/paper/").status_code == 403
        assert client.post(FORM, {"name": "Mine"}).status_code == 403
        assert not Paper.objects.exists()

    def test_its_list_is_its_form_and_nothing_is_added_or_deleted(self):
        client = at_desk("clara")
        assert client.get("/admin/articles/paper/").url == FORM
        assert client.get(FORM).status_code == 200
        assert client.get("/admin/articles/paper/2/change/").url == "/admin/"
        assert client.get("/admin/articles/paper/add/").status_code == 403
        assert client.post("/admin/articles/paper/1/delete/", {"post": "yes"}).status_code == 403

    def test_there_is_one_row(self):
        Paper.objects.create(name="The Post")
        with pytest.raises(IntegrityError), transaction.atomic():
            Paper.objects.bulk_create([Paper(id=2, name="Another")])


class TestWords:
    def test_what_was_drawn_and_sent_back_changes_nothing(self):
        typed()
        paper = Paper.objects.get()
        assert (paper.name, paper.logo, paper.accents, paper.languages, paper.time_zone) == ("", None, None, [], "")
        assert LogEntry.objects.filter(change_message="[]").count() == LogEntry.objects.count() == 1

    def test_all_that_can_be_set_is_kept(self):
        response = typed(
            name="The River Post", accent="#0b5e57", accent_dark="8FD3C7", languages=["en", "ro"], default_language="ro",
            time_zone="Europe/Bucharest", rights_en="© The River Post", contact="post@example.org",
        )  # fmt: skip
        assert response.status_code == 302, words(response)
        paper = Paper.objects.get()
        assert (paper.name, paper.accents) == ("The River Post", ("#0b5e57", "#8fd3c7"))
        assert (paper.public_languages, paper.first_language) == ({"en": "English", "ro": "Română"}, "ro")
        assert (paper.zone.key, paper.rights, paper.contact) == (
            "Europe/Bucharest",
            {"en": "© The River Post"},
            "post@example.org",
        )

    @pytest.mark.parametrize(
        ("field", "value", "said"),
        [
            ("accent", "red", "Write a colour as # and six digits"),
            ("accent", "#12345g", "Write a colour as # and six digits"),
            ("accent", "#8f1d2c; }", "Write a colour as # and six digits"),
            ("accent", "#f2a09a", "Too pale to read on a light page"),
            ("accent_dark", "#8f1d2c", "Too dark to read on a dark page"),
            ("time_zone", "Chisinau", "Write the name of a time zone"),
            ("contact", "nobody", "valid email"),
            ("default_language", "de", "Select a valid choice"),
            ("languages", ["de"], "Select a valid choice"),
            ("languages", [], "This field is required"),
            ("logo", "987654", "Select a valid choice"),
        ],
    )
    def test_what_can_not_be_is_refused(self, field, value, said):
        assert said in refused(**{field: value})

    def test_three_digits_are_a_colour_too(self):
        typed(accent="#700")
        assert Paper.objects.get().accent == "#770000"

    def test_the_first_language_is_one_that_is_on(self):
        assert "Choose one that is on" in refused(languages=["en", "ro"], default_language="uk")

    def test_a_logo_is_a_picture_of_the_register(self):
        logo = intake.take_in(
            files.sent(files.encoded()), by=cast.user("elena"), title="Logo", credit="Own", licence="own"
        )
        typed(logo=logo.pk)
        assert Paper.objects.get().logo == logo
        kept = at_desk("clara").post(f"/admin/articles/picture/{logo.pk}/delete/", {"post": "yes"})
        assert Picture.objects.filter(pk=logo.pk).exists()
        assert kept.status_code in {200, 403}

    def test_a_colour_can_not_be_written_past_the_form(self):
        Paper.objects.create()
        for colour in ("red", "#12345", "#1234567", "#ABCDEF", "# 12345"):
            with pytest.raises((IntegrityError, DataError)), transaction.atomic():
                Paper.objects.update(accent=colour)
        Paper.objects.update(accent="#0b5e57")


class TestLanguageTurnedOff:
    def test_one_with_live_stories_is_not_lost_by_a_slip(self):
        make_publication(language="uk")
        said = refused(languages=["en", "ro"])
        assert "Stories are live in Українська, and readers could not open them any more." in said

    def test_said_twice_it_is_done(self):
        make_publication(language="uk")
        typed(languages=["en", "ro"], silenced="on")
        assert set(Paper.objects.get().public_languages) == {"en", "ro"}

    def test_one_without_stories_needs_no_word(self):
        make_publication(language="uk", state="removed")
        typed(languages=["en", "ro"])
        assert set(Paper.objects.get().public_languages) == {"en", "ro"}


class TestLog:
    def test_who_changed_what_and_from_what(self):
        typed(name="The River Post")
        typed(name="The River Mail", languages=["en", "ro"])
        first, second = LogEntry.objects.order_by("pk")
        assert first.change_message == "name: as the environment says → “The River Post”"
        assert (
            second.change_message
            == "name: “The River Post” → “The River Mail”; languages: as the environment says → “en, ro”"
        )
        assert second.user == cast.user("clara")
        history = words(at_desk("clara").get("/admin/articles/paper/1/history/"))
        assert "“The River Post” → “The River Mail”" in history


class TestDesk:
    def test_it_bears_the_name_and_keeps_the_clock(self):
        Paper.objects.create(name="The River Post", time_zone="America/New_York", default_language="ro")
        client = at_desk("rita")
        assert "The River Post" in words(client.get("/admin/"))
        form = client.get("/admin/articles/article/add/")
        assert "Time in America/New_York." in words(form)
        assert page(form).xpath("//select[@name='language']/option[@selected]/@value") == ["ro"]

    def test_own_preferences_go_before_the_papers_clock(self):
        Paper.objects.create(time_zone="America/New_York")
        rita = cast.user("rita")
        rita.time_zone = "Asia/Tokyo"
        rita.save()
        assert "Time in Asia/Tokyo." in words(at_desk("rita").get("/admin/articles/article/add/"))


@pytest.mark.parametrize(
    ("one", "other", "ratio"), [("#000000", "#ffffff", 21), ("#777777", "#777777", 1), ("#767676", "#ffffff", 4.54)]
)
def test_contrast_is_that_of_the_guidelines(one, other, ratio):
    assert round(contrast(one, other), 2) == ratio
    assert contrast(one, other) == contrast(other, one)
