"""The form of a story in Chromium, under the policy that the desk sends."""

from collections.abc import Callable

import pytest
from django.conf import settings
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from articles.models import Article
from articles.workflow import filing
from tests import cast
from tests.browser import PATIENCE
from tests.desk.typing_in import at_desk

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def sit_down(context: BrowserContext, live_server) -> Callable[[str], None]:
    """Signs a member of the cast in."""

    def sign_in(name: str) -> None:
        cookie = at_desk(name).cookies[settings.SESSION_COOKIE_NAME]
        context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])

    return sign_in


def editor(page: Page) -> Locator:
    return page.get_by_role("textbox", name="Body")


def choose(page: Page, button: str, option: str) -> None:
    page.get_by_role("button", name=button, exact=True).click()
    page.get_by_role("dialog").get_by_role("combobox").select_option(option)
    page.get_by_role("dialog").get_by_role("button", name="OK").click()


def test_marks_of_a_body_are_put_in_by_hand_and_saved(page: Page, sit_down) -> None:
    article = cast.draft(body="<p>The bridge is open.</p>")
    sit_down("rita")
    page.goto(article.get_absolute_url())
    editor(page).click()
    page.keyboard.press("Control+End")
    choose(page, "Citation mark", "1")
    page.keyboard.press("Enter")
    page.keyboard.type("The dredging of the lower channel begins in March.")
    choose(page, "Quotation", "1")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved.")).to_be_visible()
    assert cast.fresh(article).body == (
        '<p>The bridge is open.<sup data-citation="1">1</sup></p>'
        '<blockquote data-quote="1"><p>The dredging of the lower channel begins in March.</p></blockquote>'
    )


def test_a_body_that_nobody_touched_is_sent_as_it_was(page: Page, sit_down) -> None:
    body = (
        '<h2>Bridges</h2><p lang="ro">Podul.</p><p>A <span lang="ru">мост</span><br>is <strong>open</strong>'
        '<sup>2</sup><sup data-citation="1">1</sup></p><figure data-picture="3"></figure>'
        "<ul><li>One</li></ul><table><thead><tr><th>A</th></tr></thead><tbody><tr><td>B</td></tr></tbody></table>"
    )
    article = cast.draft(body=body)
    sit_down("rita")
    page.goto(article.get_absolute_url())
    expect(editor(page)).to_contain_text("Podul.")
    page.get_by_role("textbox", name="Kicker").fill("New kicker")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved.")).to_be_visible()
    article = cast.fresh(article)
    assert (article.kicker, article.body) == ("New kicker", body)


def test_a_story_that_is_too_large_is_not_sent_and_stays_in_the_form(page: Page, sit_down, settings) -> None:
    article = cast.draft()
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 50_000
    sit_down("rita")
    page.goto(article.get_absolute_url())
    standfirst = page.get_by_role("textbox", name="Standfirst")
    standfirst.fill("Work begins. " * 5_000)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Not sent: the story is too large")).to_be_visible()
    standfirst.fill("Work begins.")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved.")).to_be_visible()
    assert cast.fresh(article).standfirst == "Work begins."


def test_what_the_schema_holds_survives_an_edit(page: Page, sit_down) -> None:
    article = cast.draft(
        body='<p lang="ro">Podul.</p><p>A <span lang="ru">мост</span> <sup>2</sup><sup data-citation="1">1</sup></p>'
        '<figure data-picture="3"></figure><p>End.</p>'
    )
    sit_down("rita")
    page.goto(article.get_absolute_url())
    editor(page).get_by_text("End.").click()
    page.keyboard.press("End")
    page.keyboard.type(" Really.")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved.")).to_be_visible()
    assert cast.fresh(article).body == (
        '<p lang="ro">Podul.</p><p>A <span lang="ru">мост</span> <sup>2</sup><sup data-citation="1">1</sup></p>'
        '<figure data-picture="3"></figure><p>End. Really.</p>'
    )


def test_words_and_characters_are_counted_while_one_types(page: Page, sit_down) -> None:
    article = cast.draft(body="<p>One two.</p>")
    sit_down("rita")
    page.goto(article.get_absolute_url())
    count = page.locator('output[data-count="words"]')
    expect(count).to_have_text("2")
    editor(page).click()
    page.keyboard.press("Control+End")
    page.keyboard.type(" three – four")
    expect(count).to_have_text("4")
    expect(page.get_by_text("not saved yet")).to_be_visible()


def test_a_finding_leads_to_its_words_and_its_suggestion_replaces_them(page: Page, sit_down) -> None:
    cast.speaker()
    article = cast.draft(body="<p>Before.</p><p>Then Aleksandr Darcheev spoke.</p>")
    sit_down("rita")
    page.goto(article.get_absolute_url())
    expect(editor(page)).to_be_visible()
    finding = page.locator(".finding-blocking").first
    finding.get_by_role("link", name="Show the place").click()
    page.wait_for_function(
        "getSelection().toString() === 'Aleksandr Darcheev'"
    )  # the editor takes a frame to get there
    finding.get_by_role("button", name="Replace by").click()
    expect(editor(page)).to_contain_text("Then Aleksandr Darchiev spoke.")


def test_two_open_forms_end_in_one_text_and_nothing_lost(page: Page, sit_down) -> None:
    article = cast.submitted()
    sit_down("elena")
    page.goto(article.get_absolute_url())
    page.get_by_role("textbox", name="Headline").fill("Elena's headline")
    other = Article.objects.get(pk=article.pk)
    other.standfirst = "Emil's standfirst."
    filing.save(other, by=cast.user("emil"), version=other.version, write=other.save)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", name="The newer text, beside yours")).to_be_visible()
    expect(page.get_by_text("Emil saved it on")).to_be_visible()
    expect(page.get_by_role("textbox", name="Headline")).to_have_value("Elena's headline")
    page.get_by_role("button", name="Save mine all the same").click()
    expect(page.get_by_text("Saved.")).to_be_visible()
    assert cast.fresh(article).headline == "Elena's headline"


def test_the_form_and_its_pages_have_no_accessibility_faults(
    browser: Browser, live_server, accessibility_faults
) -> None:
    """In a context without the policy, which would stop the checker's own styles, and on a screen so high that
    the bar of buttons at its foot covers nothing."""
    article = cast.corrected()
    high = {"width": 1280, "height": 6000}
    with browser.new_context(base_url=live_server.url, bypass_csp=True, viewport=high) as context:
        context.set_default_timeout(PATIENCE)
        cookie = at_desk("elena").cookies[settings.SESSION_COOKIE_NAME]
        context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])
        page = context.new_page()
        for rest in ("change/", "history/", "compare/", "step/hold/", "translate/"):
            page.goto(f"/admin/articles/article/{article.pk}/{rest}")
            assert accessibility_faults(page, within="#content") == [], rest


def test_the_form_fits_a_phone(page: Page, sit_down) -> None:
    article = cast.draft()
    sit_down("rita")
    page.set_viewport_size({"width": 320, "height": 700})
    page.goto(article.get_absolute_url())
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
