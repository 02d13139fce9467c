"""The card of a story: drawn from headline and picture, and shown only while readers get the story."""

import io
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.files.storage import default_storage
from django.utils import timezone
from PIL import Image

from articles.media import cards, lettering
from articles.media.tasks import tidy_cards
from articles.workflow import withdrawing
from tests import cast
from tests.factories import make_picture, make_publication, make_section

AT = datetime(2026, 4, 10, 9, 0, tzinfo=UTC)
LATER = datetime(2026, 4, 10, 12, 0, tzinfo=UTC)
LETTERS = {
    "Romanian": "AĂÂÎȘȚaăâîșț„”",
    "Gagauz": "ÄÇÊÖŞŢÜäçêıöşţü",
    "Russian": "АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯабвгдеёжзийклмнопрстуфхцчшщъыьэюя«»—",
    "Ukrainian": "ҐЄІЇґєії’ʼ–",
    "signs": "№%€$₴₽…‘“&?!°×",
}


def image(response) -> Image.Image:
    opened = Image.open(io.BytesIO(b"".join(response)))
    opened.load()
    return opened


def cards_of(article) -> list[str]:
    folder = default_storage.path(f"cards/{article.pk}")
    return sorted(default_storage.listdir(folder)[1]) if default_storage.exists(folder) else []


class TestLettering:
    @pytest.mark.parametrize("letters", LETTERS.values(), ids=LETTERS)
    @pytest.mark.parametrize("name", [lettering.SERIF, lettering.SANS])
    def test_fonts_have_the_letters_of_every_language(self, name, letters):
        font = lettering.font(name, 40)
        lacking = bytes(font.getmask("\uffff"))
        assert [letter for letter in letters if bytes(font.getmask(letter)) == lacking] == []
        assert lettering.plain(letters) == letters

    @pytest.mark.parametrize(
        ("words", "set_as"),
        [
            ("  Two \n lines ", "Two lines"),
            ("Summit in 北京", "Summit in BeiJing"),
            ("Ελλάδα", "Ellada"),
            ("un\u00adseen\u200b \u202esigns", "unseen signs"),
        ],
    )
    def test_what_can_t_be_set_is_written_otherwise(self, words, set_as):
        assert lettering.plain(words) == set_as

    @pytest.mark.parametrize(
        "words",
        ["Short", "Переговоры " * 17, "W" * 200, "слово " * 33, "", "a " * 100, "Дом – это не просто дом " * 8],
    )
    def test_headline_of_any_length_stays_in_its_place(self, words):
        done = lettering.headline(words, width=1072, height=356, sizes=(84, 64, 44))
        assert done.height <= 356
        assert all(done.font.getlength(line) <= 1072 for line in done.lines)

    def test_no_line_begins_with_a_dash_or_ends_in_a_word_of_one_letter(self):
        words = "Переговоры в Стамбуле и о чём они: посольства, полёты — и счета, о которых спорят с начала года"
        for width in range(400, 1100, 50):
            lines = lettering.headline(words, width=width, height=900, sizes=(44,)).lines
            assert not [line for line in lines if line.startswith("—") or (line[-1].isalpha() and line[-2].isspace())]
            assert " ".join(lines).replace("\N{NO-BREAK SPACE}", " ") == words

    def test_lines_are_of_like_length(self):
        words = "Moldova și Ucraina încep negocierile cu Uniunea Europeană luni"
        done = lettering.headline(words, width=1072, height=356, sizes=(64,))
        lengths = [done.font.getlength(line) for line in done.lines]
        assert min(lengths) > max(lengths) * 0.6

    def test_headline_that_does_not_fit_ends_in_an_ellipsis(self):
        done = lettering.headline("Щ" * 1000, width=400, height=150, sizes=(44,))
        assert done.lines[-1].endswith("Щ…")


@pytest.mark.parametrize("focal", [(0, 0), (1, 1), (0.5, 0.5), (0.9, 0.1)])
@pytest.mark.parametrize("size", [(2000, 1200), (300, 2000), (2000, 90), (1200, 630)])
def test_cut_keeps_the_focal_point_and_the_form(size, focal):
    left, top, right, bottom = cards.cut(*size, *focal)
    assert (right - left) / (bottom - top) == pytest.approx(1200 / 630)
    assert -1e-6 <= left <= size[0] * focal[0] <= right <= size[0] + 1e-6
    assert -1e-6 <= top <= size[1] * focal[1] <= bottom <= size[1] + 1e-6


