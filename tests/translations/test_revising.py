"""What a reviser answers for: each segment that they have confirmed, and the rest by saying so."""

import pytest

from articles.errors import Refused
from tests import cast
from tests.desk.typing_in import at_desk, page, words
from tests.translations import making
from translations import jobs, saving
from translations.enums import JobState, SegmentState
from translations.models import Segment

pytestmark = pytest.mark.django_db


def confirm_first(job):
    segment = job.segments.order_by("position").first()
    saving.confirm(segment.pk, by=cast.user("emil"), version=segment.version, target=segment.target)
    return segment


def test_what_is_not_confirmed_as_revised_is_not_accepted_unsaid():
    job = making.revising()
    confirmed = confirm_first(job)
    left = job.segments.count() - 1
    with pytest.raises(Refused, match=f"{left} segments are not confirmed as revised"):
        jobs.finish(job, by=cast.user("emil"), version=job.version)
    assert making.fresh(job).state == JobState.REVISING
    jobs.finish(job, by=cast.user("emil"), version=job.version, read=True)
    assert f"{left} segments are not confirmed" in job.events.last().note
    revised = Segment.objects.filter(job=job, state=SegmentState.FINAL, revised_by=cast.user("emil"))
    assert list(revised) == [confirmed]


def test_what_is_confirmed_in_whole_needs_no_word_more():
    job = making.revising()
    for segment in job.segments.all():
        saving.confirm(segment.pk, by=cast.user("emil"), version=segment.version, target=segment.target)
    client = at_desk("emil")
    address = f"/admin/translations/job/{job.pk}/step/finish/"
    assert b'name="read"' not in client.get(address).content
    assert client.post(address, {"version": job.version, "note": ""}).status_code == 302
    assert making.fresh(job).state == JobState.DONE


def test_the_confirm_page_counts_them_leads_to_the_first_and_asks():
    job = making.revising()
    confirm_first(job)
    second = job.segments.order_by("position")[1]
    client = at_desk("emil")
    address = f"/admin/translations/job/{job.pk}/step/finish/"
    answer = client.get(address)
    assert f"{job.segments.count() - 1} segments are not confirmed as revised." in words(answer)
    [way] = page(answer).xpath("//a[contains(text(), 'Go to the first')]/@href")
    assert way == f"/admin/translations/job/{job.pk}/work/?segment={second.pk}#s-{second.pk}"
    refused = client.post(address, {"version": job.version, "note": "All well."})
    assert refused.status_code == 422
    assert "say that you have read them" in words(refused)
    assert "All well." in words(refused)
    assert making.fresh(job).state == JobState.REVISING
    assert client.post(address, {"version": job.version, "note": "", "read": "on"}).status_code == 302
    assert making.fresh(job).state == JobState.DONE


def test_the_reviser_s_comment_stands_at_the_head_of_the_workbench():
    job = making.revising(brief="Keep it short.")
    job = jobs.send_back(job, by=cast.user("emil"), version=job.version, note="Look at the names.")
    shown = words(at_desk("tudor").get(f"/admin/translations/job/{job.pk}/work/"))
    assert "Keep it short." in shown
    assert "Returned by Emil" in shown
    assert "Look at the names." in shown


def test_the_preview_names_the_translator_as_the_page_will():
    job = making.accepted()
    shown = words(at_desk("tudor").get(f"/admin/translations/job/{job.pk}/work/preview/"))
    assert "Tudor" in shown.split("Traducere din engleză", 1)[1][:60]


def test_what_stands_against_a_delivery_leads_to_its_segment_and_names_it_once():
    job = making.accepted()
    making.fill(job)
    number, left = job.segments.filter(source__regex=r"\d").first(), job.segments.order_by("position").last()
    assert number.pk != left.pk
    Segment.objects.filter(pk=number.pk).update(target="Ro fără cifre")
    Segment.objects.filter(pk=left.pk).update(target="", state=SegmentState.INITIAL)
    answer = at_desk("tudor").get(f"/admin/translations/job/{job.pk}/step/deliver/")
    work = f"/admin/translations/job/{job.pk}/work/"
    [box] = page(answer).find_class("obstacles")
    ways = box.xpath(".//li/a/@href")
    assert f"{work}?segment={number.pk}#s-{number.pk}" in ways
    assert ways.count(f"{work}?segment={left.pk}#s-{left.pk}") == 1
    assert "Segments neither translated nor left out with a reason: 1." in words(answer)
