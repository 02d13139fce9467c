"""Pages as JSON-LD in the vocabulary of schema.org: plain dicts made of what the page shows, nothing asked besides."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from django.urls import reverse

from articles.enums import Change, CreditRole, NameKind, PageKind
from articles.models.person import Person
from articles.models.publication import Publication
from articles.public.rights import rights_of
from articles.public.site import PICTURE, Site, Sized, sized
from articles.public.telling import CHECKERS, WRITERS, credited
from articles.public.times import iso

Node = dict[str, Any]
POLICIES: Mapping[str, tuple[str, ...]] = {
    PageKind.ABOUT: ("mainEntityOfPage",),
    PageKind.MASTHEAD: ("masthead",),
    PageKind.ETHICS: ("publishingPrinciples", "ethicsPolicy"),
    PageKind.CORRECTIONS: ("correctionsPolicy",),
    PageKind.SOURCING: ("verificationFactCheckingPolicy",),
    PageKind.OWNERSHIP: ("ownershipFundingInfo",),
}
"""What the vocabulary calls each kind of newsroom page, as a property of the newsroom."""
HEADLINE = 110
"""How many characters of a headline search engines read."""
MACHINE_HELPED = "https://schema.org/CompositeWithTrainedAlgorithmicMediaDigitalSource"
"""What the vocabulary calls a work that people made with the help of a trained machine."""


def document(nodes: Sequence[Node]) -> Node:
    """The nodes of one page as a document."""
    return {"@context": "https://schema.org", "@graph": list(nodes)}


def newsroom(site: Site) -> Node:
    """The newsroom, with the pages on which it says what it goes by."""
    pages = {name: site.whole(path) for kind, path in site.pages.items() for name in POLICIES[kind]}
    return _node(
        "NewsMediaOrganization", **{"@id": site.whole("/#newsroom")}, name=site.name, url=site.whole("/"),
        logo=site.logo and _file(site.logo, site), email=site.contact, **pages,
    )  # fmt: skip


def newsroom_page(publication: Publication, site: Site) -> Node:
    """A page on which the newsroom speaks of itself."""
    address = site.whole(publication.get_absolute_url())
    return _node(
        "AboutPage" if publication.page == PageKind.ABOUT else "WebPage",
        **{"@id": address},
        url=address,
        name=publication.headline,
        description=publication.standfirst,
        inLanguage=publication.language,
        datePublished=iso(publication.first_published),
        dateModified=iso(publication.updated),
        isPartOf={"@id": website(site, publication.language)["@id"]},
        about=newsroom(site),
    )


def website(site: Site, language: str) -> Node:
    """The paper in one language."""
    front = site.whole(reverse("front", kwargs={"language": language}))
    return _node(
        "WebSite",
        **{"@id": f"{front}#website"},
        name=site.name,
        url=front,
        inLanguage=language,
        publisher={"@id": newsroom(site)["@id"]},
    )


def breadcrumbs(site: Site, trail: Iterable[tuple[str, str]]) -> Node:
    """The way from the front page to here, as names with their paths."""
    steps = [
        _node("ListItem", position=position, name=name, item=site.whole(path))
        for position, (name, path) in enumerate(trail, start=1)
    ]
    return _node("BreadcrumbList", itemListElement=steps)


def collection(
    site: Site,
    language: str,
    address: str,
    *,
    name: str,
    description: str = "",
    listed: Sequence[Publication] = (),
    entity: Node | None = None,
) -> Node:
    """A page that lists stories; the page of a person, given as *entity*, is their profile."""
    profile = entity is not None and entity["@type"] == "Person"
    stories = [
        _node("ListItem", position=position, url=site.whole(story.get_absolute_url()))
        for position, story in enumerate(listed, start=1)
    ]
    items = _node("ItemList", itemListElement=stories) if stories else None
    return _node(
        "ProfilePage" if profile else "CollectionPage",
        **{"@id": address},
        url=address,
        name=name,
        description=description,
        inLanguage=language,
        isPartOf={"@id": website(site, language)["@id"]},
        mainEntity=entity if profile else items,
        about=None if profile else entity,
        hasPart=items if profile else None,
    )


def person(register: Person, language: str, role: str) -> Node:
    """Somebody whom stories quote or name, with the right spellings of the name; wrong and outdated ones stay out."""
    right = {NameKind.PREFERRED, NameKind.ACCEPTED}
    name = register.form_in(language)
    forms = dict.fromkeys(form.form for form in register.forms.all() if form.kind in right and form.form != name)
    wikidata = f"https://www.wikidata.org/wiki/{register.wikidata}" if register.wikidata else ""
    return _node("Person", name=name, alternateName=list(forms), jobTitle=role, sameAs=wikidata)


def contributor(name: str, about: str) -> Node:
    return _node("Person", name=name, description=about)


def source(name: str, homepage: str) -> Node:
    return _node("Organization", name=name, url=homepage)


def news_article(publication: Publication, facts: Mapping[str, Any], site: Site) -> Node:
    """A live story; *facts* are those of ``telling.facts``."""
    record, address = publication.story, site.whole(publication.get_absolute_url())
    authors, rights = _people(publication, WRITERS, site), rights_of(publication, site.name)
    return _node(
        "NewsArticle",
        **{"@id": f"{address}#story"},
        url=address,
        mainEntityOfPage=address,
        headline=shortened(publication.headline, HEADLINE),
        description=publication.standfirst,
        inLanguage=publication.language,
        datePublished=iso(publication.first_published),
        dateModified=iso(publication.updated),
        author=authors or [newsroom(site)],
        editor=_people(publication, {CreditRole.EDITOR}, site),
        translator=_people(publication, {CreditRole.TRANSLATOR, CreditRole.POST_EDITOR}, site),
        contributor=_people(publication, CHECKERS, site),
        **_translations(publication, facts["versions"], site),
        citation=[_citation(cited) for cited in record.get("citations", [])],
        isBasedOn=[cited["url"] for cited in record.get("citations", []) if cited.get("url")],
        correction=_corrections(facts["notes"]),
        mentions=[_mentioned(named, publication.language, site) for named in record.get("people", [])],
        articleSection=publication.section and publication.section.name(publication.language),
        keywords=[tag["name"] for tag in record.get("tags", [])],
        wordCount=record.get("words") or None,
        dateline=publication.dateline,
        image=[_image(shot, site) for shot in record.get("pictures", []) if shot["use"] == "lead"],
        publisher=newsroom(site),
        digitalSourceType=MACHINE_HELPED if record.get("machine") else "",
        license=rights.address,
        copyrightHolder={"@id": newsroom(site)["@id"]},
        copyrightYear=rights.year,
        copyrightNotice=rights.line,
        isAccessibleForFree=True,
    )


def shortened(text: str, most: int) -> str:
    """The text, or as many whole words of it as *most* characters hold, with an ellipsis in their number."""
    if len(text) <= most:
        return text
    cut = text[: most - 1]
    return (cut.rsplit(" ", 1)[0] if " " in cut and text[most - 1] != " " else cut).rstrip(" ,;:–—-") + "…"


def _people(publication: Publication, roles: Collection[str], site: Site) -> list[Node]:
    return [
        _node("Person", name=name, url=site.page_of("contributor", publication.language, slug))
        for slug, name in credited(publication, roles).items()
    ]


def _translations(publication: Publication, versions: Iterable[Publication], site: Site) -> Node:
    """The original of a translation, or the translations of an original: those that readers can open now."""

    def version(other: Publication) -> Node:
        address = site.whole(other.get_absolute_url())
        headline = shortened(other.headline, HEADLINE)
        return _node(
            "NewsArticle", **{"@id": f"{address}#story"}, url=address, headline=headline, inLanguage=other.language
        )

    if publication.is_translation:
        original = [version(other) for other in versions if not other.is_translation]
        return {"translationOfWork": original[0]} if original else {}
    return {"workTranslation": [version(other) for other in versions]}


def _citation(cited: Mapping[str, Any]) -> Node:
    return _node(
        "CreativeWork",
        name=cited.get("title") or cited["name"],
        url=cited.get("url"),
        datePublished=cited.get("published"),
        publisher=_node("Organization", name=cited["name"]),
    )


def _corrections(notes: Iterable[Publication]) -> list[Node]:
    told = [note for note in notes if note.change in {Change.CORRECTION, Change.CLARIFICATION}]
    return [_node("CorrectionComment", datePublished=iso(note.visible_from), text=note.note) for note in told]


def _mentioned(named: Mapping[str, Any], language: str, site: Site) -> Node:
    address = site.page_of("person", language, named["slug"])
    return _node("Person", name=named["name"], jobTitle=named.get("role"), url=address)


def _image(shot: Mapping[str, Any], site: Site) -> Node:
    told = {"caption": shot.get("caption") or shot["alt"], "creditText": shot.get("credit")}
    return _file(sized(shot, PICTURE), site, **told)


def _file(file: Sized, site: Site, **told: Any) -> Node:
    return _node("ImageObject", url=site.whole(file.path), width=file.width, height=file.height, **told)


def _node(type_: str, **properties: Any) -> Node:
    """A thing with what is known of it; what is empty stays out."""
    return {"@type": type_} | {name: value for name, value in properties.items() if value not in (None, "", [])}
