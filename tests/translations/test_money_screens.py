"""The screens of credits and money: who sees what, the forms, files, queues and reports."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from articles.models import Credit
from tests import cast
from tests.desk.typing_in import at_desk
from tests.translations import pay
from translations import amounts, ledger, logging_credits, reports, statements
from translations.models import Job, JobEvent, LedgerEntry, LoggedWork, RateCard, Statement

pytestmark = pytest.mark.django_db
EVERYBODY = ("rita", "tudor", "elena", "clara", "adam", "sam", "nora")


def page(name: str, *args: Any) -> str:
    return reverse(f"admin:translations_{name}", args=args)


def do(client: Client, address: str, act: str, **typed: Any) -> Any:
    return client.post(address, {"_act": act, **{f"{act}-{name}": value for name, value in typed.items()}})


@pytest.fixture
def issued() -> Statement:
    pay.card(unit="word", unit_size=1)
    pay.work("A story elsewhere")
    draft = statements.draw(cast.contributor("tudor"), ledger.period(timezone.now()), "MDL", by=cast.user("clara"))
    return statements.issue(draft, by=cast.user("clara"), version=draft.version)


class TestWhoSees:
    def answers(self, address: str) -> dict[str, int]:
        return {name: at_desk(name).get(address).status_code for name in EVERYBODY}

    @pytest.mark.parametrize("name", ["change", "print", "csv", "xlsx"])
    def test_a_statement_is_its_contributors_and_the_chiefs(self, issued, name):
        seen = self.answers(page(f"statement_{name}", issued.pk))
        assert [who for who, status in seen.items() if status == 200] == ["tudor", "clara"]
        assert {status for who, status in seen.items() if who not in {"tudor", "clara"}} <= {302, 403, 404}

    def test_a_draft_is_the_chiefs_alone(self):
        pay.card()
        pay.work()
        draft = statements.draw(cast.contributor("tudor"), ledger.period(timezone.now()), "MDL", by=cast.user("clara"))
        assert [who for who, status in self.answers(page("statement_change", draft.pk)).items() if status == 200] == [
            "clara"
        ]

    def test_rates_are_the_chiefs(self):
        card = pay.card()
        for address in (page("ratecard_changelist"), page("ratecard_add"), page("ratecard_change", card.pk)):
            assert [who for who, status in self.answers(address).items() if status == 200] == ["clara"]

    def test_an_entry_is_its_contributors_and_the_chiefs(self):
        entry = pay.work()
        assert [who for who, status in self.answers(page("ledgerentry_change", entry.pk)).items() if status == 200] == [
            "tudor",
            "clara",
        ]

    def test_a_logged_credit_is_its_contributors_and_the_editors(self):
        logged = a_logged_credit()
        seen = [who for who, status in self.answers(page("loggedwork_change", logged.pk)).items() if status == 200]
        assert seen == ["tudor", "elena", "clara"]

    def test_reports_are_the_editors(self):
        seen = self.answers(reverse("admin:translation_reports"))
        assert [who for who, status in seen.items() if status == 200] == ["elena", "clara"]

    def test_lists_hold_ones_own(self, issued):
        pay.work("Not yours", contributor=cast.contributor("rita"))
        told = at_desk("tudor").get(page("ledgerentry_changelist")).content.decode()
        assert "A story elsewhere" in told
        assert "Not yours" not in told
        assert issued.name not in at_desk("rita").get(page("statement_changelist")).content.decode()

    def test_no_row_is_added_changed_or_deleted_by_django(self, issued):
        client = at_desk("clara")
        for name, row in (("statement", issued), ("ledgerentry", LedgerEntry.objects.get())):
            assert client.post(page(f"{name}_delete", row.pk), {"post": "yes"}).status_code == 403
        assert client.post(page("statement_add"), {}).status_code == 403
        assert at_desk("elena").post(page("ledgerentry_add"), {}).status_code == 403


class TestActs:
    def test_a_month_from_drafts_to_paid(self):
        pay.card(unit="word", unit_size=1)
        pay.work()
        chief, translator = at_desk("clara"), at_desk("tudor")
        month = ledger.period(timezone.now())
        assert chief.post(page("statement_draw_up"), {"month": month}).status_code == 302
        statement = Statement.objects.get()
        address = page("statement_change", statement.pk)
        assert do(chief, address, "issue", version=statement.version).status_code == 302
        assert (
            do(translator, address, "dispute", version=statement.version + 1, reason="Too little.").status_code == 302
        )
        for name, told in (("clara", True), ("elena", False)):
            assert ("Statements to settle" in at_desk(name).get("/admin/").content.decode()) is told
        assert do(translator, address, "acknowledge", version=statement.version + 2).status_code == 302
        paid = {"paid_on": "2026-01-05", "amount": "360.00", "currency": "MDL", "fx_rate": "1"}
        assert do(chief, address, "pay", version=statement.version + 3, **paid).status_code == 302
        assert "Statements to settle" not in chief.get("/admin/").content.decode()
        statement.refresh_from_db()
        assert (statement.state, statement.total) == ("paid", 360)

    def test_an_old_screen_is_refused_and_can_be_sent_again(self, issued):
        answer = do(
            at_desk("tudor"), page("statement_change", issued.pk), "dispute", version=0, reason="Line 1 is short."
        )
        assert answer.status_code == 409
        assert "Line 1 is short." in answer.content.decode()
        assert f'name="dispute-version" value="{issued.version}"' in answer.content.decode()

    def test_an_act_that_is_not_open_does_nothing(self, issued):
        assert (
            do(at_desk("clara"), page("statement_change", issued.pk), "acknowledge", version=issued.version).status_code
            == 403
        )
        assert (
            do(at_desk("tudor"), page("statement_change", issued.pk), "pay", version=issued.version).status_code == 403
        )

    def test_a_refused_payment_keeps_what_was_typed(self, issued):
        statements.acknowledge(issued, by=cast.user("tudor"), version=issued.version)
        typed = {
            "paid_on": "2026-01-05",
            "amount": "999999.00",
            "currency": "MDL",
            "fx_rate": "1",
            "reference": "PO 77",
        }
        answer = do(at_desk("clara"), page("statement_change", issued.pk), "pay", version=issued.version + 1, **typed)
        assert answer.status_code == 422
        assert "more than is left" in answer.content.decode()
        assert "PO 77" in answer.content.decode()

    def test_the_chief_introduces_and_ends_a_rate(self):
        typed = {
            "role": "translator", "unit": "character", "unit_size": "1800", "count_spaces": "on", "basis": "source",
            "price": "90", "currency": "mdl", "minimum_units": "0", "minimum_amount": "0", "rounding": "exact",
            "urgent_factor": "1.5", "special_factor": "1.2", "valid_from": "2026-01-01", "band_exact": "0.30",
        }  # fmt: skip
        chief = at_desk("clara")
        assert chief.post(page("ratecard_add"), typed).status_code == 302
        below = chief.post(page("ratecard_add"), {**typed, "price": "-1"})
        assert (below.status_code, "Constraint" in below.content.decode()) == (422, False)
        card = RateCard.objects.get()
        assert (card.currency, card.bands, card.created_by) == ("MDL", {"exact": "0.3"}, cast.user("clara"))
        refused = chief.post(page("ratecard_add"), {**typed, "valid_from": "2025-01-01", "note": "Kept"})
        assert refused.status_code == 422
        assert "Kept" in refused.content.decode()
        assert do(chief, page("ratecard_change", card.pk), "end", day="2026-12-01").status_code == 302
        assert RateCard.objects.get().valid_until is not None

    def test_the_chief_prices_adjusts_and_reverses(self):
        entry = pay.entry()
        pay.card()
        chief, address = at_desk("clara"), page("ledgerentry_change", entry.pk)
        assert "waits for a rate" in chief.get(address).content.decode()
        assert str(entry.seq) in chief.get(page("ledgerentry_changelist") + "?amount=none").content.decode()
        assert do(chief, address, "price").status_code == 302
        assert do(chief, address, "adjust", amount="-1.50", currency="MDL", reason="Tables.").status_code == 302
        assert do(chief, address, "reverse", reason="Wrong.").status_code == 422
        assert [row.kind for row in LedgerEntry.objects.order_by("seq")] == ["work", "adjustment", "adjustment"]

    def test_the_chief_enters_a_kill_fee(self):
        job = pay.job()
        type(job).objects.update(state="cancelled")
        typed = {
            "job": job.pk, "contributor": cast.contributor("tudor").pk, "role": "translator", "amount": "50.00",
            "currency": "mdl", "reason": "Called off.",
        }  # fmt: skip
        chief = at_desk("clara")
        assert chief.post(page("ledgerentry_add"), {**typed, "job": "999"}).status_code == 422
        assert chief.post(page("ledgerentry_add"), typed).status_code == 302
        assert (LedgerEntry.objects.get().kind, LedgerEntry.objects.get().currency) == ("kill_fee", "MDL")
        again = chief.post(page("ledgerentry_add"), typed)
        assert again.status_code == 422
        assert "Called off." in again.content.decode()

    def test_a_cancelled_job_leads_to_its_kill_fee_and_the_entry_back(self):
        job = pay.job()
        jobs_page, form = page("job_change", job.pk), f"{page('ledgerentry_add')}?job={job.pk}"
        chief = at_desk("clara")
        assert form not in chief.get(jobs_page).content.decode()
        Job.objects.filter(pk=job.pk).update(state="cancelled")
        assert form in chief.get(jobs_page).content.decode()
        assert form not in at_desk("elena").get(jobs_page).content.decode()
        shown = chief.get(form).content.decode()
        contributor = cast.contributor("tudor")
        assert f'<option value="{contributor.pk}" selected>' in shown
        assert '<option value="translator" selected>' in shown
        typed = {"job": job.pk, "contributor": contributor.pk, "role": "translator", "amount": "50", "currency": "MDL"}
        answer = chief.post(form, {**typed, "reason": "Called off."})
        assert f'href="{jobs_page}"' in chief.get(answer["Location"]).content.decode()
        assert f'href="{jobs_page}"' in at_desk("tudor").get(answer["Location"]).content.decode()

    @pytest.mark.parametrize("asked", ["", "x", "999", "9" * 30])
    def test_a_kill_fee_of_no_such_job_begins_empty(self, asked):
        contributor = cast.contributor("tudor")
        answer = at_desk("clara").get(f"{page('ledgerentry_add')}?job={asked}")
        assert answer.status_code == 200
        assert f'<option value="{contributor.pk}">' in answer.content.decode()

    def test_where_several_translated_the_form_asks_for_whom(self):
        job = pay.job()
        job.helpers.add(cast.user("rita"))
        Job.objects.filter(pk=job.pk).update(state="cancelled")
        told = at_desk("clara").get(f"{page('ledgerentry_add')}?job={job.pk}").content.decode()
        assert f'name="job" value="{job.pk}"' in told
        assert f'<option value="{cast.contributor("tudor").pk}">' in told

    @pytest.mark.parametrize("month", ["", "soon", "2026-13", "2999-01"])
    def test_a_wrong_month_is_explained(self, month):
        assert at_desk("clara").post(page("statement_draw_up"), {"month": month}).status_code == 422


def a_logged_credit(**fields: Any) -> LoggedWork:
    cast.contributor("tudor")
    values = {
        "url": "https://elsewhere.example/a", "title": "A story elsewhere", "source_language": "en",
        "target_language": "ro", "done_on": timezone.localdate(), "text": "unu doi trei",
    }  # fmt: skip
    return logging_credits.log(LoggedWork(**{**values, **fields}), by=cast.user("tudor"))


class TestLogging:
    ELSEWHERE = {
        "role": "translator", "url": "https://elsewhere.example/a", "title": "Elsewhere", "source_language": "en",
        "target_language": "ro", "done_on": "2026-11-20", "text": "unu doi trei", "basis": "target",
    }  # fmt: skip

    def send(self, **typed: Any) -> Any:
        cast.contributor("tudor")
        return at_desk("tudor").post(page("loggedwork_add"), typed)

    def test_a_story_elsewhere(self):
        assert self.send(**self.ELSEWHERE).status_code == 302
        assert (LoggedWork.objects.get().words, LoggedWork.objects.get().characters) == (3, 12)

    @pytest.mark.parametrize("by", ["number", "address", "headline"])
    def test_a_story_of_ours(self, by):
        story = cast.draft(by=cast.user("tudor"), language="ro", original=cast.live(), headline="Comisia convine")
        sought = {"number": str(story.pk), "address": f"http://x{story.get_absolute_url()}", "headline": "Comisia"}[by]
        assert self.send(role="translator", story=sought, done_on="2026-11-20", basis="target").status_code == 302
        assert LoggedWork.objects.get().article == story

    def test_several_stories_are_offered(self):
        for _number in range(2):
            cast.draft(by=cast.user("tudor"), headline="Comisia convine")
        answer = self.send(role="translator", story="Comisia", done_on="2026-11-20", basis="target")
        assert answer.status_code == 422
        assert answer.content.decode().count('name="article"') == 2

    def test_a_story_that_they_do_not_see_is_not_found(self):
        hidden = cast.draft()
        answer = self.send(role="translator", story=str(hidden.pk), done_on="2026-11-20", basis="target")
        assert "No story that you see" in answer.content.decode()
        assert (
            self.send(role="translator", article=str(hidden.pk), done_on="2026-11-20", basis="target").status_code
            == 422
        )
        assert not LoggedWork.objects.exists()

    @pytest.mark.parametrize(
        "wrong",
        [{"url": ""}, {"url": "javascript:alert(1)"}, {"title": ""}, {"target_language": ""}, {"target_language": "en"},
         {"text": ""}, {"done_on": "soon"}, {"role": "king"}],
    )  # fmt: skip
    def test_what_is_missing_is_said_and_nothing_is_lost(self, wrong):
        answer = self.send(**{**self.ELSEWHERE, "note": "Kept note", **wrong})
        assert answer.status_code == 422
        assert "Kept note" in answer.content.decode()
        assert not LoggedWork.objects.exists()

    def test_without_a_script_the_server_counts(self):
        answer = self.send(**{**self.ELSEWHERE, "_count": "Count"})
        assert answer.status_code == 200
        assert "3 words, 12 characters with spaces, 10 characters without spaces" in answer.content.decode()
        assert not LoggedWork.objects.exists()

    def test_languages_and_role_are_filled_in(self):
        a_logged_credit(role="reviser", source_language="ru")
        told = at_desk("tudor").get(page("loggedwork_add") + "?story=12").content.decode()
        assert '<option value="reviser" selected>' in told
        assert '<option value="ru" selected>' in told
        assert 'value="12"' in told

    def test_who_has_no_byline_is_told_so(self):
        assert "no byline" in at_desk("tudor").get(page("loggedwork_add")).content.decode()

    def test_an_editor_approves_from_the_front_page(self):
        logged = a_logged_credit()
        address = page("loggedwork_change", logged.pk)
        editor = at_desk("elena")
        assert address in editor.get("/admin/").content.decode()
        assert "Approve" not in at_desk("tudor").get(address).content.decode()
        assert do(at_desk("tudor"), address, "approve").status_code == 403
        assert do(editor, address, "approve").status_code == 302
        assert LedgerEntry.objects.get().logged == logged
        assert address not in editor.get("/admin/").content.decode()

    def test_a_missing_credit_is_the_editors_business(self):
        story = cast.draft(by=cast.user("tudor"), language="ro", original=cast.live())
        Credit.objects.filter(article=story, role="translator").delete()
        logged = a_logged_credit(article=story)
        assert "refile" in at_desk("elena").get(page("loggedwork_change", logged.pk)).content.decode()


def finish(job: Job, hours: int) -> None:
    """The job's first round is accepted now, so many hours after it was asked for."""
    at = timezone.now()
    Job.objects.filter(pk=job.pk).update(requested_at=at - timedelta(hours=hours))
    JobEvent.objects.create(job=job, step="finish", to_state="done", round=1, by=cast.user("elena"), at=at)


