"""What the desk writes in a translation, between one round of its job and the next, is taken over or asked about."""

import pytest
from django.test import Client

from articles.enums import Change
from articles.errors import Refused
from articles.models import Citation
from articles.workflow import filing
from tests import cast
from tests.translations import making
from tests.translations.test_freshness import again, asking, original, publish
from translations import jobs
from translations.enums import JobState
from translations.models import Segment

pytestmark = pytest.mark.django_db(transaction=True)
ADDED = "Un paragraf adăugat la desk."
HEADLINE = "Commission agrees on another timetable"


def edit(job, old="", new="", added=""):
    """The desk changes the body of the translation on its own form, and publishes it."""
    article = cast.fresh(job.article)
    assert old in article.body
    cast.edit(article, cast.user("elena"), body=article.body.replace(old, new, 1) + added)
    publish(job, change=Change.REFILE)


def offered_again(story, **changes):
    """A finished translation whose original says something else: offered to Tudor as another round."""
    job = making.published(story)
    again(story, **(changes or {"headline": HEADLINE}))
    return making.fresh(job)


def taken_up(job):
    job = jobs.accept(job, by=cast.user("tudor"), version=job.version)
    making.fill(job)
    return job


def deliver(job, **told):
    return jobs.deliver(making.fresh(job), by=cast.user("tudor"), version=making.fresh(job).version, **told)


def with_a_paragraph_of_the_desk(state="accepted"):
    job = offered_again(original())
    edit(job, added=f"<p>{ADDED}</p>")
    job = taken_up(job)
    if state == "revising":
        job = deliver(job, dropping=[ADDED])
        job = jobs.take_up(job, by=cast.user("emil"), version=job.version)
    return job


def test_what_the_desk_changes_before_the_work_is_accepted_is_taken_over():
    job = offered_again(original())
    edit(job, "Ro And a third one says why.", "Ro Altfel spus.")
    job = taken_up(job)
    taken = Segment.objects.get(job=job, target="Ro Altfel spus.")
    assert (taken.by, taken.revised_by) == (cast.user("tudor"), cast.user("elena"))
    job = deliver(job)
    assert "Ro Altfel spus." in cast.fresh(job.article).body


def test_what_the_desk_changed_twice_is_taken_over_as_it_is_last():
    story = original()
    job = making.published(story)
    edit(job, "Ro And a third one says why.", "Ro Altfel spus.")
    again(story, headline=HEADLINE)
    edit(job, "Ro Altfel spus.", "Ro Cu totul altfel spus.")
    job = deliver(taken_up(making.fresh(job)))
    assert "Ro Cu totul altfel spus." in cast.fresh(job.article).body


def test_it_finds_its_place_where_the_original_gained_and_lost_paragraphs():
    story = original()
    body = story.body.replace("<p>Paragraph 2 says", "<p>Nothing of this was there.</p><p>Paragraph 2 says")
    job = offered_again(story, body=body.replace(paragraph(8), ""))
    edit(job, "Ro Paragraph 4 says that the talks went on.", "Ro Al patrulea spune altceva.")
    job = jobs.accept(job, by=cast.user("tudor"), version=job.version)
    assert [row.source for row in asking(job)] == ["Nothing of this was there."]
    assert asking(job)[0].target == ""
    taken = Segment.objects.get(job=job, target__contains="Al patrulea")
    assert taken.source.startswith("Paragraph 4")
    making.fill(job)
    body = cast.fresh(deliver(job).article).body
    assert "Al patrulea" in body
    assert "Paragraph 8" not in body


def paragraph(number):
    return making.EIGHT.split("</p>")[number - 1] + "</p>"


def test_a_paragraph_that_no_segment_has_is_not_dropped_unasked():
    job = with_a_paragraph_of_the_desk()
    assert ADDED in job.events.last().note
    with pytest.raises(Refused, match=ADDED):
        deliver(job)
    assert making.fresh(job).state == JobState.TRANSLATING
    assert ADDED in cast.fresh(job.article).body
    job = deliver(job, dropping=[ADDED], note="Am citit.")
    assert job.state == JobState.DELIVERED
    assert ADDED not in cast.fresh(job.article).body
    assert job.events.last().note.startswith("Am citit.")
    assert ADDED in job.events.last().note


