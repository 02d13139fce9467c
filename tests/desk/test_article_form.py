"""Filing and saving a story in its form."""

import pytest

from articles.models import Article, Comment, KeyFact, Tag
from newsroom.models import User
from tests import cast
from tests.desk.typing_in import at_desk, drawn, errors_of, row, save, words

pytestmark = pytest.mark.django_db
ADD = "/admin/articles/article/add/"


def test_a_reporter_files_a_draft() -> None:
    rita = at_desk("rita")
    response = save(rita, ADD, headline="Bridge reopens", body="<p>It is open.</p>", section=cast.section().pk)
    article = Article.objects.get()
    assert response.status_code == 302
    assert response.url == article.get_absolute_url()
    assert (article.headline, article.body, article.slug) == (
        "Bridge reopens",
        "<p>It is open.</p>",
        "bridge-reopens",
    )
    assert (article.state, article.created_by.username, article.version) == ("draft", "rita", 1)


def test_a_new_story_begins_with_its_reporters_byline() -> None:
    cast.contributor("rita")
    save(at_desk("rita"), ADD, headline="Bridge reopens")
    credit = Article.objects.get().credits.get()
    assert (credit.contributor.user.username, credit.role, credit.public) == ("rita", "author", True)
    assert Article.objects.get().head.document["credits"]


def test_a_byline_that_was_chosen_stays_alone() -> None:
    cast.contributor("rita")
    other = cast.contributor("elena").pk
    save(
        at_desk("rita"),
        ADD,
        headline="Bridge",
        **row("credits", 0, contributor=other, role="reporter", position=0, public="on"),
    )
    assert Article.objects.get().credits.get().contributor_id == other


def test_what_may_not_be_saved_any_more_is_shown_as_it_was_chosen() -> None:
    article = cast.submitted(kicker="River")
    rita = at_desk("rita")
    response = save(rita, article.get_absolute_url(), drawn(at_desk("elena").get(article.get_absolute_url())))
    shown = words(response)
    assert response.status_code in {403, 409}
    assert "International" in shown
    assert "Statement" in shown
    assert "filing_key" not in shown.lower()
    assert "citations-0" not in shown
    assert "<p>" not in shown
    assert "River" in response.content.decode()


def test_everything_that_hangs_on_a_story_is_saved_in_one_go() -> None:
    rita = at_desk("rita")
    tag = Tag.objects.create(name="Danube", slug="danube")
    save(
        rita,
        ADD,
        headline="Bridge reopens",
        tags=[tag.pk],
        comment="Photograph follows.",
        **row("citations", 0, source=cast.source().pk, title="Statement"),
        **row("quotes", 0, words="It is open.", person=cast.speaker().pk, citation_number=1, kind="direct"),
        **row("key_facts", 0, figure="1 bridge", text="reopens", citation_number=1),
        **row("credits", 0, contributor=cast.contributor("rita").pk, role="author", position=0, public="on"),
        **row("mentions", 0, person=cast.speaker().pk),
    )
    article = Article.objects.get()
    quote = article.quotes.get()
    assert list(article.tags.names()) == ["Danube"]
    assert (quote.number, quote.citation.number, quote.citation.title) == (1, 1, "Statement")
    fact = article.key_facts.get()
    assert (fact.number, fact.figure, fact.text, fact.citation) == (1, "1 bridge", "reopens", quote.citation)
    assert article.credits.get().contributor.user.username == "rita"
    assert article.mentions.get().person == cast.speaker()
    assert Comment.objects.get().text == "Photograph follows."


def test_saving_without_a_change_makes_no_revision() -> None:
    article = cast.draft()
    save(at_desk("rita"), article.get_absolute_url())
    article.refresh_from_db()
    assert article.revisions.count() == 1


def test_saving_a_ready_story_without_a_change_keeps_its_approval() -> None:
    article = cast.ready()
    save(at_desk("elena"), article.get_absolute_url())
    article = cast.fresh(article)
    assert (article.state, article.approved_id) == ("ready", article.head_id)


