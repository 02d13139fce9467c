"""What of a translation is counted: what was translated of it, and in a later round what the original asked for."""

from decimal import Decimal

import pytest
from django.test import TestCase
from django.urls import reverse
from django.utils import timezone

from articles.enums import Change
from articles.errors import Refused
from articles.workflow import filing, publishing
from tests import cast
from tests.desk.typing_in import at_desk
from tests.translations import making, pay
from translations import amounts, jobs, ledger, logging_credits, rates, recording, saving, verifying
from translations.counting import count, count_document
from translations.models import Job, LedgerEntry, LoggedWork, Segment
from translations.segmenting import plain

pytestmark = pytest.mark.django_db
LONG = "<p>The first sentence stays. " + "Long words go on and on. " * 20 + "</p>"


def tudor():
    return cast.user("tudor")


def to_the_desk(job: Job) -> LedgerEntry:
    """Delivers, revises and accepts; the translator's entry."""
    job = making.fresh(job)
    job = jobs.deliver(job, by=tudor(), version=job.version)
    job = jobs.take_up(job, by=cast.user("emil"), version=job.version)
    jobs.finish(job, by=cast.user("emil"), version=job.version, read=True)
    return LedgerEntry.objects.filter(role="translator").latest("seq")


def leave_out(rows) -> None:
    for row in rows:
        row.refresh_from_db()
        saving.omit(row.pk, by=tudor(), version=row.version, reason="Known to readers here.")


def again(story, **fields) -> Job:
    """The original is corrected; its translation is accepted again by Tudor."""
    article = cast.edit(story, cast.user("elena"), **fields)
    article = filing.approve(article, by=cast.user("emil"), version=article.version)
    with TestCase.captureOnCommitCallbacks(execute=True):
        publishing.publish(
            article, by=cast.user("emil"), version=article.version, change=Change.CORRECTION, note="A word was wrong."
        )
    job = Job.objects.get(original=story)
    return jobs.accept(job, by=tudor(), version=job.version)


class TestFirstRound:
    def test_what_was_left_out_is_not_paid(self):
        card = pay.card(bands={"new": "1", "exact": "0.5"})
        job = making.accepted(cast.live(body=cast.BODY + LONG))
        making.fill(job)
        long = Segment.objects.filter(job=job, source__startswith="Long words")
        leave_out(long)
        entry = to_the_desk(job)
        rows = Segment.objects.filter(job=job, omitted="", field__in=["headline", "standfirst", "body"])
        said = " ".join(row.source for row in rows.order_by("position"))
        assert long.count() == 20
        assert "Long words" not in entry.text
        assert entry.words == count(plain(said)).words < count_document(job.base.document).words - 90
        assert sum(entry.bands.values()) == sum(len(plain(row.source)) for row in rows)
        assert entry.amount == rates.price(rates.terms_of(card), ledger.figures_of(entry), bands=entry.bands).amount
        assert verifying.entries() == (1, None)

    def test_where_nothing_was_left_out_the_whole_text_is_counted(self):
        pay.card()
        job = making.accepted(cast.live(body=cast.BODY + LONG))
        making.fill(job)
        entry = to_the_desk(job)
        whole = count_document(job.base.document)
        assert (entry.text, entry.characters, entry.text_sha256) == ("", whole.characters, whole.sha256)

    def test_what_counts_nothing_may_be_left_out(self):
        pay.card()
        job = making.accepted(cast.live(kicker="Danube"))
        making.fill(job)
        leave_out(Segment.objects.filter(job=job, field="kicker"))
        entry = to_the_desk(job)
        assert (entry.text, entry.text_sha256) == ("", count_document(job.base.document).sha256)

    def test_the_pieces_of_a_text_count_as_the_text(self):
        job = making.accepted(cast.live(body=cast.BODY + making.EIGHT + "<ul><li>One point.</li><li>Two.</li></ul>"))
        pieces = recording._pieces(Segment.objects.filter(job=job), "source")
        assert count(pieces.story) == count_document(job.base.document)

    def test_what_waited_for_a_rate_is_priced_by_what_was_translated(self):
        job = making.accepted(cast.live(body=cast.BODY + LONG))
        making.fill(job)
        leave_out(Segment.objects.filter(job=job, source__startswith="Long words"))
        entry = to_the_desk(job)
        pay.card()
        priced = amounts.price(entry, by=cast.user("clara"))
        assert (priced.characters, priced.text) == (entry.characters, entry.text)
        assert verifying.entries() == (2, None)

    def test_a_rate_of_the_translation_prices_the_text_that_stands(self):
        job = making.accepted(cast.live(body=cast.BODY + LONG))
        making.fill(job)
        leave_out(Segment.objects.filter(job=job, source__startswith="Long words"))
        entry = to_the_desk(job)
        pay.card(basis="target")
        priced = amounts.price(entry, by=cast.user("clara"))
        assert priced.text_sha256 == count_document(cast.fresh(job.article).head.document).sha256
        assert verifying.entries() == (2, None)


