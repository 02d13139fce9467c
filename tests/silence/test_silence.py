"""Nothing that is not public reaches a reader: marked text is looked for at every public address there is."""

import io
import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from html import escape
from urllib.parse import parse_qsl, urlencode

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone
from PIL import Image

from articles.enums import CreditRole, PageKind
from articles.models import (
    Article,
    ArticlePicture,
    Citation,
    Contributor,
    Credit,
    KeyFact,
    Mention,
    Person,
    PersonName,
    PersonRole,
    Picture,
    Quote,
    Source,
)
from articles.workflow import checking, filing, withdrawing
from tests import cast

pytestmark = pytest.mark.django_db
LANGUAGES = ("en", "ro", "ru", "uk")
MARK = "qzx"  # in every word that must not be seen; in no word of the interface
DESK = ("admin/", "accounts/")

# Every public address by its route name: what to ask for, given the marked article. A public route that is
# not here fails the test below: say what is asked of it.
ASKED: dict[str, Callable[[Article], list[str]]] = {
    "robots": lambda a: ["/robots.txt"],
    "tdmrep": lambda a: ["/.well-known/tdmrep.json"],
    "security_txt": lambda a: ["/.well-known/security.txt"],
    "sitemap": lambda a: ["/sitemap.xml"],
    "month_sitemap": lambda a: [f"/sitemap/{code}-{day:%Y-%m}.xml" for code in LANGUAGES for day in _days()],
    "news_sitemap": lambda a: ["/news-sitemap.xml"],
    "healthz": lambda a: ["/healthz"],
    "readyz": lambda a: ["/readyz"],
    "home": lambda a: ["/"],
    "front": lambda a: [f"/{code}/" for code in LANGUAGES] + _at_any_time("/en/", a),
    "section": lambda a: [f"/{code}/international/" for code in LANGUAGES] + [f"/en/international/?before={_before()}"]
        + _at_any_time("/en/international/", a),
    "story": lambda a: _addresses(a) + [at for address in _addresses(a, "en") for at in _at_any_time(address, a)],
    "story_text": lambda a: [f"{address}text.{form}" for address in _addresses(a) for form in ("txt", "md")],
    "newsroom_page": lambda a: [f"/{code}/{kind}/" for code in LANGUAGES for kind in PageKind.values]
        + _at_any_time("/en/about/", a),
    "newsroom_page_history": lambda a: [f"/{code}/{kind}/history/" for code in LANGUAGES for kind in PageKind.values]
        + [f"/en/about/history/{two}" for two in _compared()],
    "pages_sitemap": lambda a: [f"/sitemap/{code}-pages.xml" for code in LANGUAGES],
    "colours": lambda a: ["/colours/8f1d2c-f2a09a.css"],
    "card": lambda a: [f"{address}card-{number}.jpeg" for address in _addresses(a) for number in range(4)],
    "history": lambda a: [f"{address}history/" for address in _addresses(a)]
        + [f"{address}history/{two}" for address in _addresses(a, "en") for two in _compared()],
    "tag": lambda a: [f"/{code}/tag/{MARK}-tag/" for code in LANGUAGES] + ["/en/tag/river/"],
    "person": lambda a: [f"/{code}/person/{MARK}-{who}/" for code in LANGUAGES for who in ("speaker", "named")],
    "source": lambda a: [f"/{code}/source/{MARK}-source/" for code in LANGUAGES] + ["/en/source/tass/"],
    "contributor": lambda a: [f"/{code}/contributor/{MARK}-byline/" for code in LANGUAGES] + ["/en/contributor/rita/"],
    "search": lambda a: [
        f"/{code}/search/?{query}"
        for code in LANGUAGES
        for query in (
            f"q={MARK}", f"q={MARK}+headline", f"q=%22{MARK}+body%22", f"q={MARK}+speaker&sort=best", f"q={MARK[:-1]}y",
            f"q={MARK}+speakre", f"person={MARK}-speaker", f"source={MARK}-source", f"tag={MARK}-tag", "q=talks", "q=-talks",
        )
    ],
    "archive_index": lambda a: [f"/{code}/archive/" for code in LANGUAGES],
    "archive": lambda a: [f"/{code}/archive/{day:%Y/%m}/" for code in LANGUAGES for day in _days()],
    "corrections": lambda a: [f"/{code}/corrections/" for code in LANGUAGES],
    "front_feed": lambda a: _feeds("/{code}/"),
    "section_feed": lambda a: _feeds("/{code}/international/"),
    "tag_feed": lambda a: [*_feeds(f"/{{code}}/tag/{MARK}-tag/"), "/en/tag/river/feed.rss"],
    "person_feed": lambda a: _feeds(f"/{{code}}/person/{MARK}-speaker/") + _feeds(f"/{{code}}/person/{MARK}-named/"),
    "source_feed": lambda a: [*_feeds(f"/{{code}}/source/{MARK}-source/"), "/en/source/tass/feed.json"],
    "contributor_feed": lambda a: [*_feeds(f"/{{code}}/contributor/{MARK}-byline/"), "/en/contributor/rita/feed.atom"],
    "corrections_feed": lambda a: _feeds("/{code}/corrections/"),
    "picture": lambda a: [
        f"/pictures/{use.picture.sha256}/{width}.{kind}"
        for use in a.pictures.all() for width in (320, 640, 1920) for kind in ("jpeg", "webp", "avif")
    ],
    "nonsense": lambda a: [f"/en/{MARK}", "/ro/2026/13/45/x/", f"/uk/tag/{MARK}/x/"],
}  # fmt: skip


