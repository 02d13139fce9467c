"""A story's road into two languages, through the browser: from the request to the page, the credit and the statement."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

import pytest
from playwright.sync_api import Browser, Page, expect

from articles.models import Article
from tests import cast
from tests.journeys.at_the_desk import Colleague
from tests.translations import pay
from translations import verifying
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
TEXT = {"en": "The river commission met", **{language: said[2] for language, said in SAID.items()}}
NEVER = {"en": "The commission never met.", "ro": "Comisia nu s-a întrunit.", "ru": "Комиссия не собиралась."}
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

    editor = Colleague(browser, live_server.url, "emil")
    corrects(editor, chief, original)
    for language, said in {"ro": "corect", "ru": "исправ"}.items():
        page.goto(pages[language])
        expect(page.locator(".behind")).to_contain_text(said)
    retracts(chief, original)
    for language, address in pages.items():
        page.goto(address)
        expect(page.locator("main")).to_contain_text(NEVER[language])
        expect(page.locator("main")).not_to_contain_text(TEXT[language])
    editor.close()
    chief.close()


def test_what_one_gives_back_another_goes_on_with(browser: Browser, live_server):
    for name in ("tudor", "elena"):
        cast.contributor(name)
    original = cast.live()
    chief, tudor, elena = (Colleague(browser, live_server.url, name) for name in ("clara", "tudor", "elena"))
    asks(chief, original, "ro", "tudor")
    job = Job.objects.get()
    step(tudor, job, "accept")
    at_the_workbench(tudor, job, "translated", SAID["ro"][:2])

    # He gives it back, and can't without a reason; who asked for it reads why, and offers it to somebody else.
    tudor.page.goto(f"/admin/translations/job/{job.pk}/step/decline/")
    tudor.page.locator(".step form [type=submit]").click()
    expect(tudor.page.locator(".step .errorlist")).to_be_visible()
    tudor.confirm(note="I am away until Monday.")
    chief.page.goto(f"/admin/translations/job/{job.pk}/change/")
    expect(chief.page.locator(".timeline")).to_contain_text("I am away until Monday.")
    expect(chief.page.locator(".job-facts")).to_contain_text("nobody yet")
    chief.page.locator("a[href*='/step/reassign/']").click()
    chief.confirm(translator=str(cast.user("elena").pk), note="Please go on with it.")

    # She finds what he did, and goes on.
    elena.page.goto("/admin/")
    elena.page.goto(f"/admin/translations/job/{job.pk}/change/")
    expect(elena.page.locator(".timeline")).to_contain_text("Please go on with it.")
    step(elena, job, "accept")
    elena.page.goto(f"/admin/translations/job/{job.pk}/work/")
    done = list(Segment.objects.filter(job=job).order_by("position"))[:2]
    for segment, said in zip(done, SAID["ro"], strict=False):
        expect(elena.page.locator(f"#t-{segment.pk}")).to_have_value(said)
    at_the_workbench(elena, job, "translated", SAID["ro"], begin=2)
    step(elena, job, "deliver")
    wrote = [row.by.username for row in Segment.objects.filter(job=job).order_by("position")]
    assert wrote == ["tudor"] * 2 + ["elena"] * 4
    for colleague in (chief, tudor, elena):
        colleague.close()


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


def at_the_workbench(colleague: Colleague, job: Job, state: str, said: list[str] | None = None, begin: int = 0) -> None:
    """Confirms each segment from *begin* on, or as many as *said* has words for."""
    colleague.page.goto(f"/admin/translations/job/{job.pk}/work/")
    segments = list(Segment.objects.filter(job=job).order_by("position"))
    for number in range(begin, len(said or segments)):
        segment = segments[number]
        field = colleague.page.locator(f"#t-{segment.pk}")
        if said:
            field.fill(said[number])
        field.press("Control+Enter")
        expect(colleague.page.locator(f"#s-{segment.pk}")).to_have_attribute("data-state", state)


def publishes(chief: Colleague, article: Article) -> None:
    chief.page.goto(article.get_absolute_url())
    chief.begin("publish")
    chief.confirm()


def corrects(editor: Colleague, chief: Colleague, article: Article) -> None:
    """One saves another standfirst, the other approves and publishes it as a correction."""
    editor.page.goto(article.get_absolute_url())
    editor.page.locator("#id_standfirst").fill("Work on the lower channel begins in autumn.")
    editor.save()
    for name, told in (("approve", {}), ("publish", {"change": "correction", "note": "The season was wrong."})):
        chief.page.goto(article.get_absolute_url())
        chief.begin(name)
        chief.confirm(**told)


def retracts(chief: Colleague, article: Article) -> None:
    """With the reason in each of the languages."""
    chief.page.goto(article.get_absolute_url())
    chief.begin("retract")
    chief.confirm(note=NEVER["en"], note_ro=NEVER["ro"], note_ru=NEVER["ru"])


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
    assert verifying.entries() == (len(LedgerEntry.objects.all()), None)
