"""Credits and money in a browser: from a logged credit to a paid statement; readable by everybody, on a phone, on paper."""

from decimal import Decimal

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from articles.models import Contributor
from tests import cast
from tests.desk.typing_in import at_desk
from tests.journeys.at_the_desk import Colleague
from tests.translations import pay
from translations import ledger, statements, verifying
from translations.counting import count
from translations.models import LedgerEntry, Statement

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TEXT = "Comisia fluvială s-a reunit luni la Galați — și a convenit asupra unui calendar.\n\nAu fost 27 de delegați."


def test_from_a_logged_credit_to_a_paid_statement(browser, live_server):
    pay.card(unit_size=1000, count_spaces=False, basis="target", price=Decimal("73.33"))
    cast.contributor("tudor")
    counted = count(TEXT)
    translator = Colleague(browser, live_server.url, "tudor")
    page = translator.page
    page.goto("/admin/translations/loggedwork/add/")
    page.fill("[name=url]", "https://elsewhere.example/comisia")
    page.fill("[name=title]", "Comisia convine")
    page.select_option("[name=target_language]", "ro")
    page.fill("[name=text]", TEXT)
    shown = f"{counted.words} words, {counted.characters} characters with spaces, {counted.characters_no_spaces} characters without"
    expect(page.locator("[data-counts]")).to_contain_text(shown)
    page.get_by_role("button", name="Log the credit").click()
    expect(page.locator(".messagelist")).to_contain_text("waits for an editor")

    editor = Colleague(browser, live_server.url, "elena")
    editor.open("Comisia convine")
    editor.page.get_by_role("button", name="Approve").click()
    expect(editor.page.locator(".messagelist")).to_contain_text("entered into the ledger")
    units = (Decimal(counted.characters_no_spaces) / 1000).quantize(Decimal("0.0001"))
    amount = (units * Decimal("73.33")).quantize(Decimal("0.01"))
    assert LedgerEntry.objects.get().amount == amount

    chief = Colleague(browser, live_server.url, "clara")
    chief.page.goto("/admin/translations/statement/")
    chief.page.get_by_role("button", name="Draw up drafts").click()
    chief.page.locator("#result_list").get_by_role("link", name="draft", exact=True).click()
    expect(chief.page.locator(".lines")).to_contain_text(f"{amount}")
    chief.page.get_by_role("button", name="Issue").click()
    expect(chief.page.get_by_role("heading", level=1)).to_contain_text(f"{timezone.localdate().year}-0001")

    translator.open(f"Statement {timezone.localdate().year}-0001")
    expect(page.locator(".lines tfoot .total")).to_have_text(f"{amount}")
    expect(page.locator(".lines tbody")).to_contain_text(count(TEXT).sha256[:8])
    page.get_by_role("button", name="Acknowledge").click()
    expect(page.locator(".messagelist")).to_contain_text("acknowledged")

    chief.page.reload()
    chief.page.fill("[name=pay-reference]", "PO 1")
    chief.page.get_by_role("button", name="Write down a payment").click()
    expect(chief.page.locator(".state").first).to_have_text("paid")
    assert Statement.objects.get().total == amount
    assert verifying.entries() == (1, None)
    for colleague in (translator, editor, chief):
        colleague.close()


@pytest.fixture
def filled() -> dict[str, str]:
    """Every screen with something on it, by who looks at it."""
    pay.card()
    entry = pay.work("A headline that is long enough to be broken on the narrow screen of a telephone", "word " * 500)
    pay.work("Second", "=one two")
    draft = statements.draw(cast.contributor("tudor"), ledger.period(timezone.now()), "MDL", by=cast.user("clara"))
    statement = statements.issue(draft, by=cast.user("clara"), version=draft.version)
    statements.acknowledge(statement, by=cast.user("tudor"), version=statement.version)
    at = {
        "ledgerentry_change": entry.pk,
        "statement_change": statement.pk,
        "statement_print": statement.pk,
        "ratecard_change": entry.rate_id,
    }
    named = {name: reverse(f"admin:translations_{name}", args=[pk]) for name, pk in at.items()}
    plain = ("ratecard_add", "statement_changelist", "loggedwork_add", "ledgerentry_changelist", "statement_draw_up")
    away = Contributor.objects.create(name="Somebody Away", slug="somebody-away")
    pay.work(contributor=away)
    draft = statements.draw(away, ledger.period(timezone.now()), "MDL", by=cast.user("clara"))
    unanswered = statements.issue(draft, by=cast.user("clara"), version=draft.version)
    named["statement in stead"] = reverse("admin:translations_statement_change", args=[unanswered.pk])
    waits = pay.entry()
    named["entry that waits"] = reverse("admin:translations_ledgerentry_change", args=[waits.pk])
    cast.contributor("clara")
    named |= {name: reverse(f"admin:translations_{name}") for name in plain}
    return named | {"reports": reverse("admin:translation_reports")}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_screens_are_accessible_and_fit_a_phone(browser, live_server, accessibility_faults, filled, scheme):
    with browser.new_context(base_url=live_server.url, bypass_csp=True, color_scheme=scheme) as context:
        cookie = at_desk("clara").cookies[settings.SESSION_COOKIE_NAME]
        context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])
        page = context.new_page()
        for name, address in filled.items():
            page.set_viewport_size({"width": 1280, "height": 900})
            page.goto(address)
            assert accessibility_faults(page, within="main" if name == "statement_print" else "#content") == [], name
            page.set_viewport_size({"width": 320, "height": 700})
            assert page.evaluate("document.documentElement.scrollWidth") <= 320, name
