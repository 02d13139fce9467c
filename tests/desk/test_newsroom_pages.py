"""Newsroom pages at the desk: begun from their overview, on the form and through the steps of every story."""

import pytest
from django.db import IntegrityError, transaction

from articles.enums import Change, PageKind, Step
from articles.errors import Refused
from articles.models import Article, Publication, Revision
from articles.workflow import filing, publishing
from tests import cast
from tests.desk.typing_in import at_desk, drawn, page, save, words
from translations import drafting as translating

pytestmark = pytest.mark.django_db
OVERVIEW = "/admin/newsroom-pages/"
ADD = "/admin/articles/article/add/?page=about&language=en"
TEXTS = {"headline": "About us", "body": "<p>We are a small paper.</p>"}


def draft(**fields) -> Article:
    return cast.draft(page="about", section=None, **fields)


def live(**fields) -> Article:
    return cast.live(page="about", section=None, **fields)


def take(client, article, step, **entries):
    article = cast.fresh(article)
    address = f"/admin/articles/article/{article.pk}/step/{step}/"
    return client.post(address, {"version": article.version, **entries}, follow=True)


class TestOverview:
    def test_it_leads_to_what_is_there_and_begins_what_is_not(self):
        article = live()
        shown = page(at_desk("elena").get(OVERVIEW))
        links = shown.xpath("//main//td//a/@href") or shown.xpath("//td//a/@href")
        assert f"/admin/articles/article/{article.pk}/change/" in links
        begun = [link for link in links if "/add/?page=" in link]
        assert len(begun) == len(PageKind) * 4 - 1
        assert "/admin/articles/article/add/?page=about&language=ro" in begun

    def test_a_spiked_page_makes_room(self):
        cast.spiked(page="about", section=None)
        links = page(at_desk("elena").get(OVERVIEW)).xpath("//td//a/@href")
        assert "/admin/articles/article/add/?page=about&language=en" in links

    @pytest.mark.parametrize(
        ("name", "status"), [("rita", 200), ("tudor", 200), ("clara", 200), ("adam", 403), ("sam", 403)]
    )
    def test_it_is_for_who_files(self, name, status):
        assert at_desk(name).get(OVERVIEW).status_code == status

    def test_who_may_not_see_a_page_does_not_learn_its_headline(self):
        draft(by=cast.user("emil"), headline="Not yet for all")
        assert "Not yet for all" not in at_desk("tudor").get(OVERVIEW).content.decode()
        assert "Not yet for all" in at_desk("elena").get(OVERVIEW).content.decode()

    def test_it_asks_no_more_for_more_pages(self, django_assert_num_queries):
        client = at_desk("elena")
        client.get(OVERVIEW)
        draft()
        with django_assert_num_queries(5):
            client.get(OVERVIEW)
        for kind in ("ethics", "masthead", "sourcing"):
            cast.draft(page=kind, section=None)
        with django_assert_num_queries(5):
            client.get(OVERVIEW)

    def test_the_desk_leads_there(self):
        assert OVERVIEW in page(at_desk("rita").get("/admin/")).xpath("//a/@href")
        assert OVERVIEW not in page(at_desk("adam").get("/admin/")).xpath("//a/@href")


class TestForm:
    def test_it_asks_for_nothing_that_only_a_story_has(self):
        response = at_desk("rita").get(ADD)
        fields = set(drawn(response))
        assert {"headline", "standfirst", "body", "pictures-TOTAL_FORMS"} <= fields
        stories = {"section", "kicker", "tags", "slug", "dateline", "own_reporting"}
        stories |= {f"{rows}-TOTAL_FORMS" for rows in ("citations", "quotes", "mentions", "credits")}
        assert not fields & stories
        assert "New page: About us" in words(response)

    def test_a_page_that_there_is_not_can_not_be_begun(self):
        assert at_desk("rita").get("/admin/articles/article/add/?page=jokes").status_code == 404

    def test_filed_it_is_a_draft_without_a_byline(self):
        save(at_desk("rita"), ADD, **TEXTS)
        article = Article.objects.get()
        assert (article.page, article.language, article.slug) == ("about", "en", "page_about")
        assert (article.state, article.section, article.credits.count()) == ("draft", None, 0)
        assert article.head.document["page"] == "about"

    def test_its_kind_stays(self):
        article = draft()
        address = f"/admin/articles/article/{article.pk}/change/"
        save(at_desk("rita"), f"{address}?page=ethics", headline="Who we are", page="ethics")
        article = cast.fresh(article)
        assert (article.page, article.headline, article.slug) == ("about", "Who we are", "page_about")

    def test_a_second_one_in_the_language_is_refused_in_words(self):
        draft()
        response = save(at_desk("rita"), ADD, **TEXTS)
        assert "There is a page “About us” in that language already." in words(response)
        assert Article.objects.count() == 1

    def test_one_in_another_language_is_not(self):
        draft()
        save(at_desk("rita"), ADD, **{**TEXTS, "language": "ro"})
        assert set(Article.objects.values_list("language", flat=True)) == {"en", "ro"}

    def test_a_story_is_filed_as_before(self):
        save(at_desk("rita"), "/admin/articles/article/add/", headline="Talks resume")
        article = Article.objects.get()
        assert (article.page, article.slug, article.credits.count() <= 1) == ("", "talks-resume", True)
        assert "page" not in article.head.document

    def test_the_preview_is_the_readers_page(self):
        article = draft(headline="Who we are")
        response = at_desk("rita").get(f"/admin/articles/article/{article.pk}/preview/")
        shown = words(response)
        assert "Who we are" in shown
        assert "Sources" not in shown.partition("Who we are")[2].partition("Front page")[0]

    def test_the_list_says_what_it_is(self):
        draft()
        assert "About us" in words(at_desk("elena").get("/admin/articles/article/"))


