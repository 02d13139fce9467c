"""The memory and the terms at the desk: looked through, written and mended by editors, with who did what."""

import pytest
from django.contrib.admin.models import LogEntry
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import cast
from tests.cast import PASSWORD, user
from tests.translations.making import at_work, remembered, segments, term
from translations import memory
from translations.enums import Standing
from translations.models import MemoryEntry, Term
from translations.permissions import REGISTERS, may_register

CAST = ["rita", "tudor", "elena", "clara", "adam", "sam", "nora"]
ENTRY = {
    "source_language": "en",
    "target_language": "ro",
    "source": "It rains.",
    "target": "Plouă.",
    "standing": "usable",
}
WORD = {
    "kind": "translate", "source_language": "en", "target_language": "ro", "source": "timetable", "target": "calendar",
    "note": "", "section": "",
}  # fmt: skip
MAKE = {"memoryentry": lambda: remembered("It snows.", "Ninge."), "term": lambda: term("snow", "zăpadă")}
GOOD = {"memoryentry": ENTRY, "term": WORD}


def address(model: str, act: str, *args) -> str:
    return reverse(f"admin:translations_{model}_{act}", args=args)


def signed_in(client, name="elena"):
    client.force_login(user(name))
    return client


@pytest.mark.django_db
class TestRights:
    @pytest.mark.parametrize("name", CAST)
    @pytest.mark.parametrize("model", REGISTERS)
    def test_each_address_opens_to_whom_the_table_names(self, client, model, name):
        row = MAKE[model]()
        signed_in(client, name)
        asked = {
            address(model, "changelist"): "view",
            address(model, "change", row.pk): "view",
            address(model, "history", row.pk): "view",
            address(model, "add"): "add",
            address(model, "delete", row.pk): "delete",
        }
        got = {url: client.get(url).status_code == 200 for url in asked}
        assert got == {url: may_register(user(name), model, act) for url, act in asked.items()}

    @pytest.mark.parametrize("name", CAST)
    @pytest.mark.parametrize("model", REGISTERS)
    def test_forged_posts_change_nothing_without_the_right(self, client, model, name):
        row = MAKE[model]()
        signed_in(client, name)
        client.post(address(model, "add"), GOOD[model])
        client.post(address(model, "change", row.pk), {**GOOD[model], "source": "Changed."})
        client.post(address(model, "delete", row.pk), {"post": "yes"})
        rows = set(type(row).objects.values_list("source", flat=True))
        allowed = may_register(user(name), model, "add")
        assert rows == ({GOOD[model]["source"]} if allowed else {row.source})

    def test_the_table_names_what_is_in_the_admin(self):
        from django.contrib import admin

        own = {model._meta.model_name for model in admin.site._registry if model._meta.app_label == "translations"}
        assert set(REGISTERS) <= own


