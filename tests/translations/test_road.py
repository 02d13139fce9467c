"""The road of a job, from the request to the story at the desk."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from articles.enums import CreditRole, DeskState
from articles.errors import NotAllowed, Refused, Stale, WrongState
from articles.models import Transition
from articles.workflow import filing
from tests import cast
from tests.translations import making
from translations import amounts, freshness, jobs, saving
from translations.enums import JobState, JobStep, SegmentState
from translations.exchange import proposing
from translations.models import Job, JobEvent, Segment
from translations.signals import finished

pytestmark = pytest.mark.django_db


def steps(job):
    return list(JobEvent.objects.filter(job=job).values_list("step", flat=True))


def test_the_whole_road():
    job = making.done()
    assert job.state == JobState.DONE
    assert steps(job) == ["request", "accept", "deliver", "revise", "finish"]
    article = cast.fresh(job.article)
    assert (article.original_id, article.language, article.in_translation) == (job.original_id, "ro", False)
    assert article.state in {DeskState.READY, DeskState.EDITING}
    assert article.made_from_id == job.base_id
    assert article.headline == f"Ro {job.original.headline}"
    roles = list(article.credits.values_list("contributor__slug", "role"))
    assert ("tudor", CreditRole.TRANSLATOR) in roles
    assert ("emil", CreditRole.REVISER) in roles
    assert ("rita", CreditRole.AUTHOR) in roles
    assert set(Segment.objects.filter(job=job).values_list("state", flat=True)) == {SegmentState.FINAL}


def test_quotes_in_the_body_are_translated_once_and_keep_their_original_words():
    job = making.done()
    assert not Segment.objects.filter(job=job, field="quote-1-words").exists()
    quote = job.article.quotes.get()
    assert quote.words.startswith("Ro “The dredging") or quote.words.startswith("Ro The dredging")
    assert quote.original_words == "The dredging of the lower channel begins in March."
    assert quote.original_language == "en"


def test_several_languages_are_asked_for_at_once_or_none():
    making.bylines()
    original = cast.live()
    made = jobs.request(original, languages=["ro", "uk"], by=cast.user("elena"), urgent=True, brief=" Soon ")
    assert [(job.language, job.translator, job.urgent, job.brief) for job in made] == [
        ("ro", None, True, "Soon"), ("uk", None, True, "Soon"),
    ]  # fmt: skip
    with pytest.raises(Refused, match="asked for already in: Română"):
        jobs.request(original, languages=["ru", "ro"], by=cast.user("elena"))
    assert Job.objects.count() == 2
    assert jobs.languages_left(original) == [("ru", "Русский")]


def test_the_database_holds_one_active_job_for_a_language():
    job = making.asked()
    with pytest.raises(IntegrityError), transaction.atomic():
        Job.objects.create(original=job.original, language="ro", base=job.base, requested_by=cast.user("elena"))
    cancelled = jobs.cancel(job, by=cast.user("elena"), version=job.version, note="Not needed.")
    assert cancelled.state == JobState.CANCELLED
    assert making.asked(job.original).pk != job.pk


@pytest.mark.parametrize("make", [cast.draft, cast.submitted, cast.editing, cast.held, cast.retracted, cast.removed])
def test_what_is_not_approved_or_is_withdrawn_is_not_translated(make):
    with pytest.raises(Refused):
        making.asked(make())
    assert not Job.objects.exists()


def test_the_text_that_readers_have_is_translated_not_what_is_being_edited():
    original = cast.live()
    cast.edit(original, cast.user("elena"), headline="A headline that nobody has approved")
    job = making.accepted(original)
    assert job.article.headline == "Commission agrees on a timetable"
    assert not Segment.objects.filter(job=job, source__contains="nobody has approved").exists()


def test_only_editors_ask_and_a_translator_takes_a_story_for_themselves():
    original = cast.live()
    making.bylines()
    for name in ("rita", "tudor", "adam", "sam", "nora"):
        with pytest.raises(NotAllowed):
            jobs.request(original, languages=["ro"], by=cast.user(name))
    job = jobs.take(original, language="ro", by=cast.user("tudor"))
    assert (job.state, job.translator) == (JobState.ACCEPTED, cast.user("tudor"))
    assert steps(job) == ["request", "accept"]
    with pytest.raises(NotAllowed):
        jobs.take(original, language="uk", by=cast.user("rita"))


def test_work_is_offered_only_to_who_can_do_it():
    making.byline("tudor", "ro, uk")
    with pytest.raises(Refused, match="Русский"):
        making.asked(language="ru")
    with pytest.raises(Refused, match="not a translator"):
        making.asked(cast.live(slug="another"), to="rita")


def test_a_translator_without_a_byline_can_t_accept():
    job = jobs.request(cast.live(), languages=["ro"], by=cast.user("elena"))[0]
    with pytest.raises(Refused, match="byline"):
        jobs.accept(job, by=cast.user("tudor"), version=job.version)


def test_who_comes_second_is_told():
    job = making.asked(to="")
    jobs.accept(job, by=cast.user("tudor"), version=job.version)
    with pytest.raises(Stale):
        jobs.accept(job, by=cast.user("tudor"), version=job.version)
    with pytest.raises(WrongState):
        jobs.accept(job, by=cast.user("tudor"), version=job.version + 1)


def test_declining_offers_the_work_to_all():
    job = making.asked()
    job = jobs.decline(job, by=cast.user("tudor"), version=job.version)
    assert (job.state, job.translator) == (JobState.REQUESTED, None)


def test_giving_back_wants_a_reason_and_keeps_what_is_translated():
    job = making.accepted()
    making.fill(job)
    with pytest.raises(Refused, match="Say why"):
        jobs.decline(job, by=cast.user("tudor"), version=job.version)
    job = jobs.decline(job, by=cast.user("tudor"), version=job.version, note="Ill.")
    assert set(Segment.objects.filter(job=job).values_list("by__username", flat=True)) == {"tudor"}
    assert job.article.in_translation


def test_reassignment_keeps_finished_segments_and_credits_both():
    job = making.accepted()
    making.fill(job)
    last = Segment.objects.filter(job=job).last()
    Segment.objects.filter(pk=last.pk).update(state="initial", target="", by=None)
    job = jobs.reassign(job, by=cast.user("elena"), version=job.version, translator=cast.user("elena"))
    assert job.state == JobState.REQUESTED
    job = jobs.accept(job, by=cast.user("elena"), version=job.version)
    assert job.state == JobState.TRANSLATING  # there is something already
    making.fill(job, by="elena")
    job = jobs.deliver(job, by=cast.user("elena"), version=job.version)
    with pytest.raises(NotAllowed):  # he has written in it
        jobs.take_up(job, by=cast.user("tudor"), version=job.version)
    translators = job.article.credits.filter(role=CreditRole.TRANSLATOR).values_list("contributor__slug", flat=True)
    assert list(translators) == ["tudor", "elena"]


def test_who_wrote_nothing_in_the_end_is_not_credited():
    job = making.accepted()
    job = jobs.reassign(job, by=cast.user("elena"), version=job.version, translator=cast.user("elena"))
    job = jobs.accept(job, by=cast.user("elena"), version=job.version)
    making.fill(job, by="elena")
    job = jobs.deliver(job, by=cast.user("elena"), version=job.version)
    translators = job.article.credits.filter(role=CreditRole.TRANSLATOR).values_list("contributor__slug", flat=True)
    assert list(translators) == ["elena"]


def test_a_delivery_is_whole():
    job = making.accepted()
    with pytest.raises(Refused, match="neither translated nor left out"):
        jobs.deliver(job, by=cast.user("tudor"), version=job.version)
    assert making.fresh(job).state == JobState.ACCEPTED


def test_nobody_revises_or_finishes_their_own():
    job = making.delivered()
    with pytest.raises(NotAllowed):
        jobs.take_up(job, by=cast.user("tudor"), version=job.version)
    job = jobs.take_up(job, by=cast.user("emil"), version=job.version)
    for name in ("tudor", "elena", "clara", "sam"):
        with pytest.raises(NotAllowed):
            jobs.finish(job, by=cast.user(name), version=job.version)
    with pytest.raises(IntegrityError), transaction.atomic():
        Job.objects.filter(pk=job.pk).update(reviser=job.translator)


def test_a_translation_goes_back_with_a_comment():
    job = making.revising()
    with pytest.raises(Refused, match="Fill in"):
        jobs.send_back(job, by=cast.user("emil"), version=job.version, note=" ")
    job = jobs.send_back(job, by=cast.user("emil"), version=job.version, note="Look at the names.")
    assert (job.state, job.reviser, job.translator) == (JobState.TRANSLATING, None, cast.user("tudor"))


def test_a_claim_that_runs_out_is_offered_again():
    job = making.accepted()
    assert jobs.expire_claims() == 0
    assert jobs.expire_claims(timezone.now() + timedelta(hours=49)) == 1
    job = making.fresh(job)
    assert (job.state, job.translator, job.claimed_until) == (JobState.REQUESTED, None, None)
    event = job.events.last()
    assert (event.step, event.by) == (JobStep.EXPIRE, None)


def test_while_it_is_translated_the_story_s_own_form_takes_nothing():
    job = making.accepted()
    article = cast.fresh(job.article)
    for name in ("tudor", "elena", "clara"):
        with pytest.raises(NotAllowed):
            filing.save(article, by=cast.user(name), version=article.version, write=article.save)
        with pytest.raises(NotAllowed):
            filing.submit(article, by=cast.user(name), version=article.version)
    making.fill(job)
    job = jobs.cancel(job, by=cast.user("elena"), version=job.version, note="Not needed.")
    assert not cast.fresh(article).in_translation
    cast.edit(article, cast.user("elena"), headline="Now it may be edited")


def test_a_draft_in_which_nothing_is_translated_goes_when_the_work_is_called_off():
    job = making.accepted()
    jobs.cancel(job, by=cast.user("elena"), version=job.version, note="The story is dropped.")
    article = cast.fresh(job.article)
    assert (article.state, article.in_translation) == (DeskState.SPIKED, False)
    assert [credit.contributor.slug for credit in article.credits.all()] == ["rita"]
    last = Transition.objects.filter(article=article).latest("id")
    assert (last.step, last.by, last.note) == ("spike", cast.user("elena"), "The story is dropped.")
    assert making.accepted(job.original).article_id != article.pk


def test_a_draft_that_was_begun_stays_with_the_desk_and_names_who_began_it():
    job = making.accepted()
    some = job.segments.first()
    saving.save(some.pk, by=cast.user("tudor"), version=some.version, target="Comisia")
    job = making.fresh(job)
    jobs.cancel(job, by=cast.user("elena"), version=job.version, note="The story is dropped.")
    article = cast.fresh(job.article)
    assert (article.state, article.in_translation) == (DeskState.DRAFT, False)
    assert article.credits.filter(role="translator").exists()


def test_an_address_that_is_kept_does_not_bring_a_translation_up_to_date(client):
    """What a translation was made from tells readers whether it is behind a correction."""
    job = making.published()
    was = cast.fresh(job.article).made_from
    original = cast.corrected_again(cast.fresh(job.original))
    freshness.follow(original)
    job = making.fresh(job)
    job = jobs.accept(job, by=cast.user("tudor"), version=job.version)
    client.force_login(cast.user("tudor"))
    client.post(reverse("admin:translations_job_slug", args=[job.pk]), {"slug": "comisia-convine"})
    assert (cast.fresh(job.article).slug, cast.fresh(job.article).made_from) == ("comisia-convine", was)
    making.fill(job)
    job = making.fresh(job)
    job = jobs.deliver(job, by=cast.user("tudor"), version=job.version)
    assert cast.fresh(job.article).made_from == job.base != was


def test_a_receiver_that_raises_refuses_the_finish():
    job = making.revising()

    def refuse(**_signal):
        raise Refused("The ledger is shut.")

    finished.connect(refuse)
    try:
        with pytest.raises(Refused, match="ledger"):
            jobs.finish(job, by=cast.user("emil"), version=job.version, read=True)
    finally:
        finished.disconnect(refuse)
    assert making.fresh(job).state == JobState.REVISING
    assert cast.fresh(job.article).state == DeskState.DRAFT


def test_what_happened_stays_as_it_was():
    job = making.asked()
    event = job.events.get()
    for act in (
        lambda: JobEvent.objects.filter(pk=event.pk).update(note="x"),
        lambda: JobEvent.objects.filter(pk=event.pk).delete(),
        lambda: connection.cursor().execute("UPDATE translations_jobevent SET note = 'x'"),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            act()


def test_a_story_put_aside_can_be_asked_for_again():
    job = making.done()
    with pytest.raises(Refused, match="spike that first"):
        jobs.cancel(job, by=cast.user("elena"), version=job.version, note="No.")
    article = cast.fresh(job.article)
    filing.spike(article, by=cast.user("elena"), version=article.version, note="Overtaken.")
    jobs.cancel(making.fresh(job), by=cast.user("elena"), version=job.version, note="Overtaken.")
    again = making.accepted(job.original)
    assert again.article_id != job.article_id


def test_the_logged_steps_of_the_story_tell_who_had_it():
    job = making.done()
    logged = list(Transition.objects.filter(article=job.article).order_by("id").values_list("step", "by__username"))
    assert logged[:2] == [("submit", "emil"), ("claim", "emil")]


def test_what_the_desk_does_with_the_original_meanwhile_is_not_for_translators(client):
    job = making.accepted()
    cast.edit(cast.fresh(job.original), cast.user("elena"), headline="Not for all to see yet")
    job = making.fresh(job)
    client.force_login(cast.user("tudor"))
    assert "Not for all to see" not in client.get(f"/admin/translations/job/{job.pk}/import/").content.decode()
    assert "Not for all to see" not in proposing.sheet(job).headline
    job = jobs.cancel(job, by=cast.user("elena"), version=job.version, note="The story is dropped.")
    fee = amounts.kill_fee(
        job, contributor=cast.contributor("tudor"), role="translator", amount=Decimal(5), currency="MDL",
        reason="It was begun.", by=cast.user("clara"),
    )  # fmt: skip
    assert fee.title == job.headline


@pytest.mark.parametrize("field", ["headline", "picture-1-alt", "fact-1-figure"])
def test_what_a_story_can_not_be_without_is_not_left_out(field):
    job = making.accepted()
    segment = Segment.objects.get(job=job, field="headline")
    Segment.objects.filter(pk=segment.pk).update(field=field)
    with pytest.raises(Refused, match="can't be without"):
        saving.omit(segment.pk, by=cast.user("tudor"), version=segment.version, reason="Not needed.")
    making.fill(job)
    Segment.objects.filter(pk=segment.pk).update(target="", omitted="An older reason.")
    job = making.fresh(job)
    with pytest.raises(Refused, match="can't be left out"):
        jobs.deliver(job, by=cast.user("tudor"), version=job.version)


@pytest.mark.parametrize("way", ["reassign", "decline", "expire"])
def test_helpers_go_with_the_translator_whom_they_helped(way):
    job = making.accepted()
    elena = cast.user("elena")
    job.helpers.set([elena])
    if way == "reassign":
        making.byline("elena", "ro")
        jobs.reassign(job, by=elena, version=job.version, translator=elena)
    elif way == "decline":
        jobs.decline(job, by=cast.user("tudor"), version=job.version, note="No time.")
    else:
        jobs.expire_claims(timezone.now() + timedelta(days=30))
    assert making.fresh(job).translator == (elena if way == "reassign" else None)
    assert not job.helpers.exists()


def test_a_post_editor_is_not_credited_as_translator_besides():
    job = making.accepted()
    job.article.credits.filter(role=CreditRole.TRANSLATOR).update(role=CreditRole.POST_EDITOR)
    making.fill(job)
    jobs.deliver(job, by=cast.user("tudor"), version=job.version)
    roles = job.article.credits.filter(contributor__user=cast.user("tudor")).values_list("role", flat=True)
    assert list(roles) == [CreditRole.POST_EDITOR]