@pytest.mark.django_db
class TestDrawn:
    def test_card_has_its_measures_and_little_weight(self, client):
        story = make_publication(at=AT, picture=make_picture(with_file=True))
        response = client.get(story.card_url())
        content = b"".join(response)
        assert Image.open(io.BytesIO(content)).size == (1200, 630)
        assert len(content) < 200_000
        assert response["Content-Type"] == "image/jpeg"

    def test_white_words_are_read_on_a_white_picture(self, client):
        picture = make_picture(with_file=True)
        Image.new("RGB", (2000, 1200), "white").save(picture.file.path, "JPEG")
        shown = image(client.get(make_publication(at=AT, picture=picture).card_url()))
        behind = [shown.getpixel((20, y)) for y in range(430, 630, 10)]
        assert max(max(pixel) for pixel in behind) < 118  # 4.5 to white

    @pytest.mark.parametrize("headline", ["Short", "Переговоры в Стамбуле " * 9, "W" * 200])
    def test_story_without_a_picture_has_a_card_of_letters(self, client, headline):
        shown = image(client.get(make_publication(at=AT, headline=headline).card_url()))
        colours = {shown.getpixel((x, y)) for x in range(1140, 1200) for y in range(100, 500)}
        assert {tuple(value // 8 for value in colour) for colour in colours} == {(31, 31, 30)}, "the margin is paper"

    def test_picture_that_can_t_be_read_is_left_out_and_logged(self, client, caplog):
        story = make_publication(at=AT, picture=make_picture(with_file=True))
        default_storage.delete(story.lead_picture.file.name)
        assert image(client.get(story.card_url())).getpixel((5, 5)) > (240, 240, 240)
        assert f"The card of picture {story.lead_picture_id} is drawn without it" in caplog.text

    def test_card_is_drawn_once_for_each_text(self, client, monkeypatch, settings):
        story = make_publication(at=AT)
        first = client.get(story.card_url())["ETag"]
        with monkeypatch.context() as patch:
            patch.setattr(cards, "draw", lambda publication: pytest.fail("it was there"))
            assert client.get(story.card_url())["ETag"] == first
        settings.NEWSROOM_SITE_NAME = "The River"
        assert client.get(story.card_url())["ETag"] != first

    def test_words_of_each_language_get_that_language(self, client):
        world = make_section("world", en="World", ro="World")
        in_ro, in_en = (
            make_publication(language=code, at=AT, headline="Ştiri", section=world) for code in ("ro", "en")
        )
        assert cards.draw(in_ro) != cards.draw(in_en)


@pytest.mark.django_db
class TestAnswered:
    def test_it_is_kept_for_a_minute_and_told_apart_by_its_content(self, client):
        response = client.get(make_publication(at=AT).card_url())
        headers = ("Cache-Control", "Cross-Origin-Resource-Policy", "X-Content-Type-Options")
        assert [response[name] for name in headers] == ["public, max-age=60", "cross-origin", "nosniff"]
        again = client.get(response.request["PATH_INFO"], headers={"if-none-match": response["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
        assert again["Cross-Origin-Resource-Policy"] == "cross-origin"

    def test_head_tells_the_size_alone_and_nothing_can_be_sent(self, client):
        address = make_publication(at=AT).card_url()
        size = len(b"".join(client.get(address)))
        head = client.head(address)
        assert (head["Content-Length"], head.content) == (str(size), b"")
        assert client.post(address).status_code == 405

    def test_number_of_an_earlier_text_leads_to_the_card_of_today(self, client):
        first = make_publication(at=AT, until=LATER)
        second = make_publication(article=first.article, at=LATER, headline="Another one")
        response = client.get(first.card_url())
        assert (response.status_code, response["Location"]) == (302, second.card_url())
        assert response["Cache-Control"] == "public, no-cache"

    def test_old_slug_leads_to_the_card_of_today(self, client):
        first = make_publication(at=AT, until=LATER, slug="old")
        second = make_publication(article=first.article, at=LATER, slug="new")
        response = client.get(first.card_url())
        assert (response.status_code, response["Location"]) == (302, second.card_url())

    @pytest.mark.parametrize("number", [0, 2, 3, 99999999999999999999])
    def test_number_that_was_never_public_answers_as_what_never_was(self, client, number):
        now = timezone.now()
        first = make_publication(at=AT, until=now + timedelta(hours=2), slug="talks")
        ahead = make_publication(article=first.article, at=now + timedelta(hours=2), slug="talks")
        nothing = client.get("/en/2026/01/01/no-such-story/")
        guessed = client.get(first.card_url().replace("card-1", f"card-{number}"))
        assert (guessed.status_code, guessed.content) == (404, nothing.content)
        assert dict(guessed.headers) == dict(nothing.headers)
        with time_machine.travel(now + timedelta(hours=3)):
            assert client.get(ahead.card_url()).status_code == 200

    @pytest.mark.parametrize("state", ["scheduled", "held", "retracted"])
    def test_what_readers_don_t_get_has_no_card(self, client, state):
        article = cast.STATES[state]()
        row = article.publications.order_by("number").last()
        nothing = client.get("/en/2026/01/01/no-such-story/")
        for number in range(1, 4):
            hidden = client.get(row.card_url().replace(f"card-{row.number}", f"card-{number}"))
            assert (hidden.status_code, hidden.content) == (404, nothing.content)

    def test_card_of_a_removed_story_is_gone_as_its_page_is(self, client):
        row = cast.removed().publications.valid().get()
        card, page = client.get(row.card_url()), client.get(row.get_absolute_url())
        assert (card.status_code, card.content, card["X-Robots-Tag"]) == (410, page.content, "noindex")

    def test_it_costs_one_query_beside_the_paper_once_it_is_drawn(self, client, django_assert_num_queries):
        address = make_publication(at=AT, picture=make_picture(with_file=True)).card_url()
        client.get(address)
        with django_assert_num_queries(2):
            client.get(address)


@pytest.mark.django_db
class TestKept:
    def test_card_is_drawn_behind_the_scenes_before_a_scheduled_story_appears(self):
        article = cast.scheduled()
        assert tidy_cards.func(article.pk) == 1
        assert len(cards_of(article)) == 1

    def test_cards_of_earlier_texts_go(self, client):
        first = make_publication(at=AT, until=LATER)
        cards.keep(first)
        second = make_publication(article=first.article, at=LATER, headline="Another headline")
        assert tidy_cards.func(first.article.pk) == 1
        assert cards_of(first.article) == [cards.name_of(second).rpartition("/")[2]]

    def test_nothing_is_left_of_a_story_that_was_withdrawn(self, client):
        article = cast.live()
        client.get(article.publications.valid().get().card_url())
        assert len(cards_of(article)) == 1
        article = withdrawing.remove(article, by=cast.user("clara"), version=article.version, note="Court order.")
        assert tidy_cards.func(article.pk) == 0
        assert cards_of(article) == []