def test_saving_a_ready_story_with_a_change_says_that_its_approval_is_void() -> None:
    article = cast.ready()
    elena = at_desk("elena")
    form = drawn(elena.get(article.get_absolute_url()))
    answer = elena.post(article.get_absolute_url(), {**form, "_save": "Save", "headline": "Changed"}, follow=True)
    assert "its approval is void" in words(answer)
    again = elena.post(article.get_absolute_url(), drawn(answer) | {"_save": "Save", "kicker": "New"}, follow=True)
    assert "its approval is void" not in words(again)


def test_a_body_is_cleaned() -> None:
    article = cast.draft()
    body = '<p onclick="x()">Open.<script>alert(1)</script> <a href="javascript:x()">More</a></p>'
    save(at_desk("rita"), article.get_absolute_url(), body=body)
    assert cast.fresh(article).body == "<p>Open. More</p>"


def test_a_headline_of_ten_thousand_characters_comes_back_whole() -> None:
    article = cast.draft()
    long = "Bridge " * 1_430
    response = save(at_desk("rita"), article.get_absolute_url(), headline=long, standfirst="Kept too.")
    assert response.status_code == 200
    fields = drawn(response)
    assert fields["headline"][0].strip() == long.strip()
    assert fields["standfirst"] == ["Kept too."]
    assert "200" in words(response)
    assert cast.fresh(article).headline == article.headline


def test_a_slug_is_made_of_any_script() -> None:
    article = cast.draft()
    save(at_desk("rita"), article.get_absolute_url(), slug="Știri din Кишинёв")
    assert cast.fresh(article).slug == "stiri-din-kishinev"


def test_a_slug_made_from_the_headline_follows_it_until_publication() -> None:
    rita = at_desk("rita")
    save(rita, ADD, headline="Bridge reopens")
    article = Article.objects.get()
    save(rita, article.get_absolute_url(), headline="Bridge closes again")
    assert cast.fresh(article).slug == "bridge-closes-again"


def test_the_language_is_fixed_once_filed() -> None:
    article = cast.draft()
    save(at_desk("rita"), article.get_absolute_url(), language="ru", headline="Still English")
    article = cast.fresh(article)
    assert (article.language, article.headline) == ("en", "Still English")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("2027-03-28T02:30", "There is no 02:30 in Europe/Berlin on that day"),
        ("2027-10-31T02:30", "02:30 comes twice in Europe/Berlin on that day"),
        ("tomorrow", "Give a date and a time"),
        ("0001-01-01T00:00", "Give a year between"),
    ],
)
def test_a_local_time_that_is_none_is_refused_with_the_way_out(typed: str, said: str) -> None:
    article = cast.draft()
    User.objects.filter(username="rita").update(time_zone="Europe/Berlin")
    response = save(at_desk("rita"), article.get_absolute_url(), due=typed)
    assert said in words(response)
    assert drawn(response)["due"] == [typed]


def test_an_embargo_is_kept_in_utc() -> None:
    article = cast.draft()
    save(at_desk("rita"), article.get_absolute_url(), embargo_until="2027-01-15T18:00")
    assert cast.fresh(article).embargo_until.isoformat() == "2027-01-15T16:00:00+00:00"


def test_an_embargo_is_refused_on_a_public_story() -> None:
    article = cast.live()
    response = save(at_desk("elena"), article.get_absolute_url(), embargo_open="on")
    assert "an embargo can't be put on it" in words(response)


