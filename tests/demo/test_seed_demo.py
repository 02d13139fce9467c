"""``seed_demo`` fills the newsroom through the workflow, once."""

from collections import Counter
from contextlib import contextmanager
from io import BytesIO, StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import Client, override_settings
from PIL import Image

from articles.enums import Change, DeskState, PageKind, PublicState
from articles.models import Article, Finding, Picture, Publication, Revision, Transition
from articles.permissions import may_file, roles_of, sees_desk
from newsroom.demo import cast, data, pictures, playing
from newsroom.demo.pictures import SCENES
from newsroom.models import User
from translations import verifying
from translations.models import Job, LedgerEntry, LoggedWork, Statement

ISTANBUL = {"ro": "moscova-washington-dialog-capitale", "en": "russia-us-talks-move-to-capitals"}


def seed(**environment):
    """Runs the command; returns what it prints."""
    out = StringIO()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pictures, "draw", thumbnail)
        patch.delenv("NEWSROOM_DEMO_PASSWORD", raising=False)
        for name, value in environment.items():
            patch.setenv(name, value)
        call_command("seed_demo", stdout=out)
    return out.getvalue()


def thumbnail(name: str) -> bytes:
    """Stands for a drawing where none is looked at: drawing them all takes seconds."""
    out = BytesIO()
    Image.new("RGB", (66, 44), (list(SCENES).index(name) * 10, 90, 120)).save(out, "JPEG")
    return out.getvalue()