def _at_any_time(address: str, article: Article) -> list[str]:
    """As it was at every moment at which something of the article began or ended, a day on, and ages away."""
    rows = article.publications.all()
    moments = {moment for row in rows for moment in (row.visible_from, row.visible_until) if moment}
    moments |= {timezone.now(), timezone.now() + timedelta(hours=3)}
    around = {moment + timedelta(microseconds=step) for moment in moments for step in (-1, 0, 1)}
    texts = [f"{moment:%Y-%m-%dT%H:%M:%S.%fZ}" for moment in sorted(around)]
    return [f"{address}?at={text}" for text in [*texts, f"{timezone.localdate()}", "2099-01-01", "1999-01-01", "x"]]


def _compared() -> list[str]:
    numbers = range(1, 4)
    return [f"?to={to}" for to in numbers] + [f"?from={one}&to={two}" for one in numbers for two in numbers]


def _before() -> str:
    return f"{timezone.now() + timedelta(days=900):%Y-%m-%dT%H:%M:%S.%fZ}_999999"


def _feeds(page: str) -> list[str]:
    return [f"{page.format(code=code)}feed.{kind}" for code in LANGUAGES for kind in ("rss", "atom", "json")]


def _days():
    now = timezone.localtime()
    return [now, now + timedelta(days=31)]


def _addresses(article: Article, *languages: str) -> list[str]:
    """Every address that the story has, had, or would have, in every language or in these."""
    days = {timezone.localdate(), timezone.localdate() + timedelta(days=1)}
    days |= {timezone.localdate(row.first_published) for row in article.publications.all()}
    return [f"/{code}/{day:%Y/%m/%d}/{article.slug}/" for code in languages or LANGUAGES for day in sorted(days)]