class TestLaterRounds:
    @pytest.fixture
    def story(self):
        pay.card()
        return cast.live(body=making.EIGHT)

    def changed(self, story) -> Job:
        making.published(story)
        return again(story, body=story.body.replace("Paragraph 3 says that", "Paragraph 3 denies that"))

    def test_what_the_translator_touched_besides_is_not_paid_again(self, story):
        job = self.changed(story)
        for row in Segment.objects.filter(job=job):
            saving.confirm(row.pk, by=tudor(), version=row.version, target=f"{row.target}!")
        entry = to_the_desk(job)
        assert entry.text == "Paragraph 3 denies that the talks went on."
        assert (entry.round, entry.characters) == (2, len(entry.text))
        assert sum(entry.bands.values()) == entry.characters

    def test_nor_what_was_emptied_reopened_or_split_first(self, story):
        job = self.changed(story)
        stale = Segment.objects.get(job=job, stale=True)
        saving.confirm(stale.pk, by=tudor(), version=stale.version, target="Paragraful 3 nu spune.")
        first, second, third = Segment.objects.filter(job=job, field="body", paragraph=5)
        emptied = saving.save(first.pk, by=tudor(), version=first.version, target="")
        saving.confirm(first.pk, by=tudor(), version=emptied.version, target="Altfel, 6.")
        opened = saving.reopen(second.pk, by=tudor(), version=second.version)
        saving.confirm(second.pk, by=tudor(), version=opened.version, target=second.target)
        for half in saving.split(third.pk, by=tudor(), version=third.version, offset=5):
            saving.confirm(half.pk, by=tudor(), version=half.version, target="Jumătate.")
        assert to_the_desk(job).text == stale.source

    def test_what_is_new_or_was_left_out_before_is_paid(self, story):
        job = making.accepted(story)
        making.fill(job)
        left = Segment.objects.filter(job=job, field="body", paragraph=7).first()
        leave_out([left])
        first = to_the_desk(job)
        assert left.source not in first.text
        article = making.waived(job.article) if cast.fresh(job.article).state == "editing" else cast.fresh(job.article)
        publishing.publish(article, by=cast.user("emil"), version=article.version)
        job = again(story, body=story.body + "<p>A paragraph is new.</p>")
        left.refresh_from_db()
        opened = saving.reopen(left.pk, by=tudor(), version=left.version)
        saving.confirm(left.pk, by=tudor(), version=opened.version, target="Acum se traduce 8.")
        making.fill(job)
        assert to_the_desk(job).text == f"{left.source}\nA paragraph is new."
        assert verifying.entries() == (2, None)

    def test_what_stays_left_out_is_not_paid(self, story):
        job = making.accepted(story)
        making.fill(job)
        leave_out([Segment.objects.filter(job=job, field="body", paragraph=7).first()])
        to_the_desk(job)
        article = making.waived(job.article) if cast.fresh(job.article).state == "editing" else cast.fresh(job.article)
        publishing.publish(article, by=cast.user("emil"), version=article.version)
        job = again(story, body=story.body + "<p>A paragraph is new.</p>")
        making.fill(job)
        assert to_the_desk(job).text == "A paragraph is new."

    def test_a_repetition_of_what_stood_is_work_of_its_round(self, story):
        making.published(story)
        job = again(story, body=story.body + "<p>And a third one says why.</p>")
        stood = Segment.objects.filter(job=job, source="And a third one says why.").exclude(target="").first()
        saving.confirm(stood.pk, by=tudor(), version=stood.version, target=f"{stood.target} ")
        making.fill(job)
        assert to_the_desk(job).text == "And a third one says why."

    def test_what_changed_is_not_merged_with_what_did_not(self, story):
        job = self.changed(story)
        first, second = Segment.objects.filter(job=job, field="body", paragraph=2)[:2]
        assert (first.stale, second.stale) == (True, False)
        with pytest.raises(Refused, match="apart"):
            saving.merge(first.pk, by=tudor(), version=first.version, next_version=second.version)
        second, third = Segment.objects.filter(job=job, field="body", paragraph=2)[1:]
        saving.merge(second.pk, by=tudor(), version=second.version, next_version=third.version)

    @pytest.mark.parametrize("captions", [False, True])
    def test_pictures_count_where_the_rate_says_so(self, captions):
        pay.card(role="post_editor")
        card = pay.card(captions=captions, bands={"new": "1", "75": "0.5"}, valid_from=pay.LONG_AGO.replace(year=2021))
        job = pay.job()
        job.round = 2
        job.save()
        pay.segment(job, 3, "Ten signs.", "tudor")
        pay.segment(job, 4, "A bridge.", "tudor", field="picture-1-alt", match=80)
        pay.segment(job, 5, "Danube", "tudor", field="kicker", match=80)
        entry = next(row for row in recording.record(job, by=cast.user("elena")) if row.role == "translator")
        assert entry.text.split("\n") == (["Ten signs.", "A bridge."] if captions else ["Ten signs."])
        assert entry.bands == ({"new": 10, "75": 9} if captions else {"new": 10})
        assert entry.amount == rates.price(rates.terms_of(card), ledger.figures_of(entry), bands=entry.bands).amount
        assert verifying.entries()[1] is None

    def test_pictures_alone_are_no_work_where_they_do_not_count(self):
        pay.card()
        job = pay.job()
        job.round = 2
        job.save()
        pay.segment(job, 4, "A bridge.", "tudor", field="picture-1-alt")
        assert recording.record(job, by=cast.user("elena")) == []