@contextmanager
def undone():
    """Takes back what is done inside."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def newsroom(django_db_setup, django_db_blocker, tmp_path_factory):
    """The demo newsroom, filled once for a file; the folder of its pictures."""
    folder = tmp_path_factory.mktemp("media")
    with django_db_blocker.unblock(), override_settings(NEWSROOM_DEBUG=True, MEDIA_ROOT=folder), undone():
        seed(NEWSROOM_DEMO_PASSWORD="wide river stone")
        yield folder


def page(language: str) -> str:
    publication = Publication.objects.live().get(language=language, slug=ISTANBUL[language])
    return Client().get(publication.get_absolute_url()).content.decode()


@pytest.mark.usefixtures("newsroom")
class TestFilled:
    def test_every_state_of_the_desk_and_of_the_page_is_there(self):
        assert set(Article.objects.values_list("state", flat=True)) == set(DeskState.values)
        assert set(Publication.objects.valid().values_list("state", flat=True)) == set(PublicState.values)
        assert Article.objects.count() >= 36

    def test_the_paper_speaks_of_itself(self):
        live = set(Publication.objects.live().pages().values_list("language", "page"))
        assert {("en", kind) for kind in PageKind.values} | {("ro", kind) for kind in PageKind.values} <= live
        assert {(code, "about") for code in ("ru", "uk")} <= live
        assert Publication.objects.pages().filter(change=Change.UPDATE).count() == 2

    def test_every_kind_of_change_but_a_release_is_there(self):
        changes = set(Publication.objects.values_list("change", flat=True))
        assert changes == set(Change.values) - {Change.RELEASE}

    def test_schedules_embargoes_and_exceptions_are_there(self):
        assert Publication.objects.ahead().count() == 2
        assert Article.objects.filter(embargo_until__isnull=False).count() == 2
        assert Article.objects.filter(embargo_open=True, original=None).count() == 1
        assert Article.objects.exclude(approved_alone="").count() == 1
        assert Finding.objects.filter(waived_by__isnull=False).exists()
        assert Transition.objects.filter(step="hand_back").exclude(note="").exists()
        assert Publication.objects.live().filter(article__state=DeskState.EDITING).exists()

    def test_the_copy_desk_refuses_nothing_that_went_out(self):
        heads = Publication.objects.values_list("revision", flat=True)
        assert [str(row) for row in Finding.objects.filter(revision__in=heads) if row.refuses] == []

    def test_a_retraction_is_explained_in_each_language(self):
        notes = Publication.objects.valid().filter(state=PublicState.RETRACTED).values_list("language", "note")
        assert len(notes) == len({note for _language, note in notes}) == 2

    def test_the_exercise_has_the_mistakes_that_the_guide_names(self):
        exercise = Article.objects.get(slug="what-is-left-to-settle-moscow-washington")
        found = Counter(row.rule for row in exercise.head.findings.all() if row.refuses)
        assert found == {"names": 1, "quotes": 1, "leftovers": 2}

    def test_pictures_carry_credit_and_licence(self):
        assert Picture.objects.count() == len({data.story(name).get("picture") for name in data.story_names()} - {None})
        assert not Picture.objects.filter(credit="").exists()
        assert not Picture.objects.filter(licence="").exists()

    def test_the_istanbul_story_carries_everything_in_romanian(self):
        shown = page("ro")
        for words in (
            "Internațional", "Aleksandr Darciev", "ambasadorul Rusiei în Statele Unite", "Sonata Coulter", "TASS",
            "Deutsche Welle", "statul profund", "27 februarie 2025", "10 aprilie 2025", "nu la ambasadă",
        ):  # fmt: skip
            assert words in shown
        assert "Darceev" not in shown

    def test_its_translation_is_credited_and_tied_to_it(self):
        shown = page("en")
        for words in (
            "Iurie Tataru",
            "Aleksandr Darchiev",
            "Sonata Coulter",
            "deep state",
            "not at an embassy",
        ):
            assert words in shown
        original = Publication.objects.live().get(language="ro", slug=ISTANBUL["ro"])
        assert original.get_absolute_url() in shown

    def test_a_second_run_changes_nothing(self):
        def state():
            return [
                list(model.objects.order_by("pk").values_list())
                for model in (Article, Revision, Publication, Transition, Picture, User)
            ]

        before = state()
        told = seed(NEWSROOM_DEMO_PASSWORD="wide river stone")
        assert "0 language versions" in told
        assert state() == before

    def test_another_password_is_set_for_everybody(self):
        with undone():
            seed(NEWSROOM_DEMO_PASSWORD="narrow bridge iron")
            assert all(user.check_password("narrow bridge iron") for user in User.objects.filter(is_demo=True))

    def test_a_story_under_another_slug_is_not_made_again(self):
        with undone():
            Article.objects.filter(slug="aisty-nizhniy-dnestr").update(slug="storks")
            assert "0 language versions" in seed()

    def test_a_translation_desk_is_at_work(self):
        assert set(Job.objects.values_list("state", flat=True)) == {"requested", "translating", "done"}
        done = Job.objects.get(state="done")
        assert done.article.publications.live().exists()
        assert {row.state for row in LoggedWork.objects.all()} == {"approved", "waiting"}
        statement = Statement.objects.get()
        assert (statement.state, statement.lines.count()) == ("issued", 2)
        assert verifying.entries() == (LedgerEntry.objects.count(), None)
        assert not LedgerEntry.objects.filter(amount=None).exists()

    def test_the_administrator_has_no_editorial_right(self):
        admin = User.objects.get(username="admin")
        assert admin.is_superuser
        assert sees_desk(admin)
        assert not may_file(admin)
        assert len(roles_of(User.objects.get(username="chief"))) == 1


@pytest.mark.django_db
class TestRefusals:
    def test_nothing_is_made_outside_debug(self, settings):
        settings.NEWSROOM_DEBUG = False
        with pytest.raises(CommandError, match="only where NEWSROOM_DEBUG is on"):
            seed()
        assert not User.objects.exists()

    def test_a_username_that_somebody_has_is_not_taken_from_them(self, settings):
        settings.NEWSROOM_DEBUG = True
        User.objects.create_user("chief")
        with pytest.raises(CommandError, match="chief"):
            seed()
        assert not User.objects.filter(is_demo=True).exists()

    def test_a_random_password_is_told_when_the_users_are_made(self, settings, monkeypatch):
        settings.NEWSROOM_DEBUG = True
        monkeypatch.setattr(data, "story_names", list)
        password = seed().split("Password: ")[1].strip()
        assert User.objects.get(username="editor").check_password(password)
        assert "Password" not in seed()

    def test_a_run_that_breaks_leaves_whole_stories(self, settings, monkeypatch):
        settings.NEWSROOM_DEBUG = True
        monkeypatch.setattr(data, "story_names", lambda: ["fog", "storks"])
        monkeypatch.setattr(playing.filing, "spike", lambda *args, **details: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            seed()
        assert not Article.objects.exists()
        monkeypatch.undo()
        monkeypatch.setattr(data, "story_names", lambda: ["fog", "storks"])
        settings.NEWSROOM_DEBUG = True
        assert "2 language versions" in seed()


def test_the_cast_has_one_of_each_role_and_a_second_editor():
    assert Counter(member.role.value for member in cast.MEMBERS) == {
        "reporter": 1, "translator": 1, "editor": 2, "chief": 1, "administrator": 1,
    }  # fmt: skip