def public_routes(patterns=None, prefix: str = "") -> Iterator[tuple[str, str]]:
    """(route, name) of every pattern in the URL configuration that is not behind the sign-in."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        route = prefix + str(pattern.pattern)
        if route.startswith(DESK):
            continue
        if isinstance(pattern, URLResolver):
            yield from public_routes(pattern.url_patterns, route)
        elif isinstance(pattern, URLPattern):
            yield route, pattern.name or ""


def marked(**fields) -> Article:
    """A draft with the mark in every field, and registers that it alone uses."""
    source = Source.objects.create(name=f"{MARK} source", slug=f"{MARK}-source", credit_line=f"{MARK} line")
    people = [
        Person.objects.create(name=f"{MARK} {who}", slug=f"{MARK}-{who}", note=MARK) for who in ("speaker", "named")
    ]
    for person in people:
        PersonName.objects.create(person=person, language="en", kind="preferred", form=person.name.title())
        PersonRole.objects.create(person=person, titles=dict.fromkeys(LANGUAGES, f"{MARK} office"))
    about = dict.fromkeys(LANGUAGES, f"{MARK} about")
    byline = Contributor.objects.create(name=f"{MARK} byline", slug=f"{MARK}-byline", about=about)
    file = io.BytesIO()
    Image.new("RGB", (2000, 1200), "navy").save(file, "JPEG")
    picture = Picture(
        title=f"{MARK} title", sha256="ab" * 32, extension="jpg", credit=f"{MARK} credit", licence=f"{MARK} licence",
        uploaded_by=cast.user("rita"), file=ContentFile(file.getvalue(), name="x.jpg"),
    )  # fmt: skip
    picture.save()
    article = Article(
        language=fields.pop("language", "en"), kicker=f"{MARK} kicker", headline=f"{MARK} headline", dateline=MARK,
        standfirst=f"{MARK} standfirst.", slug=f"{MARK}-slug",
        body=f'<p>{MARK} body <a href="https://example.org/{MARK}">link</a>.<sup data-citation="1">1</sup></p>'
        f'<blockquote data-quote="1"><p>“{MARK} words said about the matter.”</p></blockquote>'
        f'<blockquote data-quote="2"><p>“{MARK} other words than the speaker said.”</p></blockquote>'
        f"<p>Source: {MARK} agency</p>"
        '<figure data-picture="1"></figure>', **{"section": cast.section(), **fields},
    )  # fmt: skip

    def write() -> None:
        article.save()
        article.tags.set([f"{MARK} tag"])
        citation = Citation.objects.create(
            article=article,
            number=1,
            source=source,
            title=f"{MARK} title",
            url=f"https://example.org/{MARK}",
            note=MARK,
        )
        Quote.objects.create(
            article=article, number=1, person=people[0], role=f"{MARK} role", words=f"{MARK} words said about the matter.",
            citation=citation, original_words=f"{MARK} original words", original_language="uk",
        )  # fmt: skip
        Quote.objects.create(
            article=article, number=2, description=f"{MARK} official", words=f"{MARK} other words than the speaker said.",
            citation=citation,
        )  # fmt: skip
        KeyFact.objects.create(article=article, number=1, figure=f"{MARK} 12", text=f"{MARK} rounds", citation=citation)
        Mention.objects.create(article=article, person=people[1])
        Credit.objects.create(article=article, contributor=byline)
        if article.original_id:
            Credit.objects.create(article=article, contributor=byline, role=CreditRole.TRANSLATOR)
        ArticlePicture.objects.create(
            article=article, number=1, picture=picture, alt=f"{MARK} alt", caption=f"{MARK} caption"
        )

    article = filing.file(article, by=cast.user("rita"), write=write)
    article.comments.create(by=cast.user("elena"), text=f"{MARK} comment")
    for finding in article.head.findings.filter(rule="leftovers"):
        checking.waive(finding, by=cast.user("elena"), reason=f"{MARK} waiver")
    return article


@pytest.fixture
def marked_draft(monkeypatch):
    """Lets the cast walk the marked article, instead of its own, through the workflow. Returns what is public beside it."""

    def filed(by=None, **fields):
        return marked(**fields)

    public = cast.live()  # so that no list is empty
    monkeypatch.setattr(cast, "draft", filed)
    return public


def in_state(state: str, **fields) -> Article:
    if state == "embargoed":
        return cast.ready(embargo_until=timezone.now() + timedelta(hours=5), **fields)
    if state == "draft":
        return cast.draft(**fields)
    if state == "held":
        return withdrawn(cast.live(**fields), withdrawing.hold, "elena")
    if state == "removed":
        return withdrawn(cast.live(**fields), withdrawing.remove, "clara")
    if state == "held while edited":
        return cast.edit(in_state("held", **fields), cast.user("elena"), kicker=f"{MARK} newer")
    if state == "held after a correction":
        return withdrawn(cast.corrected(), withdrawing.hold, "elena")
    if state == "removed after a correction":
        return withdrawn(cast.corrected(), withdrawing.remove, "clara")
    return cast.STATES[state](**fields)


def withdrawn(article: Article, withdraw: Callable[..., Article], by: str, note: str = f"{MARK} doubt") -> Article:
    """Held, retracted or removed, with a reason or a legal reference that is for the desk."""
    return withdraw(article, by=cast.user(by), version=article.version, note=note)


def asked(article: Article) -> Iterator[tuple[str, str]]:
    for name, make in ASKED.items():
        for address in make(article):
            yield name, address


def seen(response) -> str:
    """All that a reader's browser gets."""
    headers = "\n".join(f"{name}: {value}" for name, value in response.headers.items())
    body = b"".join(response.streaming_content) if response.streaming else response.content
    return headers + "\n" + body.decode("utf-8", "replace")


def learned(response, address: str) -> str:
    """What the answer says beyond what was asked. A search repeats its words: in its title, fields and links."""
    found = seen(response).replace(address, "")
    if "/search/" in address:
        for name, value in parse_qsl(address.partition("?")[2]):
            found = found.replace(f'value="{escape(value)}"', "").replace(urlencode({name: value}), "")
            found = found.replace(f"<b>{value}</b>", "")
            found = re.sub(rf"<title>[^<]*{re.escape(escape(value))}[^<]*</title>", "", found)
    return found


