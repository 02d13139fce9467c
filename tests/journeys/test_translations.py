"""A story's road into two languages, through the browser: from the request to the page, the credit and the statement."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

import pytest
from playwright.sync_api import Browser, Page, expect

from articles.models import Article
from articles.workflow import withdrawing
from tests import cast
from tests.journeys.at_the_desk import Colleague
from tests.translations import pay
from translations import ledger
from translations.counting import count, visible
from translations.models import Job, LedgerEntry, Segment, Statement

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SAID = {
    "ro": [
        "Comisia a convenit asupra unui calendar",
        "Lucrările pe canalul inferior încep în primăvară.",
        "Comisia fluvială s-a reunit luni la Galați și a convenit asupra unui calendar.",
        "„Dragarea canalului inferior începe în martie.”",
        "Ministerul a confirmat planul.<1/>",
        "Un purtător de cuvânt al comisiei",
    ],
    "ru": [
        "Комиссия согласовала график",
        "Работы на нижнем канале начнутся весной.",
        "Речная комиссия собралась в понедельник в Галаце и согласовала график.",
        "«Дноуглубление нижнего канала начнётся в марте».",
        "Министерство подтвердило план.<1/>",
        "Представитель комиссии",
    ],
}
BY = {"ro": "tudor", "ru": "elena"}


def test_from_a_request_to_two_pages_their_credits_and_their_statements(browser: Browser, live_server, page: Page):
    for name in ("tudor", "elena", "emil"):
        cast.contributor(name)
    card = pay.card()
    original = cast.live()
    chief = Colleague(browser, live_server.url, "clara")
    for language, name in BY.items():
        asks(chief, original, language, name)
    for language, name in BY.items():
        translator = Colleague(browser, live_server.url, name)
        translates(translator, Job.objects.get(language=language), SAID[language])
        translator.close()
    reviser = Colleague(browser, live_server.url, "emil")
    for job in Job.objects.order_by("pk"):
        revises(reviser, job)
    reviser.close()
    pages = {"en": live_url(original)}
    for job in Job.objects.order_by("pk"):
        publishes(chief, cast.fresh(job.article))
        pages[job.language] = live_url(job.article)
    expect_pages(page, pages)
    expect_statements(chief, original, card.price)
    chief.close()

    cast.corrected_again(original)
    for language, said in {"ro": "corect", "ru": "исправ"}.items():
        page.goto(pages[language])
        expect(page.locator(".behind")).to_contain_text(said)
    withdrawing.retract(
        cast.fresh(original), by=cast.user("clara"), version=cast.fresh(original).version, note="Wrong."
    )
    for language, texts in SAID.items():
        page.goto(pages[language])
        expect(page.get_by_role("heading", level=1)).to_have_text(texts[0])
        expect(page.locator("body")).not_to_contain_text(texts[2])


def asks(chief: Colleague, original: Article, language: str, name: str) -> None:
    chief.page.goto(f"/admin/articles/article/{original.pk}/translate/")
    chief.page.locator(f"[name=languages][value={language}]").check()
    chief.page.locator("select[name=translator]").select_option(str(cast.user(name).pk))
    chief.page.locator("[name=ask]").click()
    expect(chief.page.locator(".messagelist")).to_be_visible()


def step(colleague: Colleague, job: Job, name: str) -> None:
    colleague.page.goto(f"/admin/translations/job/{job.pk}/change/")
    colleague.page.locator(f"a[href*='/step/{name}/']").click()
    colleague.confirm()


def translates(colleague: Colleague, job: Job, said: list[str]) -> None:
    step(colleague, job, "accept")
    at_the_workbench(colleague, job, "translated", said)
    step(colleague, job, "deliver")


def revises(colleague: Colleague, job: Job) -> None:
    step(colleague, job, "revise")
    at_the_workbench(colleague, job, "reviewed")
    step(colleague, job, "finish")


def at_the_workbench(colleague: Colleague, job: Job, state: str, said: list[str] | None = None) -> None:
    colleague.page.goto(f"/admin/translations/job/{job.pk}/work/")
    for number, segment in enumerate(Segment.objects.filter(job=job).order_by("position")):
        field = colleague.page.locator(f"#t-{segment.pk}")
        if said:
            field.fill(said[number])
        field.press("Control+Enter")
        expect(colleague.page.locator(f"#s-{segment.pk}")).to_have_attribute("data-state", state)


def publishes(chief: Colleague, article: Article) -> None:
    chief.page.goto(article.get_absolute_url())
    chief.begin("publish")
    chief.confirm()


def live_url(article: Article) -> str:
    return article.publications.live().get().get_absolute_url()


def expect_pages(page: Page, pages: dict[str, str]) -> None:
    """Each page names its translator and its reviser, and every page knows of every other."""
    for address in pages.values():
        page.goto(address)
        told = {
            link.get_attribute("hreflang"): link.get_attribute("href")
            for link in page.locator("link[rel=alternate][hreflang]").all()
        }
        assert {code: told[code].rpartition("//")[2].partition("/")[2] for code in pages} == {
            code: other.lstrip("/") for code, other in pages.items()
        }
    for language, name in BY.items():
        page.goto(pages[language])
        expect(page.locator("main")).to_contain_text(f"{name.title()} Byline")
        expect(page.locator("main")).to_contain_text("Emil Byline")
        page.goto(f"/{language}/contributor/{name}/")
        expect(page.locator("main")).to_contain_text(SAID[language][0])


def expect_statements(chief: Colleague, original: Article, price: Decimal) -> None:
    """What is paid is what was counted, to the character and the cent; readers' credits and the ledger name the same."""
    counted = count(visible(original.head.document))
    units = (Decimal(counted.characters) / 1800).quantize(Decimal("0.0001"), ROUND_HALF_UP)
    amount = (units * price).quantize(Decimal("0.01"), ROUND_HALF_UP)
    chief.page.goto("/admin/translations/statement/")
    chief.page.get_by_role("button", name="Draw up drafts").click()
    for name in BY.values():
        draft = Statement.objects.get(contributor__slug=name)
        chief.page.goto(f"/admin/translations/statement/{draft.pk}/change/")
        chief.page.get_by_role("button", name="Issue").click()
        expect(chief.page.locator(".lines tfoot .total")).to_have_text(f"{amount}")
        expect(chief.page.locator(".lines tbody")).to_contain_text(f"{counted.characters}")
    entries = LedgerEntry.objects.filter(role="translator")
    assert {(entry.contributor.slug, entry.characters, entry.amount) for entry in entries} == {
        (name, counted.characters, amount) for name in BY.values()
    }
    credited = {
        (credit["contributor"], job.article_id)
        for job in Job.objects.all()
        for credit in job.article.publications.live().get().story["credits"]
        if credit["role"] == "translator"
    }
    assert credited == {(entry.contributor_id, entry.article_id) for entry in entries}
    assert ledger.verify() == (len(LedgerEntry.objects.all()), None)