def test_a_paragraph_that_the_translator_takes_over_is_not_asked_about():
    job = with_a_paragraph_of_the_desk()
    last = Segment.objects.filter(job=job, field="body").order_by("position").last()
    Segment.objects.filter(pk=last.pk).update(target=f"{last.target} {ADDED}")
    assert ADDED in cast.fresh(deliver(job).article).body


def test_a_paragraph_that_the_desk_takes_back_is_not_asked_about():
    story = original()
    job = making.published(story)
    edit(job, added=f"<p>{ADDED}</p>")
    again(story, headline=HEADLINE)
    edit(job, f"<p>{ADDED}</p>", "")
    assert deliver(taken_up(making.fresh(job))).state == JobState.DELIVERED


def test_what_was_to_go_when_the_page_was_drawn_is_all_that_may_go():
    job = with_a_paragraph_of_the_desk()
    with pytest.raises(Refused, match=ADDED):
        deliver(job, dropping=["Altceva."])


def test_a_source_that_the_desk_added_is_not_dropped_unasked():
    job = offered_again(original())
    article = cast.fresh(job.article)
    row = Citation(article=article, number=9, source=cast.source(), title="Raportul comisiei")
    filing.save(article, by=cast.user("elena"), version=article.version, write=row.save)
    publish(job, change=Change.REFILE)
    job = taken_up(job)
    with pytest.raises(Refused, match="Raportul comisiei"):
        deliver(job)


def test_a_quote_that_the_desk_added_is_not_dropped_unasked():
    job = offered_again(original())
    article = cast.fresh(job.article)
    quote = article.quotes.first()
    quote.pk, quote.number, quote.words = None, 9, "Nu s-a spus nicăieri altundeva."
    filing.save(article, by=cast.user("elena"), version=article.version, write=quote.save)
    publish(job, change=Change.REFILE)
    with pytest.raises(Refused, match="nicăieri altundeva"):
        deliver(taken_up(job))


def test_the_address_alone_drops_nothing_either():
    job = with_a_paragraph_of_the_desk()
    tudor = Client()
    tudor.force_login(cast.user("tudor"))
    answer = tudor.post(f"/admin/translations/job/{job.pk}/work/slug/", {"slug": "alt titlu"}, follow=True)
    assert ADDED in answer.content.decode()
    assert ADDED in cast.fresh(job.article).body


@pytest.mark.parametrize("step", ["deliver", "finish"])
def test_the_confirm_page_shows_the_paragraph_and_asks(step):
    job = with_a_paragraph_of_the_desk("revising" if step == "finish" else "accepted")
    if step == "finish":  # whatever way it came into the working copy
        job.homeless = [ADDED]
        job.save(update_fields=["homeless"])
    client = Client()
    client.force_login(cast.user("emil" if step == "finish" else "tudor"))
    address = f"/admin/translations/job/{job.pk}/step/{step}/"
    shown = client.get(address).content.decode()
    assert ADDED in shown
    [key] = {part.split('"')[0] for part in shown.split('name="dropping" value="')[1:]}
    told = {"version": job.version, "note": "De citit.", "read": "on"}
    refused = client.post(address, told)
    assert refused.status_code == 422
    assert "De citit." in refused.content.decode()
    assert making.fresh(job).state == job.state
    assert client.post(address, {**told, "dropping": [key]}).status_code == 302
    assert making.fresh(job).state == {"deliver": "delivered", "finish": "done"}[step]


def test_a_page_without_such_paragraphs_asks_for_no_tick():
    job = taken_up(offered_again(original()))
    client = Client()
    client.force_login(cast.user("tudor"))
    assert "dropping" not in client.get(f"/admin/translations/job/{job.pk}/step/deliver/").content.decode()
