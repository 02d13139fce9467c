"""The desk's front page: to each role its queues, in the order of work, at a cost that the archive doesn't raise."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from articles.enums import Change
from articles.models import Article, Finding
from articles.workflow import filing, publishing
from newsroom import desk
from tests import cast
from tests.cast import user
from tests.factories import make_publication

pytestmark = pytest.mark.django_db

FRONT = "/admin/"
NO_TRANSLATIONS: dict[str, list[str]] = {"translating": [], "revise": [], "late": []}


def queues(name):
    """Headlines in each queue of a member of the cast."""
    return {queue.name: [row.headline for row in queue.rows] for queue in desk.front(user(name))}


def rows(name, queue):
    return next(one for one in desk.front(user(name)) if one.name == queue).rows


class TestWhoSeesWhat:
    @pytest.mark.parametrize(
        ("name", "names"),
        [
            ("rita", ["mine", "sent"]),
            (
                "tudor",
                ["mine", "came_back", "offered", "translating", "revise", "late", "sent", "corrected", "translate"],
            ),
            ("elena", ["mine", "waiting", "ready", "scheduled", "problems", "editing", *NO_TRANSLATIONS]),
            ("clara", ["mine", "waiting", "ready", "scheduled", "problems", "editing", *NO_TRANSLATIONS]),
            ("adam", []),
            ("sam", []),
        ],
    )
    def test_each_role_has_its_queues(self, name, names):
        assert list(queues(name)) == names

    def test_who_has_no_role_is_not_let_in(self, client):
        client.force_login(user("nora"))
        assert client.get(FRONT).status_code == 302

    def test_being_staff_opens_nothing(self, client):
        nora = user("nora")
        assert nora.is_staff
        client.force_login(nora)
        assert client.get(reverse("admin:queue", args=["mine"])).status_code == 302

    def test_an_administrator_sees_users_and_no_story(self, client):
        cast.submitted(headline="Secret of the desk")
        client.force_login(user("adam"))
        answer = client.get(FRONT).content.decode()
        assert "Secret of the desk" not in answer
        assert reverse("admin:newsroom_user_changelist") in answer

    @pytest.mark.parametrize("name", ["rita", "tudor", "adam"])
    def test_a_queue_of_editors_does_not_exist_for_others(self, client, name):
        cast.submitted(headline="Secret of the desk")
        client.force_login(user(name))
        assert client.get(reverse("admin:queue", args=["waiting"])).status_code == 404

    def test_an_empty_desk_says_so(self, client):
        client.force_login(user("elena"))
        answer = client.get(FRONT).content.decode()
        for sentence in (
            "Nothing is waiting for you.",
            "No story is waiting for an editor.",
            "Nothing is scheduled.",
        ):
            assert sentence in answer


class TestWhatStandsWhere:
    def test_each_state_stands_in_its_queue(self):
        for state in ("draft", "submitted", "editing", "ready", "scheduled", "live", "held", "spiked"):
            cast.STATES[state](headline=f"Story {state}", slug=f"story-{state}")
        cast.editing(by="emil", headline="Story of Emil", slug="story-of-emil")
        assert queues("elena") == {
            "mine": ["Story editing"],
            "waiting": ["Story submitted"],
            "ready": ["Story ready"],
            "scheduled": ["Story scheduled"],
            "problems": ["Story held"],
            "editing": ["Story of Emil"],
            **NO_TRANSLATIONS,
        }
        assert queues("rita") == {
            "mine": ["Story draft"],
            "sent": ["Story of Emil", "Story ready", "Story editing", "Story submitted"],
        }

    def test_what_waits_longest_comes_first(self):
        for number in range(3):
            cast.submitted(headline=f"Story {number}", slug=f"story-{number}")
        assert queues("elena")["waiting"] == ["Story 0", "Story 1", "Story 2"]

    def test_a_story_that_came_back_carries_the_comment(self):
        article = cast.submitted()
        filing.hand_back(article, by=user("elena"), version=article.version, note="Who said this?")
        (row,) = rows("rita", "mine")
        assert (row.label, row.note) == ("handed back", "Elena: Who said this?")

    def test_the_comment_is_gone_once_the_story_was_sent_again(self):
        article = cast.submitted()
        article = filing.hand_back(article, by=user("elena"), version=article.version, note="Who said this?")
        filing.submit(article, by=user("rita"), version=article.version)
        assert [row.note for row in rows("rita", "sent")] == [""]

    def test_what_is_overdue_is_marked(self):
        now = timezone.now()
        cast.submitted(headline="Late", slug="late", due=now - timedelta(hours=1))
        cast.submitted(headline="In time", slug="in-time", due=now + timedelta(hours=1))
        assert {row.headline: row.overdue for row in rows("elena", "waiting")} == {
            "Late": True,
            "In time": False,
        }

    def test_what_was_published_by_the_clock_is_no_longer_scheduled(self):
        cast.scheduled(hours=2)
        with time_machine.travel(timezone.now() + timedelta(hours=3)):
            assert queues("elena")["scheduled"] == []

    def test_a_cancelled_schedule_is_not_shown(self):
        article = cast.scheduled()
        publishing.unschedule(article, by=user("elena"), version=article.version)
        assert queues("elena")["scheduled"] == []


class TestTimes:
    def test_a_schedule_shows_the_users_clock_and_the_newsrooms(self, client, settings):
        settings.TIME_ZONE = "Europe/Chisinau"
        elena = user("elena")
        elena.time_zone = "Europe/Brussels"
        elena.save()
        with time_machine.travel("2027-01-10T08:00:00Z", tick=True):
            cast.scheduled(hours=2)
            client.force_login(elena)
            answer = client.get(FRONT).content.decode()
        assert "10 January, 11:00 CET (10 January, 12:00 EET in the newsroom)" in answer

    def test_one_clock_is_shown_where_both_agree(self, client, settings):
        settings.TIME_ZONE = "Europe/Chisinau"
        with time_machine.travel("2027-01-10T08:00:00Z", tick=True):
            cast.scheduled(hours=2)
            client.force_login(user("elena"))
            answer = client.get(FRONT).content.decode()
        assert "10 January, 12:00 EET" in answer
        assert "in the newsroom" not in answer


class TestProblems:
    def approved_alone(self):
        article = cast.draft(by=user("clara"))
        article = filing.submit(article, by=user("clara"), version=article.version)
        article = filing.claim(article, by=user("clara"), version=article.version)
        return filing.approve(article, by=user("clara"), version=article.version, alone="Nobody else was there.")

    def alone(self, client, article):
        """Whether the desk lists it, and says so on the story's form."""
        said = "Approved by Clara alone: Nobody else was there."
        client.force_login(user("elena"))
        on_form = said in client.get(article.get_absolute_url()).content.decode()
        assert ([row.note for row in rows("elena", "problems")] == [said]) == on_form
        return on_form

    def test_an_approval_by_one_person_is_listed_from_the_approval_on(self, client):
        article = self.approved_alone()
        assert self.alone(client, article)
        publishing.publish(article, by=user("clara"), version=article.version)
        assert self.alone(client, article)
        with time_machine.travel(timezone.now() + timedelta(days=400)):
            assert self.alone(client, article)

    def test_it_is_listed_before_a_scheduled_hour_too(self, client):
        article = self.approved_alone()
        soon = timezone.now() + timedelta(hours=2)
        publishing.schedule(article, by=user("clara"), version=article.version, visible_from=soon)
        assert self.alone(client, article)

    def test_it_stays_listed_while_the_story_is_edited_again(self, client):
        article = self.approved_alone()
        article = publishing.publish(article, by=user("clara"), version=article.version)
        article = filing.reopen(article, by=user("elena"), version=article.version)
        assert self.alone(client, article)

    def test_it_ends_when_readers_get_a_text_that_two_have_seen(self, client):
        article = self.approved_alone()
        article = publishing.publish(article, by=user("clara"), version=article.version)
        cast.corrected_again(article)
        assert not self.alone(client, article)

    def test_it_ends_when_the_story_is_taken_away_or_handed_back(self, client):
        article = self.approved_alone()
        article = cast.edit(article, user("elena"), standfirst="Work begins in spring.")
        assert not self.alone(client, article)
        article = filing.approve(article, by=user("emil"), version=article.version)
        assert not self.alone(client, article)

    def test_an_error_that_nobody_waived_is_listed(self):
        article = cast.live()
        Finding.objects.create(revision=article.head, rule="names", severity="error", message="x", fingerprint="f" * 64)
        assert [row.note for row in rows("elena", "problems")] == ["The copy desk finds errors in it."]

    def test_a_translation_is_listed_from_the_correction_of_its_original_until_its_own(self):
        original = cast.live()
        translation = cast.live(original=original, language="ro", headline="Comisia", slug="comisia")
        assert rows("elena", "problems") == []
        cast.corrected_again(original)
        (row,) = rows("elena", "problems")
        assert (row.headline, row.note) == ("Comisia", "The original was corrected since.")
        assert queues("tudor")["corrected"] == ["Comisia"]
        cast.corrected_again(translation)
        assert rows("elena", "problems") == []

    def test_a_refile_of_the_original_troubles_no_translation(self):
        original = cast.live()
        cast.live(original=original, language="ro", headline="Comisia", slug="comisia")
        article = cast.edit(original, user("elena"), standfirst="Work begins in spring.")
        article = filing.approve(article, by=user("emil"), version=article.version)
        publishing.publish(article, by=user("emil"), version=article.version, change=Change.REFILE)
        assert rows("elena", "problems") == []


