"""What axe-core finds on every kind of page, in every language, light and dark, on a phone and on a desk."""

import pytest

pytestmark = [pytest.mark.proof, pytest.mark.browser]


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_is_without_a_fault_and_fits_its_screen(browser, paper, accessibility_faults, scheme, width):
    context = browser.new_context(
        viewport={"width": width, "height": 800}, color_scheme=scheme, timezone_id="Europe/Chisinau"
    )
    page, looked, found = context.new_page(), 0, []
    for kind, language, address in paper.every_page():
        page.goto(address)
        found += [f"{kind}, {language}: {fault}" for fault in accessibility_faults(page)]
        if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            found.append(f"{kind}, {language}: it is wider than the screen")
        looked += 1
    context.close()
    print(f"\naxe: {looked} pages, {scheme}, {width} px, {len(found)} faults")
    assert found == []