class TestShares:
    def log(self, name: str, **fields) -> LoggedWork:
        cast.contributor(name)
        values = {
            "title": "Elsewhere", "source_language": "en", "target_language": "ro", "done_on": timezone.localdate(),
            "text": "unu doi trei",
        }  # fmt: skip
        return logging_credits.log(LoggedWork(**{**values, **fields}), by=cast.user(name))

    def approve(self, logged: LoggedWork, by: str = "clara") -> LedgerEntry:
        return logging_credits.approve(logged, by=cast.user(by))

    @pytest.mark.parametrize("where", ["ours", "elsewhere"])
    def test_of_logged_credits_come_to_the_whole(self, where):
        pay.card()
        place = {"article": cast.live()} if where == "ours" else {"url": "https://elsewhere.example/a"}
        if where == "ours":
            place["role"] = "proofreader"
        self.approve(self.log("tudor", share=Decimal("0.6"), **place))
        more = self.log("emil", share=Decimal("0.5"), **place)
        with pytest.raises(Refused, match=r"0\.6 already"):
            self.approve(more)
        entry = self.approve(self.log("elena", share=Decimal("0.4"), **place))
        assert entry.share == Decimal("0.4")
        amounts.reverse(LedgerEntry.objects.last(), reason="Was not theirs.", by=cast.user("clara"))
        assert self.approve(more).share == Decimal("0.5")
        assert verifying.entries()[1] is None

    def test_a_credit_beside_what_the_desk_entered_is_refused(self):
        pay.card()
        job = pay.job()
        pay.entry(job)
        with pytest.raises(Refused, match="more than the whole"):
            self.approve(self.log("emil", article=job.article))

    def test_what_has_no_room_beside_a_logged_credit_waits(self):
        pay.card(bands={"exact": "0.5"})
        job = pay.job(reviser="elena")
        pay.segment(job, 3, "Known.", "tudor", match=100)
        first = self.approve(self.log("emil", article=job.article))
        assert recording.record(job, by=cast.user("elena")) == []
        waiting = LoggedWork.objects.get(state="waiting", role="translator")
        assert (waiting.contributor.slug, waiting.share, waiting.bands["exact"]) == ("tudor", 1, 6)
        with pytest.raises(Refused, match="more than the whole"):
            self.approve(waiting)
        amounts.reverse(first, reason="Was not theirs.", by=cast.user("clara"))
        assert self.approve(waiting).bands == waiting.bands
        assert verifying.entries()[1] is None

    @pytest.mark.parametrize(("typed", "kept"), [("", "1"), ("0.25", "0.25"), ("0", None), ("1.5", None), ("x", None)])
    def test_the_form_asks_for_it(self, typed, kept):
        cast.contributor("tudor")
        form = {
            "url": "https://e.example", "title": "A", "source_language": "en", "target_language": "ro", "text": "unu",
            "role": "translator", "basis": "target", "done_on": timezone.localdate().isoformat(), "share": typed,
        }  # fmt: skip
        answer = at_desk("tudor").post(reverse("admin:translations_loggedwork_add"), form)
        if kept is None:
            assert answer.status_code == 422
            assert f'value="{typed}"' in answer.content.decode()
        else:
            assert LoggedWork.objects.get().share == Decimal(kept)