class TestWay:
    def test_from_a_draft_to_a_correction_with_no_section_and_no_source(self, client):
        save(at_desk("rita"), ADD, **TEXTS)
        article = Article.objects.get()
        take(at_desk("rita"), article, Step.SUBMIT)
        take(at_desk("elena"), article, Step.CLAIM)
        take(at_desk("elena"), article, Step.APPROVE)
        assert client.get("/en/about/").status_code == 404
        take(at_desk("elena"), article, Step.PUBLISH)
        assert "We are a small paper." in client.get("/en/about/").content.decode()
        address = f"/admin/articles/article/{article.pk}/change/"
        save(at_desk("elena"), address, body="<p>We are a small daily.</p>")
        take(at_desk("emil"), article, Step.APPROVE)
        take(at_desk("emil"), article, Step.PUBLISH, change="correction", note="We appear daily.")
        shown = client.get("/en/about/").content.decode()
        assert "We are a small daily." in shown
        assert "We appear daily." in shown
        assert "What changed" in shown
        assert Revision.objects.filter(article=article).count() == 2
        assert list(Publication.objects.order_by("number").values_list("page", "change")) == [
            ("about", "first"),
            ("about", "correction"),
        ]

    def test_one_person_alone_does_not_publish_it(self):
        save(at_desk("elena"), ADD, **TEXTS)
        article = Article.objects.get()
        take(at_desk("elena"), article, Step.SUBMIT)
        take(at_desk("elena"), article, Step.CLAIM)
        refused = take(at_desk("elena"), article, Step.APPROVE)
        assert "Ask a second person to approve it" in words(refused)
        assert cast.fresh(article).state == "editing"

    def test_without_a_text_it_is_not_submitted(self):
        save(at_desk("rita"), ADD, headline="About us")
        article = Article.objects.get()
        assert "Missing: body." in words(take(at_desk("rita"), article, Step.SUBMIT))

    def test_the_copy_desk_still_knows_how_names_are_spelled(self):
        cast.speaker()
        article = cast.submitted(page="about", section=None, body="<p>We asked Aleksandr Darcheev about it.</p>")
        article = filing.claim(article, by=cast.user("elena"), version=article.version)
        with pytest.raises(Refused, match="misspelling"):
            filing.approve(article, by=cast.user("elena"), version=article.version)

    def test_a_quotation_in_it_needs_no_record(self):
        article = cast.editing(
            page="about", section=None, body="<p>We say “we were wrong about this” when we were.</p>"
        )
        assert filing.approve(article, by=cast.user("elena"), version=article.version).state == "ready"

    def test_what_hangs_on_it_reaches_no_list(self):
        """Even where its rows were made past the form."""
        publication = live().publications.get()
        assert (publication.section, publication.byline) == (None, "")
        assert not publication.contributor_links.exists()
        assert not publication.source_links.exists()
        assert not any(publication.story[name] for name in ("credits", "citations", "quotes", "people", "tags"))

    def test_held_and_released_it_is_the_page_again(self, client):
        article = live()
        take(at_desk("elena"), article, Step.HOLD, note="A doubt.")
        assert "This page is being checked" in client.get("/en/about/").content.decode()
        take(at_desk("elena"), article, Step.RELEASE, note="It is right.")
        assert client.get("/en/about/").status_code == 200
        assert article.publications.valid().get().page == "about"

    def test_removed_it_is_gone(self, client):
        take(at_desk("clara"), live(), Step.REMOVE, note="Court order 1/2026.")
        assert client.get("/en/about/").status_code == 410

    def test_unspiked_it_needs_its_place(self):
        spiked = cast.spiked(page="about", section=None)
        draft()
        refused = take(at_desk("elena"), spiked, Step.UNSPIKE)
        assert "There is a page “About us” in that language already." in words(refused)
        assert cast.fresh(spiked).state == "spiked"


