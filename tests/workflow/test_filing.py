"""A text is written, checked by a second person and approved exactly as it stands."""

import pytest

from articles.admin.compare import differences
from articles.enums import DeskState, Step
from articles.errors import NotAllowed, Refused, Stale, WrongState
from articles.models import KeyFact, Revision, Transition
from articles.workflow import filing, machine, publishing, revisions
from tests import cast
from tests.cast import user
from translations import drafting

pytestmark = pytest.mark.django_db


class TestSaving:
    def test_a_save_without_a_change_makes_no_revision_and_keeps_the_version(self):
        article = cast.draft()
        saved = cast.edit(article, user("rita"))
        assert (saved.version, Revision.objects.count()) == (article.version, 1)

    def test_a_change_makes_a_revision_with_the_whole_document(self):
        article = cast.edit(cast.draft(), user("rita"), headline="Commission agrees")
        assert article.head.number == 2
        assert article.head.document["headline"] == "Commission agrees"
        assert article.head.document["quotes"][0]["description"] == "A commission spokesperson"

    def test_a_stale_save_is_refused_and_changes_nothing(self):
        article = cast.draft()
        cast.edit(article, user("rita"), headline="Newer")
        article.headline = "Older"
        with pytest.raises(Stale) as caught:
            filing.save(article, by=user("rita"), version=article.version, write=article.save)
        assert caught.value.article.headline == "Newer"
        assert cast.fresh(article).headline == "Newer"

    def test_the_author_no_longer_saves_what_was_submitted(self):
        article = cast.submitted()
        with pytest.raises(NotAllowed):
            cast.edit(article, user("rita"), headline="Other")

    def test_only_the_claimant_saves_while_editing(self):
        article = cast.editing(by="elena")
        with pytest.raises(NotAllowed):
            cast.edit(article, user("emil"), headline="Other")
        cast.edit(article, user("elena"), headline="Other")

    def test_who_lost_the_claim_can_not_save(self):
        article = cast.editing(by="elena")
        taken = filing.take_over(article, by=user("emil"), version=article.version)
        with pytest.raises(NotAllowed):
            cast.edit(taken, user("elena"), headline="Other")

    @pytest.mark.parametrize("name", ["adam", "sam", "nora"])
    def test_technical_power_is_no_editorial_right(self, name):
        article = cast.draft()
        with pytest.raises(NotAllowed):
            cast.edit(article, user(name), headline="Other")
        assert machine.open_steps(article, user(name)) == []

    def test_the_body_is_sanitised_on_every_way_in(self):
        article = cast.draft(body='<p onclick="x()">Text<script>alert(1)</script></p>')
        assert "script" not in cast.fresh(article).body
        type(article).objects.filter(pk=article.pk).update(body='<p><a href="javascript:x">a</a></p>')
        assert "javascript" not in cast.fresh(article).body

    def test_a_tag_that_is_renamed_leaves_the_approval_alone(self):
        article = cast.editing()
        article.tags.add("River")
        article = filing.approve(
            cast.edit(article, user("elena")), by=user("emil"), version=cast.fresh(article).version
        )
        tag = article.tags.get()
        tag.name = "Rivers"
        tag.save()
        article = publishing.publish(cast.fresh(article), by=user("elena"), version=article.version)
        assert article.publications.get().story["tags"][0]["name"] == "Rivers"

    def test_the_order_of_credits_is_part_of_the_text(self):
        article = cast.draft()
        credit = article.credits.get()
        credit.position = 4
        saved = filing.save(article, by=user("rita"), version=article.version, write=credit.save)
        assert saved.version == 2


class TestSubmitting:
    def test_missing_parts_are_named(self):
        article = cast.draft(standfirst="", section=None)
        with pytest.raises(Refused, match="standfirst, section"):
            filing.submit(article, by=user("rita"), version=article.version)

    def test_a_story_rests_on_a_citation_or_on_own_reporting(self):
        article = cast.draft()
        article.quotes.all().delete()
        article.citations.all().delete()
        with pytest.raises(Refused, match="citation"):
            filing.submit(article, by=user("rita"), version=article.version)
        cast.edit(article, user("rita"), own_reporting=True)
        article = cast.fresh(article)
        assert filing.submit(article, by=user("rita"), version=article.version).state == DeskState.SUBMITTED


