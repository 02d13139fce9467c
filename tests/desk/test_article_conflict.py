"""Two people have one story open: nothing that either typed is lost."""

import pytest

from articles.models import Article
from articles.workflow import filing
from tests import cast
from tests.desk.typing_in import at_desk, drawn, row, save, words

pytestmark = pytest.mark.django_db


def opened_twice() -> tuple[Article, str, dict]:
    """A story that Elena has open while Emil saves another headline and another source."""
    article = cast.submitted()
    address = article.get_absolute_url()
    form = drawn(at_desk("elena").get(address))
    more = row("citations", 1, source=cast.source("dw", "Deutsche Welle").pk, title="Background")
    assert save(at_desk("emil"), address, headline="Emil's headline", **more).status_code == 302
    return article, address, form


def test_the_later_form_comes_back_whole_beside_the_newer_text() -> None:
    article, address, form = opened_twice()
    response = save(at_desk("elena"), address, form, headline="Elena's headline", standfirst="Elena's standfirst")
    said = words(response)
    assert response.status_code == 409
    assert "Emil saved it on" in said
    assert "Emil's headline" in said
    fields = drawn(response)
    assert fields["headline"] == ["Elena's headline"]
    assert fields["standfirst"] == ["Elena's standfirst"]
    assert cast.fresh(article).headline == "Emil's headline"


def test_words_that_differ_are_marked() -> None:
    _article, address, form = opened_twice()
    response = save(at_desk("elena"), address, form, headline="Elena's headline")
    assert "<del>Emil</del>" in response.content.decode()
    assert "<ins>Elena</ins>" in response.content.decode()


def test_saving_again_replaces_knowingly_and_keeps_rows_of_both() -> None:
    article, address, form = opened_twice()
    elena = at_desk("elena")
    response = save(elena, address, form, headline="Elena's headline", **{"citations-0-title": "Elena's title"})
    again = save(elena, address, drawn(response))
    assert again.status_code == 302
    assert cast.fresh(article).headline == "Elena's headline"
    assert list(article.citations.values_list("title", flat=True)) == ["Elena's title", "Background"]


def test_a_row_that_another_deleted_comes_back_as_typed() -> None:
    article = cast.submitted()
    address = article.get_absolute_url()
    form = drawn(at_desk("elena").get(address))
    save(at_desk("emil"), address, **{"quotes-0-DELETE": "on"})
    assert not article.quotes.exists()
    elena = at_desk("elena")
    response = save(elena, address, form, **{"quotes-0-words": "Elena heard more."})
    assert save(elena, address, drawn(response)).status_code == 302
    assert [(quote.number, quote.words) for quote in article.quotes.all()] == [(1, "Elena heard more.")]


def test_two_tabs_of_one_person_are_told_apart_too() -> None:
    article = cast.draft()
    rita, address = at_desk("rita"), article.get_absolute_url()
    first, second = drawn(rita.get(address)), drawn(rita.get(address))
    save(rita, address, first, headline="From the first tab")
    response = save(rita, address, second, headline="From the second tab")
    assert response.status_code == 409
    assert drawn(response)["headline"] == ["From the second tab"]


def test_who_lost_the_claim_gets_all_that_was_typed() -> None:
    article = cast.editing(by="elena")
    elena, address = at_desk("elena"), article.get_absolute_url()
    form = drawn(elena.get(address))
    article = filing.take_over(cast.fresh(article), by=cast.user("emil"), version=article.version)
    response = save(elena, address, form, headline="Too late", **{"quotes-0-words": "Words of Elena"})
    said = words(response)
    assert response.status_code == 409
    assert "Too late" in said
    assert "Words of Elena" in said
    assert article.headline in said
    assert cast.fresh(article).headline != "Too late"


def test_who_submitted_in_another_tab_gets_all_that_was_typed() -> None:
    article = cast.draft()
    rita, address = at_desk("rita"), article.get_absolute_url()
    form = drawn(rita.get(address))
    filing.submit(article, by=cast.user("rita"), version=article.version)
    response = save(rita, address, form, standfirst="Typed after the submission")
    assert response.status_code == 409
    assert "Typed after the submission" in words(response)


def test_who_never_could_save_is_forbidden() -> None:
    article = cast.live()
    form = {"version": article.version, "headline": "Forged"}
    assert at_desk("rita").post(article.get_absolute_url(), form).status_code == 403
    assert at_desk("tudor").post(article.get_absolute_url(), form).status_code == 403
    assert cast.fresh(article).headline != "Forged"


def test_a_hidden_story_answers_a_forged_form_like_one_that_never_was() -> None:
    article = cast.draft()
    form = {"version": article.version, "headline": "Forged"}
    tudor = at_desk("tudor")
    hidden = tudor.post(article.get_absolute_url(), form)
    absent = tudor.post(f"/admin/articles/article/{article.pk + 1000}/change/", form)
    assert (hidden.status_code, absent.status_code) == (404, 404)
    assert words(hidden) == words(absent)
    assert "Forged" in words(hidden)
    assert article.headline not in words(hidden)