class TestTranslators:
    def test_originals_are_offered_until_every_language_is_there(self):
        tudor = cast.contributor("tudor")
        tudor.languages = "en, ro"
        tudor.save()
        original = cast.live()
        cast.ready(headline="Not public yet", slug="not-public-yet")
        (row,) = rows("tudor", "translate")
        assert (row.headline, row.facts[-1]) == (original.headline, "not in ro")
        cast.draft(original=original, language="ro", headline="Comisia", slug="comisia")
        assert rows("tudor", "translate") == []


class TestCost:
    def fill(self, start, number):
        """Stories in every queue."""
        for i in range(start, start + number):
            for state in ("draft", "submitted", "editing", "ready", "scheduled", "held"):
                cast.STATES[state](headline=f"{state} {i}", slug=f"{state}-{i}")
            original = cast.live(headline=f"live {i}", slug=f"live-{i}")
            cast.live(original=original, language="ro", headline=f"ro {i}", slug=f"ro-{i}")
            cast.corrected_again(original)

    def fill_up(self, start, stop):
        """That many more in the queues that grow, written straight as rows: the workflow would take minutes."""
        by, section = user("rita"), cast.section()
        for state in ("draft", "submitted", "editing"):
            held = {"claimed_by": user("emil")} if state == "editing" else {}
            Article.objects.bulk_create(
                Article(headline=f"{state} {i}", language="en", state=state, created_by=by, section=section, **held)
                for i in range(start, stop)
            )
        for i in range(start, stop):
            make_publication(at=timezone.now() + timedelta(hours=1 + i), slug=f"ahead-{i}")
            make_publication(state="held", slug=f"kept-{i}")

    @pytest.mark.parametrize("name", ["rita", "tudor", "elena"])
    def test_the_queries_are_the_same_for_1_3_and_300_stories_in_each_queue(self, client, name):
        client.force_login(user(name))
        counts = []
        for fill, start, number in ((self.fill, 0, 1), (self.fill, 1, 2), (self.fill_up, 3, 300)):
            fill(start, number)
            client.get(FRONT)  # the session is opened, or its last use is written down
            with CaptureQueriesContext(connection) as captured:
                assert client.get(FRONT).status_code == 200
            counts.append(len(captured))
            assert [q["sql"] for q in captured if "COUNT(" in q["sql"].upper()] == []
            assert [q["sql"] for q in captured if '"articles_article"."body"' in q["sql"]] == []
        assert counts == [counts[0]] * 3

    def test_a_long_queue_shows_twenty_and_says_that_there_are_more(self, client):
        Article.objects.bulk_create(
            Article(headline=f"Story {i:02}", language="en", state="submitted", created_by=user("rita"))
            for i in range(27)
        )
        client.force_login(user("elena"))
        answer = client.get(FRONT).content.decode()
        assert answer.count("Story ") == 20
        assert "20+" in answer
        whole = client.get(reverse("admin:queue", args=["waiting"])).content.decode()
        assert whole.count("Story ") == 27
