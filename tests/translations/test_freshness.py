"""What happens to translations when their original says something else."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from articles.enums import Change
from articles.models import Publication
from articles.workflow import filing, publishing, withdrawing
from tests import cast
from tests.translations import making
from translations import freshness, jobs, renewing, saving
from translations.enums import Freshness, JobState, SegmentState
from translations.models import Segment

pytestmark = pytest.mark.django_db(transaction=True)


def original(body=making.EIGHT):
    return cast.live(body=f"{cast.BODY}{body}")


def again(article, *, change=Change.CORRECTION, **fields):
    """The original with other texts, approved and published."""
    article = cast.edit(article, cast.user("elena"), **fields)
    article = filing.approve(article, by=cast.user("emil"), version=article.version)
    note = {"note": "A word was wrong."} if change.needs_note else {}
    return publishing.publish(article, by=cast.user("emil"), version=article.version, change=change, **note)


def asking(job):
    return list(Segment.objects.filter(job=job, state=SegmentState.INITIAL))


def test_three_words_changed_in_paragraph_3_of_8_ask_for_one_segment():
    story = original()
    job = making.published(story)
    before = {row.pk: (row.source, row.target, row.state) for row in Segment.objects.filter(job=job)}
    body = story.body.replace(
        "<p>Paragraph 3 says that the talks went on. Its second sentence says when.",
        "<p>Paragraph 3 says that the talks went on. Its third clause says when.",
    )
    assert body != story.body
    again(story, body=body)
    job = making.fresh(job)
    assert (job.state, job.freshness, job.round) == (JobState.REQUESTED, Freshness.STALE, 2)
    assert job.translator == cast.user("tudor")
    [stale] = asking(job)
    assert stale.stale
    assert stale.source == "Its third clause says when."
    assert stale.old_source == "Its second sentence says when."
    assert stale.target == "Ro Its second sentence says when."
    assert stale.pk in before
    for row in Segment.objects.filter(job=job).exclude(pk=stale.pk):
        assert before[row.pk] == (row.source, row.target, row.state)
    assert len(before) == Segment.objects.filter(job=job).count()


def test_bringing_it_up_to_date_and_publishing_again():
    story = original()
    job = making.published(story)
    again(story, headline="Commission agrees on another timetable")
    job = making.fresh(job)
    job = jobs.accept(job, by=cast.user("tudor"), version=job.version)
    assert job.state == JobState.TRANSLATING
    making.fill(job)
    job = jobs.deliver(job, by=cast.user("tudor"), version=job.version)
    job = jobs.take_up(job, by=cast.user("emil"), version=job.version)
    job = jobs.finish(job, by=cast.user("emil"), version=job.version, read=True)
    assert (job.state, job.freshness) == (JobState.DONE, Freshness.FRESH)
    article = cast.fresh(job.article)
    assert article.headline == "Ro Commission agrees on another timetable"
    article = article if article.state == "ready" else making.waived(article)
    publishing.publish(
        article, by=cast.user("emil"), version=article.version, change=Change.CORRECTION, note="As in the original."
    )
    made_from = Publication.objects.live().get(article=article).made_from
    assert made_from == Publication.objects.live().get(article=story)


def test_a_refile_marks_it_minor_and_asks_for_nothing():
    story = original()
    job = making.published(story)
    again(story, change=Change.REFILE, headline="Commission agrees on a time-table")
    job = making.fresh(job)
    assert (job.state, job.freshness, job.round) == (JobState.DONE, Freshness.MINOR, 1)
    assert not asking(job)
    job = renewing.renew(job, by=cast.user("elena"), version=job.version)
    assert (job.state, job.round) == (JobState.REQUESTED, 2)
    assert [row.field for row in asking(job)] == ["headline"]


def test_what_is_under_way_goes_on_with_the_newer_text():
    story = original()
    job = making.accepted(story)
    making.fill(job)
    again(story, headline="Commission agrees on another timetable")
    job = making.fresh(job)
    assert (job.state, job.round, job.freshness) == (JobState.ACCEPTED, 1, Freshness.FRESH)
    assert [row.field for row in asking(job)] == ["headline"]
    assert job.base_id == cast.fresh(story).head_id


def test_what_was_delivered_goes_back_to_its_translator():
    story = original()
    job = making.revising(story)
    again(story, headline="Commission agrees on another timetable")
    job = making.fresh(job)
    assert (job.state, job.translator, job.reviser) == (JobState.TRANSLATING, cast.user("tudor"), None)


def test_paragraphs_that_moved_keep_their_translation():
    story = original()
    job = making.published(story)
    parts = making.EIGHT.split("</p>")[:-1]
    moved = "".join(f"{part}</p>" for part in [parts[7], *parts[:7]])
    again(story, body=f"{cast.BODY}{moved}")
    assert not asking(making.fresh(job))
    article = cast.fresh(job.article)
    job = jobs.accept(making.fresh(job), by=cast.user("tudor"), version=making.fresh(job).version)
    job = jobs.deliver(job, by=cast.user("tudor"), version=job.version)
    text = cast.fresh(article).body
    assert text.index("Ro Paragraph 8") < text.index("Ro Paragraph 1")


def test_new_sentences_ask_for_work_and_dropped_ones_go():
    story = original()
    job = making.published(story)
    count = Segment.objects.filter(job=job).count()
    body = story.body.replace(
        "Its second sentence says when. And a third one", "A word on the weather. And a third one", 1
    )
    body = body.replace("<p>Paragraph 8", "<p>Nothing of this was there before.</p><p>Paragraph 8")
    again(story, body=body.replace("<p>Paragraph 5 says that the talks went on. ", "<p>"))
    sources = {row.source for row in asking(job)}
    assert sources == {"A word on the weather.", "Nothing of this was there before."}
    assert Segment.objects.filter(job=job).count() == count
    assert not Segment.objects.filter(job=job, source__startswith="Paragraph 5").exists()


def test_what_the_translator_split_and_merged_stays_so():
    story = original()
    job = making.accepted(story)
    first, _second, _third = Segment.objects.filter(job=job, field="body", source__contains="third")[:3]
    assert first
    body = list(Segment.objects.filter(job=job, field="body", paragraph=3).order_by("position"))
    assert len(body) == 3
    body[0].source = f"{body[0].source} {body[1].source}"
    body[1].delete()
    from translations.segmenting import sha256

    body[0].sha256 = sha256(body[0].source)
    body[0].save()
    making.fill(job)
    job = jobs.deliver(job, by=cast.user("tudor"), version=job.version)
    job = jobs.take_up(job, by=cast.user("emil"), version=job.version)
    job = jobs.finish(job, by=cast.user("emil"), version=job.version, read=True)
    sentence = body[2].source
    again(story, body=story.body.replace(sentence, "This alone is new.", 1))
    [stale] = asking(making.fresh(job))
    assert stale.source == "This alone is new."
    assert Segment.objects.filter(job=job, pk=body[0].pk, source=body[0].source, stale=False).exists()


def test_a_change_that_is_taken_back_asks_for_nothing_more():
    story = original()
    job = making.published(story)
    again(story, headline="Commission agrees on another timetable")
    again(cast.fresh(story), headline=story.headline)
    job = making.fresh(job)
    assert not asking(job)
    assert not Segment.objects.filter(job=job, stale=True).exists()


def test_a_link_that_changed_is_brought_in_without_asking():
    story = original(making.EIGHT.replace("talks", '<a href="https://example.org/a">talks</a>', 1))
    job = making.published(story)
    again(story, body=story.body.replace("example.org/a", "example.org/b"))
    job = making.fresh(job)
    assert not asking(job)
    job = jobs.accept(job, by=cast.user("tudor"), version=job.version)
    job = jobs.deliver(job, by=cast.user("tudor"), version=job.version)
    assert "https://example.org/b" in cast.fresh(job.article).body


def test_what_appears_by_its_schedule_is_followed_by_the_worker():
    story = original()
    job = making.published(story)
    article = cast.edit(story, cast.user("elena"), headline="Commission agrees on another timetable")
    article = filing.approve(article, by=cast.user("emil"), version=article.version)
    at = timezone.now() + timedelta(hours=2)
    publishing.schedule(
        article, by=cast.user("emil"), version=article.version, visible_from=at, change=Change.CORRECTION, note="Wrong."
    )
    assert freshness.catch_up() == 0
    with time_machine.travel(at + timedelta(minutes=1)):
        assert freshness.catch_up() == 1
        assert freshness.catch_up() == 0
    assert making.fresh(job).freshness == Freshness.STALE


@pytest.mark.parametrize("withdraw", [withdrawing.retract, withdrawing.remove])
def test_a_retraction_or_removal_ends_work_under_way(withdraw):
    story = original()
    job = making.accepted(story)
    story = cast.fresh(story)
    withdraw(story, by=cast.user("clara"), version=story.version, note="Not genuine.")
    job = making.fresh(job)
    assert job.state == JobState.CANCELLED
    assert not cast.fresh(job.article).in_translation


def test_a_hold_and_a_release_ask_for_nothing():
    story = original()
    job = making.published(story)
    story = cast.fresh(story)
    story = withdrawing.hold(story, by=cast.user("elena"), version=story.version, note="A doubt.")
    withdrawing.release(story, by=cast.user("elena"), version=story.version, note="Settled.")
    job = making.fresh(job)
    assert (job.state, job.freshness) == (JobState.DONE, Freshness.FRESH)


def publish(job, **fields):
    article = cast.fresh(job.article)
    article = article if article.state == "ready" else making.waived(article)
    return publishing.publish(article, by=cast.user("emil"), version=article.version, **fields)


def test_what_the_desk_changed_in_the_translation_is_not_lost():
    story = original()
    job = making.published(story)
    article = cast.fresh(job.article)
    body = article.body.replace("Ro Its second sentence says when.", "De mână, la desk. Și încă una.", 1)
    body = body.replace("Ro And a third one says why.", "Ro And a third one says why, in other words.", 1)
    cast.edit(article, cast.user("elena"), body=body)
    publish(job, change=Change.REFILE)
    again(story, headline="Commission agrees on another timetable")
    job = making.fresh(job)
    assert [row.field for row in asking(job)] == ["headline"]
    job = jobs.accept(job, by=cast.user("tudor"), version=job.version)
    making.fill(job)
    job = jobs.deliver(job, by=cast.user("tudor"), version=job.version)
    assert "De mână, la desk. Și încă una. Ro And a third one says why, in other words." in cast.fresh(article).body
    taken = Segment.objects.filter(job=job, target__contains="la desk").get()
    assert (taken.by, taken.revised_by) == (cast.user("tudor"), cast.user("elena"))


def test_the_desk_may_bring_a_translation_up_to_date_itself():
    story = original()
    job = making.published(story)
    again(story, headline="Commission agrees on another timetable")
    assert making.fresh(job).state == JobState.REQUESTED
    article = cast.fresh(job.article)
    late = publishing.missed(article)
    assert late == Publication.objects.live().get(article=story)
    article = cast.edit(article, cast.user("elena"), headline="Comisia convine asupra altui calendar")
    publish(job, change=Change.CORRECTION, note="Ca în original.", up_to_date=True)
    assert publishing.missed(cast.fresh(article)) is None
    assert Publication.objects.live().get(article=article).made_from == late
    job = making.fresh(job)
    assert (job.state, job.freshness) == (JobState.DONE, Freshness.FRESH)
    headline = Segment.objects.get(job=job, field="headline")
    assert (headline.target, headline.stale) == ("Comisia convine asupra altui calendar", False)


def there_and_back(story):
    """The third paragraph changes, and says again what it said."""
    body = story.body
    again(
        story, body=body.replace("Paragraph 3 says that the talks went on", "Paragraph 3 says that the talks broke up")
    )
    again(cast.fresh(story), body=body)


@pytest.mark.parametrize("done", [False, True])
def test_what_was_a_draft_is_one_still_when_its_original_says_again_what_it_said(done):
    story = original()
    job = making.accepted(story)
    segment = Segment.objects.get(job=job, source__startswith="Paragraph 3 says")
    told = {"by": cast.user("tudor"), "version": segment.version, "target": "Ro Paragraph 3 says", "method": "machine"}
    (saving.confirm if done else saving.save)(segment.pk, engine="X 1", **told)
    there_and_back(story)
    segment.refresh_from_db()
    assert (segment.state, segment.stale) == ("translated" if done else "initial", False)
    assert (segment.method, segment.engine) == ("post_edited" if done else "machine", "X 1")


def test_a_match_of_the_memory_is_none_for_a_sentence_that_changed():
    story = original()
    job = making.published(story)
    rows = Segment.objects.filter(job=job, source__startswith="Paragraph 3 says")
    rows.update(match=100, method="memory")
    again(
        story, body=story.body.replace("Paragraph 3 says that the talks went on", "Paragraph 3 says the talks broke up")
    )
    [segment] = asking(job)
    assert (segment.match, segment.method) == (0, "")


def test_what_the_desk_wrote_in_the_translation_is_taken_over_or_named():
    story = original()
    job = making.published(story)
    article = cast.fresh(job.article)
    body = article.body.replace("Ro And a third one says why.", "Ro Altfel spus.", 1)
    article = cast.edit(article, cast.user("elena"), body=f"{body}<p>Un paragraf adăugat.</p>")
    article = making.waived(article)
    publishing.publish(article, by=cast.user("emil"), version=article.version, change=Change.REFILE)
    again(story, headline="Commission agrees on another timetable")
    job = making.fresh(job)
    assert "“Un paragraf adăugat.”" in job.events.last().note
    assert Segment.objects.filter(job=job, target="Ro Altfel spus.").exists()
    job = jobs.accept(job, by=cast.user("tudor"), version=job.version)
    making.fill(job)
    jobs.deliver(job, by=cast.user("tudor"), version=job.version, dropping=["Un paragraf adăugat."])
    assert "Ro Altfel spus." in cast.fresh(article).body


def test_a_new_round_has_no_due_time_of_the_old_one():
    story = original()
    job = making.published(story, due=timezone.now() + timedelta(days=1))
    assert job.due is not None
    again(story, headline="Commission agrees on another timetable")
    assert making.fresh(job).due is None


def test_what_a_change_of_the_original_does_is_nobody_s_step(client):
    story = original()
    job = making.asked(story)
    again(story, headline="Commission agrees on another timetable")
    event = job.events.last()
    assert (event.step, event.by) == ("renew", None)
    client.force_login(cast.user("elena"))
    said = " ".join(client.get(f"/admin/translations/job/{job.pk}/change/").content.decode().split())
    assert "<strong>Original changed</strong>" in said
    assert "by the original’s publication" in said
    assert "Bring up to date" not in said
    story = cast.fresh(story)
    withdrawing.retract(story, by=cast.user("clara"), version=story.version, note="Not genuine.")
    assert job.events.last().by is None
    assert "by the original’s withdrawal" in client.get(f"/admin/translations/job/{job.pk}/change/").content.decode()


def test_choosing_helpers_is_not_called_a_reassignment(client):
    job = making.accepted(original())
    jobs.with_helpers(job, [cast.user("elena")], by=cast.user("elena"), version=job.version)
    client.force_login(cast.user("elena"))
    said = client.get(f"/admin/translations/job/{job.pk}/change/").content.decode()
    assert "People chosen who translate with them" in said
    assert "Reassign</strong>" not in said


PARAGRAPH = ("Paragraph 3 says that the talks went on.", "Its second sentence says when.", "And a third one says why.")
FIRST, SECOND = "Paragraph 3 says that the old talks went on.", "Its second sentence says exactly when."


def merged(story):
    """A job whose translator put the first two sentences of a paragraph together, and translated all."""
    job = making.accepted(story)
    rows = list(Segment.objects.filter(job=job, paragraph=paragraph_of(job), field="body").order_by("position"))
    saving.merge(rows[0].pk, by=cast.user("tudor"), version=rows[0].version, next_version=rows[1].version)
    making.fill(job)
    return making.fresh(job), Segment.objects.get(pk=rows[0].pk)


def paragraph_of(job):
    return Segment.objects.get(job=job, source=PARAGRAPH[0]).paragraph


@pytest.mark.parametrize(
    "sentences", [(FIRST, PARAGRAPH[1]), (PARAGRAPH[0], SECOND), (FIRST, SECOND)], ids=["first", "second", "both"]
)
def test_what_was_merged_stays_so_where_the_original_changed_in_it(sentences):
    story = original()
    job, whole = merged(story)
    again(story, body=story.body.replace(" ".join(PARAGRAPH[:2]), " ".join(sentences)))
    [stale] = asking(job)
    assert (stale.pk, stale.target, stale.stale) == (whole.pk, whole.target, True)
    assert stale.source == " ".join(sentences)
    assert stale.old_source == " ".join(PARAGRAPH[:2])
    third = Segment.objects.get(job=job, field="body", source=PARAGRAPH[2], paragraph=stale.paragraph)
    assert (third.state, third.stale) == (SegmentState.TRANSLATED, False)


def test_of_what_was_merged_what_went_is_struck_out():
    story = original()
    job, whole = merged(story)
    again(story, body=story.body.replace(" ".join(PARAGRAPH[:2]), PARAGRAPH[1]))
    [stale] = asking(job)
    assert (stale.pk, stale.source, stale.old_source) == (whole.pk, PARAGRAPH[1], " ".join(PARAGRAPH[:2]))


def test_halves_of_a_sentence_that_changed_are_one_again_with_both_their_texts():
    story = original()
    job = making.accepted(story)
    sentence = Segment.objects.get(job=job, source=PARAGRAPH[0])
    saving.split(sentence.pk, by=cast.user("tudor"), version=sentence.version, offset=len("Paragraph 3 says"))
    making.fill(job)
    again(story, body=story.body.replace(PARAGRAPH[0], FIRST))
    [stale] = asking(job)
    assert (stale.source, stale.old_source) == (FIRST, PARAGRAPH[0])
    assert stale.target == "Ro Paragraph 3 says Ro that the talks went on."
    again(cast.fresh(story), body=story.body)
    assert not asking(job)
    assert Segment.objects.get(pk=stale.pk).state == SegmentState.TRANSLATED