def test_every_public_route_is_asked_for():
    routes = {name: route for route, name in public_routes()}
    assert set(routes) == set(ASKED), "say in ASKED what is asked of a public route, or put it behind the sign-in"


@pytest.mark.parametrize(
    "state",
    [
        "draft",
        "submitted",
        "editing",
        "ready",
        "embargoed",
        "scheduled",
        "held",
        "held while edited",
        "held after a correction",
        "removed",
        "removed after a correction",
        "spiked",
    ],
)
def test_marked_text_is_nowhere(marked_draft, state):
    silent_about(in_state(state), state)


@pytest.mark.parametrize("state", ["draft", "ready", "scheduled", "held", "removed"])
def test_a_translation_is_as_silent_beside_its_public_original(marked_draft, state):
    silent_about(in_state(state, original=marked_draft, language="ro"), state)


def silent_about(article: Article, state: str) -> None:
    client = Client()
    for name, address in asked(article):
        for method in ("get", "head") if address.startswith("/en/") else ("get",):
            response = getattr(client, method)(address)
            assert response.status_code < 500 or name == "readyz", address  # no worker runs here
            # The address itself was given, not learned: an answer may not say more than was asked.
            found = learned(response, address)
            assert MARK not in found, f"{state}: {name} {address}"


@pytest.mark.parametrize(
    "state", ["draft", "ready", "embargoed", "scheduled", "held while edited", "removed", "spiked"]
)
def test_marked_text_of_a_newsroom_page_is_nowhere(marked_draft, state):
    article = in_state(state, page="about", section=None)
    client = Client()
    for name, address in asked(article):
        response = client.get(address)
        assert response.status_code < 500 or name == "readyz", address
        assert MARK not in learned(response, address), f"{state}: {name} {address}"


def test_a_newsroom_page_is_at_its_own_address_and_on_no_list(marked_draft):
    article = cast.live(page="about", section=None)
    client = Client()
    found = {name for name, address in asked(article) if MARK in learned(client.get(address), address)}
    assert found == {"newsroom_page", "newsroom_page_history"}


@pytest.mark.parametrize("corrected", [False, True])
def test_of_a_retracted_story_the_headline_and_the_notice_are_left(marked_draft, corrected):
    live = cast.corrected() if corrected else cast.live()
    article = withdrawn(live, withdrawing.retract, "clara", note="The document was not genuine.")
    own = article.publications.valid().get().get_absolute_url()
    client = Client()
    for name, address in asked(article):
        found = learned(client.get(address), address).replace(own, "")
        if address.startswith(own) or name in {"corrections", "corrections_feed"}:
            found = found.replace(article.headline, "")
        assert MARK not in found, f"{name} {address}"


def test_the_mark_would_be_found_where_it_is_public(marked_draft):
    """The test can fail: the same walk sees the marked text once the story is live."""
    article = cast.live()
    client = Client()
    found = {name for name, address in asked(article) if MARK in learned(client.get(address), address)}
    lists = {"front", "section", "tag", "person", "source", "contributor"}
    assert {"story", "story_text", "history", "archive", "search", *lists} <= found
    assert {*(f"{name}_feed" for name in lists), "month_sitemap", "news_sitemap"} <= found
    pages = "".join(seen(client.get(address)) for name, address in asked(article) if name in {"story", "contributor"})
    for words in ("original words", "official", "other words", "office", "about"):
        assert f"{MARK} {words}" in pages, words
    for words in ("waiver", "comment"):
        assert f"{MARK} {words}" not in pages, words


@pytest.mark.parametrize("state", ["draft", "ready", "scheduled", "spiked"])
def test_what_is_not_public_answers_as_what_never_existed(marked_draft, state):
    article = in_state(state)
    client = Client()
    nothing = client.get("/en/2026/01/01/no-such-story/")
    assert nothing.status_code == 404
    registers = ("tag", "person", "source", "contributor")
    for name in ("story", "story_text", "card", "history", *registers, *(f"{name}_feed" for name in registers)):
        for address in ASKED[name](article):
            if MARK not in address or not address.startswith("/en/"):
                continue
            response = client.get(address)
            assert (response.status_code, seen(response)) == (404, seen(nothing)), address


def test_readers_get_no_cookie_and_nothing_varies_by_one(marked_draft):
    article = cast.live()
    client = Client()
    for _name, address in asked(article):
        response = client.get(address)
        assert not response.cookies, address
        assert "cookie" not in response.headers.get("Vary", "").lower(), address
