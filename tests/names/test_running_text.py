"""No alarm on ordinary prose in which every name is right."""

from itertools import combinations

import pytest

from articles.names import Likeness, names_in, same_person_spelling

PROSE = {
    "ro": """Președinta Maia Sandu s-a întâlnit cu Nicușor Dan la București. Sandu a vorbit despre buget. Potrivit lui Dorin
        Recean, ministerul condus de Mihai Popșoi pregătește vizita; Recean pleacă luni. Igor Grosu și Ion Ceban au răspuns.
        Cebanul susține altceva. Alexandr Stoianoglo tace, iar Stoianoglo lipsește. Irina Vlah și Victoria Furtună vin.""",
    "ru": """Президент Майя Санду встретилась с Владимиром Зеленским в Киеве. По словам Зеленского, премьер Денис Шмыгаль
        готовит визит, Шмыгалю помогает Андрей Сибига. Сибиге поручено многое. Игорь Додон спорил, Додону ответил Михай
        Попшой. Ион Чебан и сторонники Чебана ушли. Адвокаты Евгении Гуцул против, Евгения Гуцул молчит. Наталья Гаврилица
        выступила, Наталье Гаврилице хлопали, с Гаврилицей спорили.""",
    "uk": """Володимир Зеленський зустрівся з Маєю Санду. Зеленського привітали, Зеленському дякували. Зустріч зі Шмигалем
        тривала, Денис Шмигаль доповів. Андрій Сибіга та Олена Зеленська прийшли. Дмитро Кулеба говорив із Андрієм Єрмаком;
        Єрмака слухали. Тарас Петренко мовчав, із Петренком не сперечались, Петренкові писали.""",
    "en": """Mark Rutte met Marco Rubio on Tuesday. Rubio said that Rutte agreed. Donald Trump’s envoy Steve Witkoff and Keith
        Kellogg spoke. Sergey Lavrov and Yuri Ushakov came; Lavrov’s deputy left. Kaja Kallas, Friedrich Merz, Emmanuel
        Macron and Keir Starmer listened. In March, Merz and Macron marched on Mars.""",
}


@pytest.mark.parametrize("language", PROSE)
def test_no_alarm(language):
    found = sorted({name.text for name in names_in(PROSE[language])})
    assert len(found) > 8
    assert [
        (a, b)
        for a, b in combinations(found, 2)
        if (" " in a or " " in b) and same_person_spelling(a, b) is Likeness.VARIANT
    ] == []