@pytest.mark.django_db
class TestMemory:
    def test_an_editor_writes_an_entry_and_it_is_offered(self, client):
        answer = signed_in(client).post(address("memoryentry", "add"), ENTRY)
        assert answer.status_code == 302
        row = MemoryEntry.objects.get()
        assert (row.origin, row.by) == ("by hand", user("elena"))
        found = memory.find(memory.Asked("It rains.", "en", "ro"), user("tudor"))
        assert [match.target for match in found] == ["Plouă."]

    def test_a_change_is_found_and_in_the_history_with_who_made_it(self, client):
        row = remembered("It rains.", "Ploua.")
        signed_in(client).post(address("memoryentry", "change", row.pk), ENTRY)
        row.refresh_from_db()
        assert (row.target, row.target_key) == ("Plouă.", "plouă.")
        entry = LogEntry.objects.get(object_id=str(row.pk))
        assert entry.user == user("elena")
        assert "Elena" in client.get(address("memoryentry", "history", row.pk)).content.decode()

    def test_what_is_withdrawn_is_not_offered(self, client):
        row = remembered("It rains.", "Ploua.")
        signed_in(client).post(address("memoryentry", "change", row.pk), {**ENTRY, "standing": Standing.WITHDRAWN})
        assert memory.find(memory.Asked("It rains.", "en", "ro"), user("elena")) == []

    def test_the_languages_of_an_entry_stay(self, client):
        row = remembered("It rains.", "Ploua.")
        signed_in(client).post(address("memoryentry", "change", row.pk), {**ENTRY, "target_language": "ru"})
        row.refresh_from_db()
        assert row.target_language == "ro"

    @pytest.mark.parametrize(
        ("changed", "told"),
        [
            ({"source": " "}, "This field is required."),
            ({"target": "<1></1>"}, "Write a text."),
            ({"target_language": "en"}, "Choose two languages."),
            ({"source": "It <1>rains</1>."}, "have to be the same on both sides"),
            ({"source": "It  snows.", "target": "Ninge."}, "There is such an entry already."),
        ],
    )
    def test_what_is_wrong_is_said_and_nothing_typed_is_lost(self, client, changed, told):
        remembered("It snows.", "Ninge tare.", origin="by hand")
        answer = signed_in(client).post(address("memoryentry", "add"), {**ENTRY, **changed})
        html = answer.content.decode()
        assert told in html
        assert "Plouă." in html or "Ninge." in html or "&lt;1&gt;" in html
        assert MemoryEntry.objects.count() == 1

    def test_stray_signs_become_text(self, client):
        signed_in(client).post(
            address("memoryentry", "add"), {**ENTRY, "source": "A < B & <1>C</1>", "target": "A < <1>B</1>"}
        )
        assert MemoryEntry.objects.get().source == "A &lt; B &amp; <1>C</1>"

    @pytest.mark.parametrize("asked", ["commission", "fluvială", "MONDAY", "on Mon"])
    def test_the_search_looks_through_both_sides(self, client, asked):
        remembered("The commission met on Monday.", "Comisia fluvială s-a întrunit luni.")
        remembered("Something else.", "Altceva.")
        html = signed_in(client).get(address("memoryentry", "changelist"), {"q": asked}).content.decode()
        assert "Comisia fluvială" in html
        assert "Altceva" not in html

    @pytest.mark.parametrize("asked", ["a", "%", "'", '"x', "\\", "\0"])
    def test_any_search_is_answered(self, client, asked):
        remembered("Something else.", "Altceva.")
        assert signed_in(client).get(address("memoryentry", "changelist"), {"q": asked}).status_code == 200

    def test_an_entry_leads_to_its_story(self, client):
        of = at_work(cast.live())
        segments(of, ("It rains.", "Plouă."))
        memory.learn(of)
        html = signed_in(client).get(address("memoryentry", "change", MemoryEntry.objects.get().pk)).content.decode()
        assert of.article.get_absolute_url() in html

    @pytest.mark.parametrize("model", REGISTERS)
    def test_the_list_costs_the_same_with_any_number_of_rows(self, client, model):
        signed_in(client).get(address(model, "changelist"))
        counts = []
        for more in (1, 2, 297):
            begin = MemoryEntry.objects.count() + Term.objects.count()
            for number in range(begin, begin + more):
                if model == "term":
                    term(f"word {number}", "x")
                else:
                    remembered(f"Sentence {number}.", "x", by=user("tudor"))
            with CaptureQueriesContext(connection) as captured:
                assert client.get(address(model, "changelist")).status_code == 200
            counts.append(len(captured))
        assert counts[0] == counts[1] == counts[2]


@pytest.mark.django_db
class TestTerms:
    def test_an_editor_adds_a_term(self, client):
        assert signed_in(client).post(address("term", "add"), WORD).status_code == 302
        assert Term.objects.get().forms == ["calendar"]

    def test_who_may_only_read_gets_no_form(self, client):
        row = term("snow", "zăpadă")
        html = signed_in(client, "tudor").get(address("term", "change", row.pk)).content.decode()
        assert "zăpadă" in html
        assert 'name="_save"' not in html

    @pytest.mark.parametrize(
        ("changed", "told"),
        [
            ({"source": ""}, "Write the word or phrase."),
            ({"target": " "}, "Write how it is said in the other language."),
            ({"target_language": ""}, "Choose the language that it is translated into."),
            ({"target_language": "en"}, "Choose two languages."),
            ({"source": "snow"}, "There is such a term already."),
        ],
    )
    def test_what_is_wrong_is_said_once(self, client, changed, told):
        term("snow", "zăpadă")
        html = signed_in(client).post(address("term", "add"), {**WORD, **changed}).content.decode()
        assert html.count(told) == 1
        assert Term.objects.count() == 1

    @pytest.mark.parametrize("kind", ["keep", "forbidden"])
    def test_each_kind_asks_for_what_it_needs(self, client, kind):
        needs = {"keep": {"target": "", "target_language": ""}, "forbidden": {"source": ""}}[kind]
        assert signed_in(client).post(address("term", "add"), {**WORD, "kind": kind, **needs}).status_code == 302

    def test_what_is_not_translated_has_no_other_form(self, client):
        html = signed_in(client).post(address("term", "add"), {**WORD, "kind": "keep"}).content.decode()
        assert "has no other form" in html
        assert not Term.objects.exists()


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_screens_are_accessible_and_fit_a_phone(browser, live_server, accessibility_faults, scheme):
    page = browser.new_context(base_url=live_server.url).new_page()
    user("elena")
    entry = remembered("The river commission met in Galați on Monday.", "Comisia fluvială s-a întrunit luni la Galați.")
    row = term("river commission", "comisie fluvială", note="As the ministry has it.")
    page.emulate_media(color_scheme=scheme)
    page.goto("/admin/")
    page.fill("input[name=login]", "elena")
    page.fill("input[name=password]", PASSWORD)
    page.press("input[name=password]", "Enter")
    page.wait_for_url("**/admin/")
    for model, pk in (("memoryentry", entry.pk), ("term", row.pk)):
        for url in (address(model, "changelist"), address(model, "add"), address(model, "change", pk)):
            page.set_viewport_size({"width": 360, "height": 740})
            page.goto(url)
            assert accessibility_faults(page, within="#content") == [], url
            assert page.evaluate("document.documentElement.scrollWidth") == 360, url