class TestApproval:
    def test_one_person_does_not_approve_alone(self):
        article = cast.draft(by=user("elena"))
        article = filing.submit(article, by=user("elena"), version=article.version)
        article = filing.claim(article, by=user("elena"), version=article.version)
        with pytest.raises(Refused, match="second person"):
            filing.approve(article, by=user("elena"), version=article.version, alone="I am sure")
        assert filing.approve(article, by=user("emil"), version=article.version).state == DeskState.READY

    def test_a_chief_approves_alone_with_a_written_reason(self):
        article = cast.draft(by=user("clara"))
        article = filing.submit(article, by=user("clara"), version=article.version)
        article = filing.claim(article, by=user("clara"), version=article.version)
        with pytest.raises(Refused, match="write why"):
            filing.approve(article, by=user("clara"), version=article.version)
        article = filing.approve(article, by=user("clara"), version=article.version, alone="Election night.")
        assert article.approved_alone == "Election night."
        assert Transition.objects.get(step=Step.APPROVE).note == "Election night."

    def test_it_is_void_when_one_character_changes(self):
        article = cast.edit(cast.ready(), user("elena"), headline="Commission agrees on a timetable.")
        assert (article.state, article.approved, article.claimed_by) == (
            DeskState.EDITING,
            None,
            user("elena"),
        )
        with pytest.raises(WrongState):
            publishing.publish(article, by=user("elena"), version=article.version)

    def test_it_stays_when_a_save_changes_nothing(self):
        article = cast.edit(cast.ready(), user("elena"))
        assert (article.state, article.approved) == (DeskState.READY, article.head)

    def test_a_text_changed_behind_the_workflows_back_is_not_published(self):
        article = cast.ready()
        type(article).objects.filter(pk=article.pk).update(headline="Slipped in")
        with pytest.raises(Refused, match="differs"):
            publishing.publish(article, by=user("elena"), version=article.version)

    def test_a_register_that_changes_leaves_the_approval_alone(self):
        article = cast.ready()
        source = article.citations.get().source
        source.credit_line = "TASS news agency"
        source.save()
        assert cast.edit(article, user("elena")).state == DeskState.READY

    def test_a_schedule_that_was_called_off_begins_no_new_cycle(self):
        article = cast.scheduled()
        article = publishing.unschedule(article, by=user("elena"), version=article.version)
        article = cast.edit(article, user("elena"), headline="Commission agrees, at last")
        article = filing.approve(article, by=user("elena"), version=article.version)  # Rita wrote it too
        assert article.state == DeskState.READY


class TestHandingOn:
    def test_a_story_handed_back_is_a_draft_with_the_comment(self):
        article = cast.editing()
        article = filing.hand_back(article, by=user("elena"), version=article.version, note="Who said this?")
        assert (article.state, article.claimed_by) == (DeskState.DRAFT, None)
        assert article.comments.get().text == "Who said this?"

    def test_handing_back_needs_a_comment(self):
        article = cast.editing()
        with pytest.raises(Refused, match="comment"):
            filing.hand_back(article, by=user("elena"), version=article.version, note="  ")

    def test_a_claim_is_not_taken_but_taken_over(self):
        article = cast.editing(by="elena")
        with pytest.raises(WrongState):
            filing.claim(article, by=user("emil"), version=article.version)
        assert filing.take_over(article, by=user("emil"), version=article.version).claimed_by == user("emil")

    def test_a_published_story_can_not_be_spiked(self):
        article = cast.live()
        article = filing.reopen(article, by=user("elena"), version=article.version)
        with pytest.raises(Refused, match="not spiked"):
            filing.spike(article, by=user("elena"), version=article.version, note="x")

    def test_the_author_reopens_as_a_draft_and_readers_notice_nothing(self):
        article = cast.live()
        article = filing.reopen(article, by=user("rita"), version=article.version)
        assert article.state == DeskState.DRAFT
        assert machine.public_state(article) == "live"

    def test_each_step_is_logged_with_the_hash(self):
        article = cast.ready()
        steps = list(Transition.objects.order_by("id").values_list("step", "from_state", "to_state", "sha256"))
        sha = article.head.sha256
        assert steps == [
            ("submit", "draft", "submitted", sha),
            ("claim", "submitted", "editing", sha),
            ("approve", "editing", "ready", sha),
        ]


class TestKeyFigures:
    """They are part of the text: frozen, hashed, told apart; a text without them is what it was."""

    def listed(self, article, **fields):
        def write() -> None:
            article.save()
            KeyFact.objects.create(article=article, number=1, figure="March", text="dredging begins", **fields)

        return filing.save(article, by=user("elena"), version=article.version, write=write)

    def test_listing_one_makes_another_text_and_voids_the_approval(self):
        article = cast.ready()
        before = article.head
        article = self.listed(cast.fresh(article), citation=article.citations.get())
        assert (article.state, article.approved) == (DeskState.EDITING, None)
        assert article.head.document["key_facts"] == [
            {"number": 1, "figure": "March", "text": "dredging begins", "citation": 1}
        ]
        (difference,) = differences(before.document, article.head.document)
        assert "March · dredging begins · [1]" in difference.new

    def test_publication_freezes_them(self):
        article = self.listed(cast.editing())
        article = filing.approve(article, by=user("clara"), version=article.version)
        article = publishing.publish(article, by=user("elena"), version=article.version)
        (fact,) = article.publications.get().story["key_facts"]
        assert (fact["figure"], fact["text"], fact["citation"]) == ("March", "dredging begins", None)

    def test_a_text_from_before_there_were_any_keeps_its_hash(self):
        document = cast.draft().head.document
        older = {name: value for name, value in document.items() if name not in revisions.LATER}
        assert revisions.digest(document) == revisions.digest(older)

    def test_a_translation_takes_them_along_with_their_citations(self):
        original = self.listed(cast.editing(), citation=None)
        original.key_facts.update(citation=original.citations.get())
        copy = drafting.begin(original, language="ro", by=user("elena"))
        fact = copy.key_facts.get()
        assert (fact.figure, fact.citation) == ("March", copy.citations.get())
