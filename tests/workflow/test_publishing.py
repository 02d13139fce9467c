"""What readers get, and from when."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from articles.enums import Change, DeskState, PublicState
from articles.errors import Refused
from articles.models import Publication
from articles.workflow import filing, machine, publishing
from tests import cast
from tests.cast import user

pytestmark = pytest.mark.django_db


def later(**span):
    return timezone.now() + timedelta(**span)


class TestPublishing:
    def test_readers_get_the_frozen_text_with_sources_people_and_credits(self):
        publication = cast.live().publications.get()
        assert publication.change == Change.FIRST
        assert publication.byline == "Rita Byline"
        assert publication.story["citations"][0]["name"] == "TASS"
        assert publication.story["quotes"][0]["speaker"] == "A commission spokesperson"
        assert '<a href="#source-1">1</a>' in publication.body
        assert "<cite>A commission spokesperson</cite>" in publication.body
        assert publication.source_links.get().source.slug == "tass"
        assert publication.contributor_links.get().role == "author"

    def test_the_second_time_needs_a_kind_of_change_and_a_note(self):
        article = cast.edit(cast.live(), user("elena"), headline="Commission agrees at last")
        article = filing.approve(article, by=user("emil"), version=article.version)
        with pytest.raises(Refused, match="kind of change"):
            publishing.publish(article, by=user("emil"), version=article.version)
        with pytest.raises(Refused, match="note for readers"):
            publishing.publish(article, by=user("emil"), version=article.version, change=Change.CORRECTION)
        publishing.publish(article, by=user("emil"), version=article.version, change=Change.REFILE)
        assert Publication.objects.valid().get().headline == "Commission agrees at last"

    @pytest.mark.parametrize(
        ("change", "moves"),
        [
            (Change.UPDATE, True),
            (Change.CORRECTION, True),
            (Change.CLARIFICATION, True),
            (Change.REFILE, False),
            (Change.METADATA, False),
        ],
    )
    def test_a_refile_leaves_the_updated_time_alone(self, change, moves):
        article = cast.edit(cast.live(), user("elena"), headline="Commission agrees at last")
        article = filing.approve(article, by=user("emil"), version=article.version)
        publishing.publish(article, by=user("emil"), version=article.version, change=change, note="What changed.")
        first, second = article.publications.order_by("number")
        assert (second.updated > first.updated) is moves
        assert second.first_published == first.first_published
        assert first.visible_until == second.visible_from

    def test_two_stories_do_not_share_an_address(self):
        cast.live(slug="talks")
        article = cast.ready(slug="talks")
        with pytest.raises(Refused, match="slug"):
            publishing.publish(article, by=user("elena"), version=article.version)

    def test_the_live_page_is_untouched_while_the_story_is_edited(self):
        article = cast.edit(cast.live(), user("elena"), headline="Work in progress")
        assert article.state == DeskState.EDITING
        assert Publication.objects.valid().get().headline == "Commission agrees on a timetable"


class TestScheduling:
    def test_it_appears_at_its_time_without_any_worker(self):
        article = cast.scheduled(hours=2)
        moment = article.publications.get().visible_from
        assert article.state == DeskState.PUBLISHED
        assert machine.public_state(article) is None
        with time_machine.travel(moment - timedelta(seconds=1), tick=False):
            assert machine.public_state(article) is None
        with time_machine.travel(moment, tick=False):
            assert machine.public_state(article) == PublicState.LIVE

    def test_the_time_lies_ahead(self):
        article = cast.ready()
        with pytest.raises(Refused, match="has passed"):
            publishing.schedule(article, by=user("elena"), version=article.version, visible_from=later(hours=-1))

    def test_unscheduling_leaves_an_empty_period_and_a_ready_story(self):
        article = cast.scheduled()
        article = publishing.unschedule(article, by=user("elena"), version=article.version)
        row = article.publications.get()
        assert (article.state, row.visible_until) == (DeskState.READY, row.visible_from)
        with time_machine.travel(row.visible_from + timedelta(days=1), tick=False):
            assert machine.public_state(article) is None

    def test_it_can_be_scheduled_again_and_is_then_the_first_publication(self):
        article = cast.scheduled()
        article = publishing.unschedule(article, by=user("elena"), version=article.version)
        article = publishing.publish(article, by=user("elena"), version=article.version)
        row = Publication.objects.valid().get()
        assert (row.change, row.number, row.note) == (Change.FIRST, 2, "")

    def test_a_scheduled_correction_replaces_the_live_text_at_its_time_and_can_be_called_off(self):
        article = cast.edit(cast.live(), user("elena"), headline="Later headline")
        article = filing.approve(article, by=user("emil"), version=article.version)
        at = later(hours=3)
        article = publishing.schedule(
            article,
            by=user("emil"),
            version=article.version,
            visible_from=at,
            change=Change.UPDATE,
            note="New talks.",
        )
        assert Publication.objects.valid(at - timedelta(seconds=1)).get().headline.startswith("Commission")
        assert Publication.objects.valid(at).get().headline == "Later headline"
        publishing.unschedule(article, by=user("emil"), version=article.version)
        assert Publication.objects.valid(at + timedelta(days=1)).get().headline.startswith("Commission")

    def test_nothing_else_is_published_while_a_schedule_stands(self):
        article = cast.edit(cast.scheduled(), user("elena"), headline="Another text")
        article = filing.approve(article, by=user("emil"), version=article.version)
        with pytest.raises(Refused, match="Unschedule it first"):
            publishing.publish(article, by=user("emil"), version=article.version)


class TestEmbargo:
    def test_it_is_a_floor_even_for_the_chief(self):
        until = later(days=1)
        article = cast.ready(embargo_until=until)
        with pytest.raises(Refused, match="embargo"):
            publishing.publish(article, by=user("clara"), version=article.version)
        with pytest.raises(Refused, match="embargo"):
            publishing.schedule(
                article, by=user("clara"), version=article.version, visible_from=until - timedelta(seconds=1)
            )
        publishing.schedule(article, by=user("clara"), version=article.version, visible_from=until)

    def test_until_lifted_means_until_lifted(self):
        article = cast.ready(embargo_open=True)
        with pytest.raises(Refused, match="lifted"):
            publishing.schedule(article, by=user("elena"), version=article.version, visible_from=later(days=400))
        article = cast.edit(article, user("elena"), embargo_open=False)
        assert article.state == DeskState.READY  # lifting changes no text
        publishing.publish(article, by=user("elena"), version=article.version)

    @pytest.mark.parametrize(
        "embargo", [{"embargo_open": True}, {"embargo_until": timezone.now() + timedelta(days=900)}]
    )
    def test_it_can_not_be_put_on_a_story_that_is_public(self, embargo):
        with pytest.raises(Refused, match="public already"):
            cast.edit(cast.live(), user("elena"), **embargo)

    def test_it_can_not_end_after_the_scheduled_time(self):
        with pytest.raises(Refused, match="Unschedule it first"):
            cast.edit(cast.scheduled(hours=2), user("elena"), embargo_until=later(hours=5))

    def test_it_holds_for_every_language_version(self):
        original = cast.ready(embargo_open=True)
        translation = cast.ready(original=original, language="ro", headline="Comisia a convenit un calendar")
        with pytest.raises(Refused, match="lifted"):
            publishing.publish(translation, by=user("elena"), version=translation.version)

    def test_a_translation_does_not_bring_one_to_a_public_story(self):
        original = cast.live()
        with pytest.raises(Refused, match="public already"):
            cast.draft(original=original, language="ro", embargo_open=True)

    def test_nor_does_one_that_was_spiked(self):
        original = cast.ready(embargo_open=True)
        spiked = cast.spiked(original=original, language="ro", embargo_open=True)
        original = cast.edit(original, user("elena"), embargo_open=False)
        original = publishing.publish(original, by=user("elena"), version=original.version)
        back = filing.unspike(spiked, by=user("elena"), version=spiked.version)
        assert not cast.fresh(back).embargo_open
        assert "embargo fell away" in back.transitions.latest("pk").note
        cast.corrected_again(original)

    def test_one_that_was_spiked_keeps_it_while_nothing_is_public(self):
        spiked = cast.spiked(embargo_open=True)
        assert filing.unspike(spiked, by=user("elena"), version=spiked.version).embargo_open
