"""Credits: their roles to readers, shares, and that no translation goes live without its translator."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from articles.enums import CreditRole
from articles.errors import Refused
from articles.models import Article, Credit, Publication
from articles.workflow import filing, publishing
from tests import cast
from tests.desk.typing_in import at_desk, drawn, errors_of, save

pytestmark = pytest.mark.django_db
TRANSLATOR = CreditRole.TRANSLATOR


def translation() -> Article:
    """A Romanian translation that Elena is editing."""
    original = cast.live()
    article = cast.draft(by=cast.user("tudor"), original=original, language="ro", headline="Comisia convine")
    article = filing.submit(article, by=cast.user("tudor"), version=article.version)
    return filing.claim(article, by=cast.user("elena"), version=article.version)


def published(article: Article) -> Publication:
    """The story as it stands, saved, approved and published by Elena."""
    now = cast.fresh(article)
    saved = filing.save(now, by=cast.user("elena"), version=now.version, write=now.save)
    ready = filing.approve(saved, by=cast.user("elena"), version=saved.version)
    publishing.publish(ready, by=cast.user("elena"), version=ready.version)
    return article.publications.get()


def page(publication: Publication) -> str:
    return Client().get(publication.get_absolute_url()).content.decode()


class TestReaders:
    def test_each_role_is_named_and_in_the_feeds_and_data(self):
        article = translation()
        for place, (name, role) in enumerate(
            [("emil", "reviser"), ("elena", "post_editor"), ("clara", "reviewer"), ("adam", "proofreader")], start=5
        ):
            Credit.objects.create(article=article, contributor=cast.contributor(name), role=role, position=place)
        publication = published(article)
        told = page(publication)
        for name in ("Tudor", "Emil", "Elena", "Clara", "Adam"):
            assert f"{name} Byline" in told
        assert '"contributor":' in told
        feed = Client().get("/ro/feed.json").json()["items"][0]
        assert "Elena Byline" in str(feed)
        assert "Adam Byline" in Client().get("/ro/contributor/adam/").content.decode()

    def test_a_translation_takes_over_the_authors_credit_alone(self):
        from translations import drafting

        original = cast.live()
        for role in CreditRole:
            Credit.objects.get_or_create(article=original, contributor=cast.contributor("rita"), role=role)
        copy = drafting.begin(original, language="uk", by=cast.user("tudor"))
        assert set(copy.credits.values_list("role", flat=True)) == {"author", "reporter", "editor", "photographer"} | (
            {"translator"} if copy.credits.filter(role=TRANSLATOR).exists() else set()
        )


class TestNoTranslationWithoutItsTranslator:
    @pytest.mark.parametrize(("why", "told"), [("staff", "personal"), ("agency", "agen"), ("wish", "numit")])
    def test_a_reason_stands_in_for_the_name(self, why, told):
        article = translation()
        Credit.objects.filter(article=article, role=TRANSLATOR).update(public=False, unnamed=why)
        publication = published(article)
        assert publication.story["unnamed"] == why
        assert "Tudor Byline" not in page(publication)

    def test_the_guard_refuses(self):
        article = translation()
        ready = filing.approve(article, by=cast.user("elena"), version=article.version)
        Credit.objects.filter(article=article, role=TRANSLATOR).update(public=False, unnamed="unknown")
        with pytest.raises(Refused, match="credited as the translator"):
            publishing.publish(ready, by=cast.user("elena"), version=ready.version)

    def test_the_database_refuses(self):
        publication = published(translation())
        story = {**publication.story, "credits": []}
        later = publication.visible_from.replace(year=2099)
        row = {field.attname: getattr(publication, field.attname) for field in publication._meta.concrete_fields}
        row |= {"id": None, "number": 2, "story": story, "visible_from": later, "visible_until": later}
        with pytest.raises(IntegrityError, match="names_its_translator"), transaction.atomic():
            Publication.objects.create(**row)
        Publication.objects.create(**{**row, "story": {**story, "unnamed": "agency"}})


class TestShares:
    def shared(self, article: Article, *shares: str) -> None:
        for name, share in zip(("elena", "emil", "clara"), shares, strict=False):
            Credit.objects.create(
                article=article, contributor=cast.contributor(name), role="reviser", share=Decimal(share)
            )

    def test_they_come_to_one(self):
        article = cast.draft()
        self.shared(article, "0.3", "0.3", "0.4")
        with pytest.raises(IntegrityError, match="shares"), transaction.atomic():
            Credit.objects.filter(article=article, share=Decimal("0.4")).update(share=Decimal("0.41"))
        with pytest.raises(IntegrityError, match="shares"), transaction.atomic():
            Credit.objects.create(
                article=article, contributor=cast.contributor("rita"), role="reviser", share=Decimal("0.01")
            )

    @pytest.mark.parametrize("share", ["0", "-0.5", "1.1"])
    def test_each_is_a_part(self, share):
        with pytest.raises(IntegrityError), transaction.atomic():
            self.shared(cast.draft(), share)

    def test_the_form_says_so(self):
        article = cast.draft()
        self.shared(article, "0.5", "0.5")
        client, address = at_desk("rita"), article.get_absolute_url()
        form = drawn(client.get(address))
        place = next(name for name, value in form.items() if name.endswith("-role") and value == ["reviser"])
        answer = save(client, address, form, **{place.replace("-role", "-share"): "0.7"})
        assert any("come to 1" in error for error in errors_of(answer, "credits"))

    def test_a_hidden_credit_says_why(self):
        article = cast.draft()
        client, address = at_desk("rita"), article.get_absolute_url()
        form = drawn(client.get(address))
        form.pop("credits-0-public")
        answer = save(client, address, form)
        assert any("Say why" in error for error in errors_of(answer, "credits"))
        assert save(client, address, form, **{"credits-0-unnamed": "wish"}).status_code == 302
        assert article.credits.get(role="author").unnamed == "wish"