class TestTranslation:
    def test_it_is_the_same_kind_of_page_and_credits_no_translator(self):
        version = translating.begin(live(), language="ro", by=cast.user("tudor"))
        assert (version.page, version.slug, version.section) == ("about", "page_about", None)
        assert not version.credits.filter(role="translator").exists()

    def test_a_language_that_wrote_its_own_is_not_offered(self):
        article = live()
        save(at_desk("rita"), ADD, **{**TEXTS, "language": "ro"})
        client = at_desk("elena")
        address = f"/admin/articles/article/{article.pk}/translate/"
        offered = page(client.get(address)).xpath("//input[@name='language']/@value")
        assert offered == ["ru", "uk"]
        with pytest.raises(Refused):
            translating.begin(article, language="ro", by=cast.user("tudor"))

    def test_the_translators_queue_offers_what_no_language_wrote_itself(self):
        live()
        client = at_desk("tudor")
        assert "not in ro, ru, uk" in words(client.get("/admin/desk/translate/"))
        save(at_desk("rita"), ADD, **{**TEXTS, "language": "ro"})
        assert "not in ru, uk" in words(client.get("/admin/desk/translate/"))

    def test_it_is_published_without_a_translators_credit(self, client):
        version = translating.begin(live(), language="ro", by=cast.user("tudor"))
        version = cast.edit(version, cast.user("tudor"), headline="Despre noi", body="<p>Cine suntem.</p>")
        version = filing.submit(version, by=cast.user("tudor"), version=version.version)
        version = filing.claim(version, by=cast.user("elena"), version=version.version)
        version = filing.approve(version, by=cast.user("elena"), version=version.version)
        publishing.publish(version, by=cast.user("elena"), version=version.version)
        assert client.get("/ro/about/").status_code == 200


class TestRules:
    """What the database holds by itself."""

    @pytest.mark.parametrize(
        "wrong",
        [
            {"page": "jokes", "slug": "page_jokes"},
            {"page": "ethics"},
            {"slug": "about"},
            {"section_id": -1},
            {"page": ""},
        ],
    )
    def test_a_page_is_of_a_kind_under_its_slug_without_a_section(self, wrong):
        article, section = draft(), cast.section()
        wrong = {**wrong, **({"section_id": section.pk} if "section_id" in wrong else {})}
        if wrong == {"page": ""}:
            wrong = {"page": "about", "section_id": section.pk}
        with pytest.raises(IntegrityError), transaction.atomic():
            Article.objects.filter(pk=article.pk).update(**wrong)

    def test_there_is_one_of_a_kind_in_a_language(self):
        article = draft()
        with pytest.raises(IntegrityError), transaction.atomic():
            Article.objects.create(page="about", language="en", headline="Us", created_by=article.created_by)
        Article.objects.create(
            page="about", language="en", headline="Us", created_by=article.created_by, state="spiked"
        )

    def test_a_translation_is_the_page_that_its_original_is(self):
        article = draft()
        for page_kind in ("", "ethics"):
            with pytest.raises(IntegrityError), transaction.atomic():
                Article.objects.create(
                    page=page_kind, language="ro", headline="Us", original=article, created_by=article.created_by
                )
        ours = Article.objects.create(
            page="about", language="ro", headline="Noi", original=article, created_by=article.created_by
        )
        with pytest.raises(IntegrityError), transaction.atomic():
            Article.objects.filter(pk=ours.pk).update(page="ethics", slug="page_ethics")

    @pytest.mark.parametrize("wrong", [{"page": ""}, {"page": "ethics"}, {"slug": "about"}, {"page": "jokes"}])
    def test_a_publication_of_a_page_is_one(self, wrong):
        row = live().publications.get()
        columns = {field.attname: getattr(row, field.attname) for field in Publication._meta.concrete_fields}
        del columns["id"]
        with pytest.raises(IntegrityError), transaction.atomic():
            Publication.objects.create(**{**columns, "number": 9, "visible_until": row.visible_from, **wrong})

    def test_a_story_has_a_section(self):
        row = cast.live().publications.get()
        columns = {field.attname: getattr(row, field.attname) for field in Publication._meta.concrete_fields}
        del columns["id"]
        with pytest.raises(IntegrityError), transaction.atomic():
            Publication.objects.create(
                **{
                    **columns,
                    "number": 9,
                    "visible_until": row.visible_from,
                    "section_id": None,
                    "change": Change.FIRST,
                }
            )
