"""What a person does at the desk in a browser, by what they see: labels, buttons and links."""

from __future__ import annotations

import re

from playwright.sync_api import Browser, Page, expect

from tests import cast


class Colleague:
    """A member of the cast at a browser of their own."""

    def __init__(self, browser: Browser, base_url: str, name: str) -> None:
        self.context = browser.new_context(base_url=base_url, locale="en-GB", viewport={"width": 1280, "height": 900})
        self.context.set_default_timeout(45_000)  # other tests may have the processor
        self.page: Page = self.context.new_page()
        cast.user(name)
        self.page.goto("/admin/")
        self.page.locator("[name=login]").fill(name)
        self.page.locator("[name=password]").fill(cast.PASSWORD)
        self.page.locator("form:has([name=password]) button[type=submit]").click()
        expect(self.page.get_by_role("heading", name="Desk", exact=True)).to_be_visible()

    def new_story(self) -> None:
        self.page.goto("/admin/")
        self.page.get_by_role("link", name="New story").click()

    def open(self, headline: str) -> None:
        """Opens a story from the desk's front page."""
        self.page.goto("/admin/")
        self.page.get_by_role("link", name=headline).first.click()

    def type_body(self, paragraphs: list[str]) -> None:
        """Types the body anew, paragraph by paragraph, into the prose editor."""
        editor = self.page.locator(".ProseMirror[contenteditable=true]")
        editor.click()
        self.page.keyboard.press("Control+a")
        self.page.keyboard.press("Delete")
        for number, paragraph in enumerate(paragraphs):
            if number:
                self.page.keyboard.press("Enter")
            self.page.keyboard.insert_text(paragraph)

    def choose(self, field: str, text: str) -> None:
        """Picks from an autocomplete: types what is looked for, takes the first that is found."""
        self.page.locator(f"#id_{field} + .select2 .select2-selection").click()
        search = self.page.locator(".select2-container--open .select2-search__field")
        search.fill(text)
        option = self.page.locator(".select2-results__option--selectable, .select2-results__option", has_text=text)
        option.first.click()

    def add_row(self, prefix: str) -> str:
        """Adds a row to an inline and says its prefix, such as ``citations-0``."""
        count = int(self.page.locator(f"#id_{prefix}-TOTAL_FORMS").input_value())
        self.page.locator(f"#{prefix}-group .add-row a, #{prefix}-group tr.add-row a").click()
        return f"{prefix}-{count}"

    def cite(self, source: str, title: str) -> None:
        row = self.add_row("citations")
        self.choose(f"{row}-source", source)
        self.page.locator(f"#id_{row}-title").fill(title)

    def quote(self, words: str, *, speaker: str, citation: int) -> None:
        row = self.add_row("quotes")
        self.choose(f"{row}-person", speaker)
        self.page.locator(f"#id_{row}-words").fill(words)
        self.page.locator(f"#id_{row}-citation_number").fill(str(citation))

    def mention(self, person: str) -> None:
        self.choose(f"{self.add_row('mentions')}-person", person)

    def credit(self, contributor: str, role: str) -> None:
        row = self.add_row("credits")
        self.choose(f"{row}-contributor", contributor)
        self.page.locator(f"#id_{row}-role").select_option(role)

    def save(self) -> None:
        self.page.locator("[name=_save]").first.click()
        expect(self.page.locator(".messagelist")).to_contain_text(re.compile("Saved|Filed"))

    def begin(self, step: str) -> None:
        """Presses the step's button; the confirm page follows, and says what stands against it."""
        button = self.page.locator(f"[name=_step][value={step}], a[href*='/step/{step}/']").first
        button.click()
        self.page.wait_for_url(re.compile(f"/step/{step}/"))

    def confirm(self, **fields: str) -> None:
        """Fills in the confirm page and takes the step."""
        for name, value in fields.items():
            field = self.page.locator(f"[name={name}]")
            if field.first.get_attribute("type") == "radio":
                self.page.locator(f"[name={name}][value={value}]").check()
            elif field.evaluate("element => element.tagName") == "SELECT":
                field.select_option(value)
            else:
                field.fill(value)
        self.page.locator(".step form [type=submit]").click()
        self.page.wait_for_url(lambda url: "/step/" not in url)

    def obstacles(self) -> str:
        """What the confirm page has against the step."""
        return self.page.locator(".obstacles").inner_text()

    def close(self) -> None:
        self.context.close()