class TestNumbers:
    def test_an_empty_number_becomes_the_next_free_one(self) -> None:
        article = cast.draft()
        save(at_desk("rita"), article.get_absolute_url(), **row("citations", 1, source=cast.source().pk))
        assert list(article.citations.values_list("number", flat=True)) == [1, 2]

    def test_a_number_that_is_taken_is_refused(self) -> None:
        article = cast.draft()
        response = save(
            at_desk("rita"),
            article.get_absolute_url(),
            **row("citations", 1, source=cast.source().pk, number=1),
        )
        assert "Number 1 is taken." in words(response)

    def test_a_saved_number_stays(self) -> None:
        article = cast.draft()
        save(
            at_desk("rita"),
            article.get_absolute_url(),
            **{"citations-0-number": 7, "citations-0-title": "Other"},
        )
        citation = article.citations.get()
        assert (citation.number, citation.title) == (1, "Other")

    def test_a_quote_may_move_away_from_a_citation_that_is_deleted(self) -> None:
        article = cast.draft()
        response = save(
            at_desk("rita"),
            article.get_absolute_url(),
            **row("citations", 1, source=cast.source().pk, title="Better"),
            **{"citations-0-DELETE": "on", "quotes-0-citation_number": 2},
        )
        assert response.status_code == 302
        assert article.quotes.get().citation.title == "Better"
        assert article.citations.count() == 1

    def test_a_citation_that_a_quote_rests_on_is_not_deleted(self) -> None:
        article = cast.draft()
        response = save(at_desk("rita"), article.get_absolute_url(), **{"citations-0-DELETE": "on"})
        assert "There is no citation 1." in words(response)
        assert article.citations.count() == 1

    def test_key_figures_change_places(self) -> None:
        article = cast.draft()
        for number, figure in ((1, "12"), (2, "March")):
            KeyFact.objects.create(article=article, number=number, figure=figure, text="It says so")
        moved = {"key_facts-0-number": 2, "key_facts-1-number": 1}
        save(at_desk("rita"), article.get_absolute_url(), **moved)
        assert list(article.key_facts.values_list("figure", flat=True)) == ["March", "12"]
        save(at_desk("rita"), article.get_absolute_url(), **{"key_facts-0-number": "", "key_facts-0-figure": "May"})
        assert list(article.key_facts.values_list("figure", flat=True)) == ["May", "12"]

    def test_two_key_figures_in_one_place_are_refused(self) -> None:
        article = cast.draft()
        for number, figure in ((1, "12"), (2, "March")):
            KeyFact.objects.create(article=article, number=number, figure=figure, text="It says so")
        response = save(at_desk("rita"), article.get_absolute_url(), **{"key_facts-1-number": 1})
        assert response.status_code == 200
        assert list(article.key_facts.values_list("number", flat=True)) == [1, 2]

    def test_a_citation_that_a_key_figure_rests_on_is_not_deleted(self) -> None:
        article = cast.draft()
        article.quotes.all().delete()
        KeyFact.objects.create(article=article, number=1, figure="12", text="rounds", citation=article.citations.get())
        response = save(at_desk("rita"), article.get_absolute_url(), **{"citations-0-DELETE": "on"})
        assert errors_of(response, "key_facts") == ["There is no citation 1."]
        assert article.citations.count() == 1


def test_the_same_credit_twice_is_refused() -> None:
    article = cast.draft()
    twice = {"contributor": cast.contributor("rita").pk, "role": "author", "position": 1}
    response = save(at_desk("rita"), article.get_absolute_url(), **row("credits", 1, **twice))
    assert response.status_code == 200
    assert article.credits.count() == 1


def test_what_the_copy_desk_found_stands_beside_the_form() -> None:
    article = cast.draft(body="<p>Aleksandr Darcheev spoke.</p>")
    cast.speaker()
    save(at_desk("rita"), article.get_absolute_url(), body="<p>Aleksandr Darcheev spoke again.</p>")
    said = words(at_desk("rita").get(article.get_absolute_url()))
    assert "blocking" in said
    assert "Darcheev" in said


def test_a_form_that_is_sent_twice_files_one_story() -> None:
    rita = at_desk("rita")
    form = drawn(rita.get(ADD))
    answers = [save(rita, ADD, form, headline="Bridge reopens") for _time in range(2)]
    article = Article.objects.get()
    assert [answer.url for answer in answers] == [article.get_absolute_url()] * 2


def test_two_forms_with_the_same_words_file_two_stories() -> None:
    rita = at_desk("rita")
    for _form in range(2):
        save(rita, ADD, headline="Bridge reopens")
    assert Article.objects.count() == 2
