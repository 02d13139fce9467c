"""The demo's data files hold together, so that a slip in one is found without playing it."""

import re
from collections import Counter

from django.conf import settings

from articles import text
from articles.enums import NameKind, SourceKind
from newsroom.demo import cast, data
from newsroom.demo.pictures import SCENES

STORIES = {name: data.story(name) for name in data.story_names()}
VERSIONS = [(name, language, version) for name, told in STORIES.items() for language, version in data.versions(told)]
QUOTATION_MARKS = {"en": "“”", "ro": "„”", "ru": "«»", "uk": "«»"}


def slugs(name: str) -> set[str]:
    return {row["slug"] for row in data.registers(name)}


def test_there_are_stories_enough_in_every_language():
    languages = Counter(language for _name, language, _version in VERSIONS)
    assert len(VERSIONS) >= 36
    assert set(languages) == set(dict(settings.LANGUAGES))
    assert min(languages.values()) >= 7


def test_a_slug_stands_for_one_story():
    taken = Counter((language, version["slug"]) for _name, language, version in VERSIONS)
    assert [slug for slug, times in taken.items() if times > 1] == []


def test_what_a_story_names_is_in_the_registers():
    sections, sources, people = slugs("sections"), slugs("sources"), slugs("people")
    for name, told in STORIES.items():
        assert told["section"] in sections, name
        assert {row["source"] for row in told["citations"]} <= sources, name
        assert set(told.get("mentions", ())) <= people, name
        assert told.get("picture", "hills") in SCENES, name


def test_a_version_names_only_who_is_there():
    users = {member.username for member in cast.MEMBERS}
    contributors, people = slugs("contributors"), slugs("people")
    for name, language, version in VERSIONS:
        acting = {version["filed_by"], version.get("desk", "editor"), version.get("spiked_by", "editor")}
        acting |= {act["by"] for act in version.get("later", ()) if "by" in act}
        assert acting <= users, (name, language)
        assert {row["contributor"] for row in version["credits"]} <= contributors, (name, language)
        assert {row["person"] for row in version.get("quotes", ()) if "person" in row} <= people, (
            name,
            language,
        )


def test_bodies_are_clean_as_they_stand():
    def tight(html: str) -> str:
        return re.sub(r">\s+<", "><", html).strip()

    for name, language, version in VERSIONS:
        assert tight(text.sanitise(version["body"])) == tight(version["body"]), (name, language)


def test_every_mark_has_its_citation_or_quote():
    for name, language, version in VERSIONS:
        marks = text.marks(version["body"])
        assert set(marks.citations) == {row["number"] for row in STORIES[name]["citations"]}, (name, language)
        assert set(marks.quotes) <= {row["number"] for row in version.get("quotes", ())}, (name, language)


def test_quotation_marks_are_those_of_the_language():
    for name, language, version in VERSIONS:
        shown = text.plain(version["body"]) + version["headline"] + version["standfirst"]
        assert set('“”„«»"') & set(shown) <= set(QUOTATION_MARKS[language]), (name, language)


def test_romanian_has_commas_below():
    assert not set("şţŞŢ") & set(str(STORIES))


def test_a_translation_credits_its_translator():
    for name, language, version in VERSIONS:
        roles = [row["role"] for row in version["credits"]]
        assert ("translator" in roles) == (language != STORIES[name]["original"]), (name, language)


def test_people_have_a_preferred_form_in_every_language():
    for person in data.registers("people"):
        assert all(person[language] for language in data.LANGUAGES), person["slug"]
        assert set(person) & set(NameKind.values) <= {"accepted", "deprecated", "misspelling"}


def test_sources_are_of_kinds_that_exist():
    assert {row["kind"] for row in data.registers("sources")} <= set(SourceKind.values)
