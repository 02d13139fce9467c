"""The translation desk's screens in a real browser: nothing that hinders, in light and dark, wide and narrow."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone

from articles.models import Publication
from tests import cast
from tests.desk.typing_in import at_desk
from tests.translations import making
from translations import jobs
from translations.models import Job

pytestmark = pytest.mark.django_db(transaction=True)


def signed_in(context, live_server, name):
    cookie = at_desk(name).cookies[settings.SESSION_COOKIE_NAME]
    context.clear_cookies()
    context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])


def story():
    original = cast.live(body=f"{cast.BODY}{making.EIGHT}")
    making.published(original)
    making.asked(original, language="uk", due=timezone.now() - timedelta(hours=3), brief="Mind the names.", urgent=True)
    cast.corrected_again(original)
    return original


def test_the_screens_hinder_nobody(browser, live_server, accessibility_faults):
    original = story()
    job = Job.objects.get(language="ro")
    screens = [
        "/admin/", f"/admin/articles/article/{original.pk}/translate/", "/admin/translations/job/",
        "/admin/translations/job/languages/", f"/admin/translations/job/{job.pk}/change/",
        f"/admin/translations/job/{job.pk}/step/reassign/",
    ]  # fmt: skip
    with browser.new_context(base_url=live_server.url, bypass_csp=True) as context:  # axe reads imported styles
        signed_in(context, live_server, "elena")
        page = context.new_page()
        for address in screens:
            for width, scheme in ((1280, "light"), (320, "dark")):
                page.emulate_media(color_scheme=scheme)
                page.set_viewport_size({"width": width, "height": 900})
                page.goto(address)
                assert page.evaluate("document.documentElement.scrollWidth") <= width, (address, width)
                assert accessibility_faults(page, within="#content") == [], (address, width, scheme)


def test_a_correction_is_seen_on_the_translation_in_the_same_second(context, live_server, page, accessibility_faults):
    original = cast.live(language="ru", slug="originalul", headline="Comisia a convenit un calendar")
    translation = making.published(original, language="en").article
    address = Publication.objects.live().get(article=translation).get_absolute_url()
    page.goto(address)
    assert page.locator(".behind").count() == 0
    cast.corrected_again(original)
    page.goto(address)
    assert "The original was corrected on" in page.locator(".behind").inner_text()
    assert accessibility_faults(page) == []
    page.locator(".behind a").click()
    assert page.locator("h1").inner_text() == "Comisia a convenit un calendar"


def test_what_a_reviser_is_asked_and_says_hinders_nobody(browser, live_server, accessibility_faults):
    returned = making.revising(cast.live(body=f"{cast.BODY}{making.EIGHT}"), brief="Mind the names.")
    jobs.send_back(returned, by=cast.user("emil"), version=returned.version, note="Look at the second name.")
    revising = making.revising(cast.live(slug="another", headline="Another story of the commission"))
    screens = [
        ("tudor", f"/admin/translations/job/{returned.pk}/work/", ".bench-brief"),
        ("emil", f"/admin/translations/job/{revising.pk}/step/finish/", ".unrevised"),
    ]
    with browser.new_context(base_url=live_server.url, bypass_csp=True) as context:  # axe reads imported styles
        page = context.new_page()
        for name, address, part in screens:
            signed_in(context, live_server, name)
            for width, scheme in ((1280, "light"), (320, "dark")):
                page.emulate_media(color_scheme=scheme)
                page.set_viewport_size({"width": width, "height": 900})
                page.goto(address)
                assert page.locator(part).last.is_visible()
                assert page.evaluate("document.documentElement.scrollWidth") <= width, (address, width)
                assert accessibility_faults(page, within="#content") == [], (address, width, scheme)
