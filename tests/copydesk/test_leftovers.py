"""What other pages and our own drafts leave in a body."""

import pytest

from tests.copydesk.story import BODY, brief, found


def check(line):
    return brief(found("leftovers", body=f"{BODY}<p>{line}</p>"))


@pytest.mark.parametrize(
    "line",
    [
        "Translation by Iurie Tataru", "(Translation by Iurie Tataru)", "Translated by the desk", "Translation: Iurie Tataru",
        "Traducere de Iurie Tătaru", "Traducere: Iurie Tătaru", "Tradus de Iurie Tătaru", "Перевод Юрия Татару",
        "Перевод: Юрий Татару", "Перевод с румынского Юрия Татару", "Перевёл Юрий Татару", "Переклад Юрія Татару",
        "Переклала Олена Коваль", "Read more", "READ MORE »", "Read more: Talks in Vienna", "Read also: x", "See also",
        "Continue reading", "Citește și: Discuții", "Citește mai mult", "Citeşte şi", "Vezi și: x", "Читайте также: Встреча",
        "Читать далее", "Подробнее", "Читайте також", "Читати далі", "Source: TASS", "Sursa: Moldpres", "Источник: ТАСС",
        "Translation from Romanian by Iurie Tataru", "Translated from the Romanian by Iurie Tataru",
        "Translated by Iurie Tataru and Olena Koval", "Traducere din engleză de Iurie Tătaru",
        "Traducere din limba română de Iurie Tătaru și Olena Koval", "Tradus din rusă de Iurie Tătaru",
        "Перевод с румынского языка Юрия Татару", "Перевела с румынского Ольга Коваль и Юрий Татару",
        "Переклад з румунської мови Юрія Татару", "Переклали з англійської Олена Коваль та Юрій Татару",
        "Citiți și", "Citiți și: Moldova", "Citiți mai mult", "Citiţi şi:", "Cititi si", "Vedeți și: x", "Citiți continuarea…",
        "Джерело: Укрінформ", "By Jane Doe", "Автор: Иван Петров", "Photo: Reuters", "Foto: Moldpres", "Фото: ТАСС",
    ],
)  # fmt: skip
def test_a_line_left_over_is_an_error(line):
    assert check(line) == [("error", "body", line)]


def test_it_is_found_on_a_line_of_its_own_and_after_a_sentence():
    assert check("The end.<br>Read more") == [("error", "body", "Read more")]
    assert check("Talks go on. Translation by Iurie Tataru.") == [("error", "body", "Translation by Iurie Tataru.")]
    both = "Translated by Iurie Tataru and Olena Koval"
    assert check(f"It ended. {both}") == [("error", "body", both)]


@pytest.mark.parametrize(
    "line",
    [
        "Share this article", "Share this article on Facebook", "SHARE THIS STORY:", "Share on X / Telegram", "Related articles",
        "Related stories: Talks in Vienna", "You may also like", "Click here to subscribe", "Click here", "Advertisement",
        "– ADVERTISEMENT –", "Subscribe to our newsletter!", "Follow us on Telegram", "Distribuie articolul",
        "Distribuiți pe Facebook", "Articole similare", "Știri pe aceeași temă:", "Dă click aici pentru abonare",
        "Abonează-te la newsletter", "Abonați-vă la canalul nostru", "Urmăriți-ne pe Telegram", "Publicitate", "PUBLICITATE",
        "Поделиться", "Поделиться в Telegram", "Поделитесь с друзьями!", "Похожие статьи", "Материалы по теме", "По теме:",
        "Нажмите здесь, чтобы подписаться", "Подпишитесь на наш канал", "Реклама", "На правах рекламы", "Поділитися",
        "Поділіться статтею з друзями", "Схожі матеріали", "Матеріали за темою", "Натисніть тут, щоб підписатися",
        "Підпишіться на наш канал", "На правах реклами",
    ],
)  # fmt: skip
def test_what_another_page_offers_its_readers_is_an_error(line):
    (finding,) = found("leftovers", body=f"{BODY}<p>{line}</p>")
    assert (finding.severity, finding.place.excerpt) == ("error", line)
    assert "another site's page" in finding.text


@pytest.mark.parametrize(
    "line",
    [
        "Share prices fell.", "Share this story of hope, the minister asked pupils.", "Related articles of the treaty were not signed.",
        "Click here, the false letter said, and many did.", "Advertisement prices rise.", "The advertisement was banned.",
        "More stories were told that night by the survivors.", "Reclama a fost interzisă.", "Publicitatea costă.",
        "Реклама алкоголя запрещена.", "Поделиться хлебом просили все.", "По теме выступил посол.",
        "Подписаться на газету можно до мая.", "Реклама на телебаченні дорожчає.", "За темою стежив посол.",
        "Distribuie ajutoare celor săraci.", "Citiți cartea, a spus ministrul.", "Translation from memory is hard.",
        "Перевод с карты на карту стал дороже.", "Traducere din amintiri nu există.", "Citiți și scrieți mai mult, a spus ea.",
    ],
)  # fmt: skip
def test_running_prose_that_begins_like_an_offer_is_left_alone(line):
    assert check(line) == []


@pytest.mark.parametrize(
    "line",
    [
        "Read more books, the minister told pupils.", "Перевод денег за границу замедлился.", "The translation by hand took days.",
        "Переклад книги вийшов друком.", "By noon the talks had ended.", "De mâine prețurile cresc.", "The source: a well.",
        "He is by Jane Doe’s side.", "Подробнее о встрече рассказал посол.", "See also what he wrote in May about it",
        "Photos of the meeting were shown.", "Sursa conflictului rămâne necunoscută.",
    ],
)  # fmt: skip
def test_sentences_that_only_begin_so_are_left_alone(line):
    assert check(line) == []


@pytest.mark.parametrize("left", ["Read more", "Read more…", "Citește și:", "Читайте также."])
def test_a_link_to_read_on_is_an_error_at_the_end_of_a_paragraph_too(left):
    assert check(f"The talks end on Friday. {left}") == [("error", "body", left)]


def test_a_sentence_that_ends_so_is_left_alone():
    assert check("The minister told pupils to read more.") == []


@pytest.mark.parametrize("line", ["He said TK tomorrow.", "The sum is XXX lei.", "Lorem ipsum dolor", "Who was it???"])
def test_what_is_still_to_be_written_is_an_error(line):
    assert len(check(line)) == 1


def test_the_finding_names_the_remedy():
    (finding,) = found("leftovers", body=f"{BODY}<p>Translation by Iurie Tataru</p>")
    assert "add the translator to the credits" in finding.text


def test_a_translator_typed_in_an_original_is_not_sent_to_the_credits():
    (finding,) = found("leftovers", body=f"{BODY}<p>Translation by Iurie Tataru</p>", original=None)
    assert "If the story is a translation, add the translator" in finding.text
