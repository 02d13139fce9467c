"""The everyday story, end to end in a browser: typed in with its faults, stopped, put right, published, corrected."""

from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import expect

from articles.models import Article, Person, PersonName
from tests import cast
from tests.journeys.at_the_desk import Colleague

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ORIGINAL = Path(__file__).resolve().parents[3] / "shared" / "data" / "istanbul-story.txt"


@dataclass
class Told:
    """A telling of the story: as it was first typed, and which of its words are somebody's."""

    headline: str
    standfirst: str
    body: list[str]
    quotes: list[str] = field(default_factory=list)


OWN = Told(
    headline="Envoys carry their talks home from Istanbul",
    standfirst="Moscow and Washington mean to go on talking, now in each other's capitals.",
    body=[
        "Aleksandr Darchiev, Russia's ambassador in Washington, told TASS that Istanbul has had its turn. “Our colleagues will be our guests in Moscow quite soon,” he said; Deutsche Welle reported it too.",
        "Rounds were held on 27 February and on 10 April. Darcheev headed one delegation, Sonata Coulter the other.",
        "He put the slow pace down to a “deep state” and to “hawks” in Congress.",
        "Translation by Iurie Tataru",
        "Read more",
    ],
    quotes=["Our colleagues will be our guests in Moscow quite soon"],
)


def first_printed() -> Told:
    """The story as its newsroom published it, where its text is at hand."""
    lines = [line.strip() for line in ORIGINAL.read_text().splitlines() if line.strip()]
    _section, headline, standfirst, *body = lines
    return Told(
        headline,
        standfirst,
        body,
        [
            "in the shortest possible time",
            "measurable, albeit reversible, progress",
            "I can confirm that the next meeting of the delegations will take place in the shortest possible time in Moscow,",
        ],
    )


@pytest.fixture
def registers() -> None:
    """What the newsroom knows before the story comes in."""
    cast.section()
    cast.speaker()
    cast.source()
    cast.source("deutsche-welle", "Deutsche Welle")
    coulter = Person.objects.create(name="Sonata Coulter", slug="sonata-coulter")
    PersonName.objects.create(person=coulter, language="en", kind="preferred", form="Sonata Coulter")
    translator = cast.contributor("tudor")
    translator.name, translator.slug = "Iurie Tataru", "iurie-tataru"
    translator.save()


@pytest.mark.parametrize(
    "tell",
    [
        pytest.param(lambda: OWN, id="in our own words"),
        pytest.param(
            first_printed,
            id="as it was printed",
            marks=pytest.mark.skipif(not ORIGINAL.exists(), reason="the printed story's text is not at hand"),
        ),
    ],
)
def test_the_everyday_story(tell, registers, browser, live_server, transactional_db):
    story = tell()
    rita, elena, clara = (Colleague(browser, live_server.url, name) for name in ("rita", "elena", "clara"))

    # The reporter files what she has, faults and all.
    rita.new_story()
    rita.page.locator("#id_section").select_option(label="International")
    rita.page.locator("#id_headline").fill(story.headline)
    rita.page.locator("#id_standfirst").fill(story.standfirst)
    rita.type_body(story.body)
    rita.save()
    rita.begin("submit")
    assert "citation" in rita.obstacles()
    rita.page.go_back()
    rita.cite("TASS", "Interview with the ambassador")
    rita.cite("Deutsche Welle", "Report on the talks")
    rita.begin("submit")
    rita.confirm()

    # The editor takes it, and can't approve it.
    elena.open(story.headline)
    elena.begin("claim")
    elena.confirm()
    elena.open(story.headline)
    elena.begin("approve")
    against = elena.obstacles()
    for fault in ("Darcheev", "Translation by", "Read more", *(words.rstrip(",") for words in story.quotes)):
        assert fault in against, fault
    assert not elena.page.locator(".step form").count()

    # She puts right what the copy desk names: spelling, leftovers, speakers, the translator's credit.
    elena.open(story.headline)
    elena.type_body([paragraph.replace("Darcheev", "Darchiev") for paragraph in story.body[:-2]])
    for words in story.quotes:
        elena.quote(words, speaker="Darchiev", citation=1)
    elena.mention("Coulter")
    elena.credit("Iurie Tataru", "translator")
    elena.save()

    # A second person approves the very text, and it is published.
    clara.open(story.headline)
    clara.begin("approve")
    clara.confirm()
    clara.open(story.headline)
    clara.begin("publish")
    clara.confirm()

    # A reader sees it with its sources, people and credit, and without the faults.
    reader = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    page = reader.new_page()
    page.goto("/en/")
    page.get_by_role("link", name=story.headline).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(story.headline)
    shown = page.locator("main").inner_text()
    for expected in ("Aleksandr Darchiev", "Sonata Coulter", "TASS", "Deutsche Welle", "Iurie Tataru", "International"):
        assert expected in shown, expected
    for fault in ("Darcheev", "Translation by Iurie Tataru\nRead more"):
        assert fault not in page.content(), fault
    assert page.locator(".body").inner_text().count("Translation by") == 0
    assert not reader.cookies()

    # Afterwards it is corrected, and the correction stands on the page.
    address = page.url
    elena.page.goto(Article.objects.get().get_absolute_url())
    elena.page.locator("#id_standfirst").fill("Corrected: " + story.standfirst)
    elena.save()
    clara.open(story.headline)
    clara.begin("approve")
    clara.confirm()
    clara.open(story.headline)
    clara.begin("publish")
    clara.confirm(change="correction", note="The standfirst left out who is meant.")
    page.goto(address)
    assert "Corrected: " in page.locator(".standfirst").inner_text()
    assert "The standfirst left out who is meant." in page.locator("main").inner_text()
    page.goto("/en/corrections/")
    assert "The standfirst left out who is meant." in page.locator("main").inner_text()
    for person in (rita, elena, clara):
        person.close()
    reader.close()
