"""A section never stands at the address of another page."""

import pytest
from django.core.exceptions import ValidationError

from articles.enums import PageKind
from articles.models import Section
from articles.models.section import RESERVED
from articles.public.urls import urlpatterns


def test_every_fixed_word_of_the_readers_addresses_is_reserved():
    routes = [str(pattern.pattern).partition("<language:language>/") for pattern in urlpatterns]
    after_language = {rest.split("/")[0] for before, _language, rest in routes if not before}
    fixed = {word for word in after_language if word and "<" not in word}
    assert fixed | set(PageKind.values) <= RESERVED


@pytest.mark.django_db
@pytest.mark.parametrize("slug", sorted(RESERVED))
def test_a_reserved_slug_is_refused(slug):
    with pytest.raises(ValidationError, match="another page"):
        Section(slug=slug, names={"en": "Name"}).full_clean()
