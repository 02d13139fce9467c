"""A section never stands at the address of another page."""

import pytest
from django.core.exceptions import ValidationError

from articles.models import Section
from articles.models.section import RESERVED
from articles.public.urls import urlpatterns


def test_every_fixed_word_of_the_readers_addresses_is_reserved():
    after_language = {
        str(pattern.pattern).removeprefix("<language:language>/").split("/")[0] for pattern in urlpatterns
    }
    fixed = {word for word in after_language if word and "<" not in word and word != "pictures"}
    assert fixed <= RESERVED


@pytest.mark.django_db
@pytest.mark.parametrize("slug", sorted(RESERVED))
def test_a_reserved_slug_is_refused(slug):
    with pytest.raises(ValidationError, match="another page"):
        Section(slug=slug, names={"en": "Name"}).full_clean()
