"""Work is paid once, whether its logged credit is approved first or the translation accepted first."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from tests import cast
from tests.desk.typing_in import at_desk
from tests.translations import making, pay
from translations import amounts, jobs, ledger, logging_credits, recording, verifying
from translations.models import Job, LedgerEntry, LoggedWork

pytestmark = pytest.mark.django_db


def logged(job: Job, name: str = "tudor", role: str = "translator") -> LoggedWork:
    """The credit that *name* logs for the job's translation."""
    cast.contributor(name)
    work = LoggedWork(article=job.article, role=role, text="Patru cuvinte de probă.", done_on=timezone.localdate())
    return logging_credits.log(work, by=cast.user(name))


def entered(job: Job, name: str = "tudor", role: str = "translator") -> LedgerEntry:
    return logging_credits.approve(logged(job, name, role), by=cast.user("clara"))


def finish(job: Job, client: Client) -> str:
    address = reverse("admin:translations_job_step", args=[job.pk, "finish"])
    return client.post(address, {"version": job.version, "read": "on"}, follow=True).content.decode()


def test_what_a_logged_credit_brought_is_not_entered_again():
    pay.card()
    job = making.revising()
    entry = entered(job)
    emil = at_desk("emil")
    said = f"it is not entered again: Tudor Byline, translator, entry № {entry.seq}."
    assert said in emil.get(reverse("admin:translations_job_step", args=[job.pk, "finish"])).content.decode()
    assert said in finish(job, emil)
    job = making.fresh(job)
    assert job.state == "done"
    assert said in job.events.last().note
    assert list(LedgerEntry.objects.filter(kind="work")) == [entry]
    assert verifying.entries() == (1, None)


def test_the_log_says_it_in_the_newsrooms_language():
    job = making.revising()
    entered(job)
    with translation.override("ro"):
        jobs.finish(job, by=cast.user("emil"), version=job.version, read=True)
    assert "not entered again" in making.fresh(job).events.last().note


def test_what_was_reversed_is_entered():
    pay.card()
    job = making.revising()
    amounts.reverse(entered(job), reason="Wrong.", by=cast.user("clara"))
    assert "not entered again" not in finish(job, at_desk("emil"))
    assert LedgerEntry.objects.filter(kind="work", job=job).count() == 1


def test_another_role_and_a_later_round_are_other_work():
    pay.card()
    job = pay.job()
    entered(job, role="proofreader")
    assert recording.paid_by_hand(job)
    assert [row.role for row in recording.record(job, by=cast.user("elena"))] == ["translator"]
    job.round = 2
    assert not recording.paid_by_hand(job)


def test_the_revisers_own_does_not_wait_besides():
    job = pay.job()
    entered(job, "emil", "reviser")
    assert [row.role for row in recording.record(job, by=cast.user("emil"))] == ["translator"]
    assert not LoggedWork.objects.filter(state="waiting").exists()


def test_who_shared_work_that_is_entered_as_a_whole_waits_for_an_editor():
    pay.card()
    cast.contributor("rita")
    job = pay.job()
    pay.segment(job, 3, "x" * 75, "rita")
    entered(job)
    assert recording.record(job, by=cast.user("elena")) == []
    waiting = LoggedWork.objects.get(state="waiting")
    assert (waiting.contributor.slug, waiting.share) == ("rita", ledger.WHOLE / 2)


def test_a_translator_without_a_byline_is_said_where_it_is_refused():
    job = making.revising()
    entered(job)
    cast.contributor("tudor").__class__.objects.filter(slug="tudor").update(user=None)
    page = at_desk("emil").get(reverse("admin:translations_job_step", args=[job.pk, "finish"]))
    assert page.status_code == 200


class TestApproving:
    def screen(self, name: str, work: LoggedWork) -> str:
        return at_desk(name).get(reverse("admin:translations_loggedwork_change", args=[work.pk])).content.decode()

    def test_the_screen_says_beforehand_what_is_entered(self):
        pay.card()
        job = pay.job()
        work = logged(job)
        assert 'value="approve"' in self.screen("clara", work)
        entry = recording.record(job, by=cast.user("elena"))[0]
        address = reverse("admin:translations_ledgerentry_change", args=[entry.pk])
        for name, linked in (("clara", True), ("emil", False)):
            page = self.screen(name, work)
            assert "The ledger has this work already:" in page
            assert f"entry № {entry.seq}" in page
            assert (address in page) is linked
            assert 'value="approve"' not in page
            assert 'value="decline"' in page

    def test_an_approval_that_comes_too_late_enters_nothing(self):
        job = pay.job()
        work = logged(job)
        recording.record(job, by=cast.user("elena"))
        answer = at_desk("clara").post(
            reverse("admin:translations_loggedwork_change", args=[work.pk]), {"_act": "approve"}
        )
        assert answer.status_code == 403
        assert "The ledger has this work already:" in answer.content.decode()
        assert LedgerEntry.objects.count() == 1