class TestReports:
    def test_they_add_up(self, django_assert_max_num_queries):
        pay.card()
        entry = pay.entry()
        pay.work("Second", "one two three")
        amounts.reverse(pay.work("Third", "four five"), reason="Wrong.", by=cast.user("clara"))
        month = ledger.period(timezone.now())
        (pair,) = reports.by_pair(month, month)
        assert (pair.name, pair.words, pair.characters) == ("en→ro", entry.words + 3, entry.characters + 13)
        for report in (reports.by_person, reports.by_section, reports.by_month):
            assert sum(line.characters for line in report(month, month)) == pair.characters
        assert reports.by_pair(month, month, "reviser") == []
        client = at_desk("elena")
        with django_assert_max_num_queries(22):
            answer = client.get(reverse("admin:translation_reports"))
        assert "<svg" in answer.content.decode()

    def test_as_a_file(self):
        pay.work("Second", "one two three")
        answer = at_desk("elena").get(reverse("admin:translation_reports") + "?as=csv")
        assert "pair,en→ro,3,13,,," in answer.content.decode()

    def test_turnaround_by_month(self):
        for hours in (12, 36, 240):
            finish(pay.job(original=cast.live(headline=f"Story {hours}")), hours)
        month = ledger.period(timezone.now())
        *before, line = reports.turnaround_by_month("2026-01", month)
        assert (line.name, line.jobs, line.days) == (month, 3, (Decimal("1.5"), Decimal("10.0")))
        assert {(other.jobs, other.days) for other in before} == {(0, (Decimal("0.0"), Decimal("0.0")))}
        client = at_desk("elena")
        screen = client.get(reverse("admin:translation_reports")).content.decode()
        assert '<td class="number">1.5</td><td class="number">10.0</td>' in screen
        assert 'aria-labelledby="report-days"' in screen
        file = client.get(reverse("admin:translation_reports") + "?as=csv").content.decode()
        assert f"turnaround_month,{month},,,3,36.0,240.0,,,," in file

    def test_the_languages_that_readers_have(self):
        original = cast.live()
        pay.published(pay.job(original=original))
        cast.live(headline="Another story")
        stories, languages = reports.languages()
        told = {line.code: (line.fresh, line.minor, line.stale, line.missing) for line in languages}
        assert (stories, told) == (2, {"en": (0, 0, 0, 0), "ro": (1, 0, 0, 1), "ru": (0, 0, 0, 2), "uk": (0, 0, 0, 2)})
        client = at_desk("elena")
        screen = client.get(reverse("admin:translation_reports")).content.decode()
        assert 'aria-labelledby="report-languages"' in screen
        assert "appeared last are looked at: 2, and never more than 200" in screen
        file = client.get(reverse("admin:translation_reports") + "?as=csv").content.decode()
        assert "language,ro,,,,,,1,0,0,1" in file

    def test_no_more_than_the_newest_stories_are_looked_at(self, monkeypatch):
        for number in range(3):
            cast.live(headline=f"Story {number}")
        monkeypatch.setattr(reports, "STORIES", 2)
        assert reports.languages()[0] == 2

    def test_more_of_everything_costs_as_many_queries(self, django_assert_num_queries):
        client, address = at_desk("elena"), reverse("admin:translation_reports")
        finish(pay.published(pay.job()), 5)
        client.get(address)
        with CaptureQueriesContext(connection) as few:
            client.get(address)
        for number in range(3):
            finish(pay.job(original=cast.live(headline=f"Story {number}")), number)
            pay.work(f"Story {number}")
        with django_assert_num_queries(len(few)):
            client.get(address)

    def test_turnaround(self):
        job = pay.job()
        at = job.requested_at + timedelta(hours=5)
        JobEvent.objects.create(job=job, step="finish", to_state="done", round=1, by=cast.user("elena"), at=at)
        month = ledger.period(at)
        (line,) = reports.turnaround(month, month)
        assert (line.name, line.jobs, line.median, line.longest) == ("en→ro", 1, Decimal("5.0"), Decimal("5.0"))

    @pytest.mark.parametrize(
        "asked", ["first=x", "last=2026-13", "first=2026-05&last=2026-04", "first=2020-01", "role=king"]
    )
    def test_a_wrong_stretch_is_explained(self, asked):
        assert at_desk("elena").get(reverse("admin:translation_reports") + "?" + asked).status_code == 422


def test_a_statement_of_many_lines_costs_as_many_queries(issued, django_assert_max_num_queries):
    for number in range(12):
        pay.work(f"Story {number}")
    month = ledger.period(timezone.now())
    draft = statements.draw(cast.contributor("tudor"), month, "MDL", by=cast.user("clara"))
    client = at_desk("clara")
    with django_assert_max_num_queries(22):
        client.get(page("statement_change", draft.pk))
