"""The everyday story, end to end in a browser: typed in with its faults, stopped, put right, published, corrected."""

from dataclasses import dataclass, field

import pytest
from playwright.sync_api import expect

from articles import text
from articles.models import Article, Person, PersonName
from newsroom.demo import data, registers
from tests import cast
from tests.journeys.at_the_desk import Colleague

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


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


def from_the_demo() -> Told:
    """The demo's story of the consultations in Istanbul, with the faults that a first draft has."""
    told = data.story("istanbul")["en"]
    body = text.plain(told["body"]).split("\n")
    body[2:] = [paragraph.replace("Darchiev", "Darcheev") for paragraph in body[2:]]
    return Told(
        told["headline"],
        told["standfirst"],
        [*body, "Translation from Romanian by Iurie Tataru", "Read more"],
        [row["words"] for row in told["quotes"] if row.get("kind") != "paraphrase"],
    )


def own_registers() -> None:
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


def demo_registers() -> None:
    """What the demo newsroom knows."""
    desks = {
        "reporter": "rita",
        "translator": "tudor",
        "editor": "elena",
        "editor2": "emil",
        "chief": "clara",
        "admin": "adam",
    }
    registers.fill({username: cast.user(name) for username, name in desks.items()})


@pytest.mark.parametrize(
    ("tell", "know"),
    [
        pytest.param(lambda: OWN, own_registers, id="in our own words"),
        pytest.param(from_the_demo, demo_registers, id="as the demo tells it"),
    ],
)
def test_the_everyday_story(tell, know, browser, live_server, transactional_db):
    know()
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
    for fault in ("Darcheev", story.body[-2], "Read more", *(words.rstrip(",") for words in story.quotes)):
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
    for fault in ("Darcheev", "Iurie Tataru\nRead more"):
        assert fault not in page.content(), fault
    assert page.locator(".body").inner_text().count("Translation") == 0
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
