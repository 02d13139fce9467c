"""The form in which a page is sent."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.delivery.encoding import OFFERED, encoding


@pytest.mark.parametrize(
    ("accepted", "form"),
    [
        ("", ""),
        ("gzip, deflate, br", "br"),
        ("gzip, deflate, br, zstd", "br"),
        ("gzip", "gzip"),
        ("GZIP", "gzip"),
        ("identity", ""),
        ("br;q=0, gzip", "gzip"),
        ("br;q=0.5, gzip;q=0.8", "gzip"),
        ("*", "br"),
        ("*;q=0", ""),
        ("gzip;q=0, *;q=0.1", "br"),
        ("br;q=nonsense", ""),
        ("deflate, zstd", ""),
    ],
)
def test_the_best_of_what_is_accepted(accepted, form):
    assert encoding(accepted) == form


@given(st.text())
def test_whatever_is_sent_it_is_a_form_that_is_offered(accepted):
    assert encoding(accepted) in {"", *OFFERED}
