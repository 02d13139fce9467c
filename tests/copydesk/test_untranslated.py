"""A translation that says word for word what its original says."""

import pytest

from articles.errors import Refused
from articles.workflow import filing
from tests import cast
from tests.copydesk.story import BODY, SAID, brief, found
from translations import drafting

HEADLINE = "Envoys leave Istanbul for their capitals"


def same(**changes):
    return brief(found("untranslated", **{"original_headline": HEADLINE, "original_body": BODY, **changes}))


def test_a_draft_that_nobody_wrote_in_is_stopped_for_good():
    assert same() == [("blocking", "headline", HEADLINE)]
    loose = BODY.replace("Envoys of both", "<strong>Envoys</strong>  of BOTH")
    assert same(body=loose) == [("blocking", "headline", HEADLINE)]


def test_a_paragraph_of_the_original_is_named_and_may_be_let_stand():
    body = BODY.replace("<p>Envoys of", "<p>Soli din").replace("<p>Darchiev spoke", "<p>Darchiev a vorbit")
    (finding,) = same(headline="Solii pleacă acasă", body=body)
    assert (finding[0], finding[1], finding[2][:20]) == ("error", "body", f"“{SAID}"[:20])


def test_all_paragraphs_under_another_headline_are_named_each():
    assert [severity for severity, *_where in same(headline="Solii pleacă acasă")] == ["error"] * 3


def test_the_headline_alone_is_named_unless_it_is_a_name():
    assert same(body="<p>Soli ai celor două țări s-au întâlnit.</p>") == [("error", "headline", HEADLINE)]
    name = {"headline": "Sonata Coulter", "original_headline": "Sonata Coulter"}
    assert same(body="<p>Soli ai celor două țări s-au întâlnit.</p>", **name) == []


def test_short_paragraphs_foreign_ones_and_originals_are_left_alone():
    quoted = '<p>Soli ai celor două țări.</p><p>TASS, 27.02.2026</p><blockquote lang="ru"><p>Мы договорились о встрече в Москве</p></blockquote>'
    assert same(headline="Solii", body=quoted, original_body=quoted.replace("Soli ai", "Envoys of")) == []
    assert same(original_headline="", original_body="") == []


@pytest.mark.django_db
def test_what_was_begun_and_never_translated_is_not_approved():
    copy = drafting.begin(cast.live(), language="ro", by=cast.user("tudor"))
    copy = filing.submit(copy, by=cast.user("tudor"), version=copy.version)
    copy = filing.claim(copy, by=cast.user("emil"), version=copy.version)
    with pytest.raises(Refused, match="still say word for word"):
        filing.approve(copy, by=cast.user("emil"), version=copy.version)
