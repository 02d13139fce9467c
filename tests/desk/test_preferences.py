"""Each user's own language and time zone."""

import pytest

from newsroom.models import User
from tests.desk.typing_in import at_desk, drawn, page, words

pytestmark = pytest.mark.django_db
ADDRESS = "/admin/preferences/"


def test_a_language_and_a_zone_are_chosen_and_hold_at_once():
    rita = at_desk("rita")
    form = drawn(rita.get(ADDRESS), "preferences")
    answer = rita.post(ADDRESS, form | {"language": "ro", "time_zone": "Europe/Kyiv"}, follow=True)
    assert answer.redirect_chain == [("/admin/", 302)]
    assert page(answer).get("lang") == "ro"
    user = User.objects.get(username="rita")
    assert (user.language, user.time_zone) == ("ro", "Europe/Kyiv")


def test_a_zone_that_does_not_exist_is_refused_and_shown_again():
    rita = at_desk("rita")
    answer = rita.post(ADDRESS, {"language": "ru", "time_zone": "Mars/Olympus"})
    assert answer.status_code == 422
    assert "Mars/Olympus" in page(answer).get_element_by_id("id_time_zone").value
    assert page(answer).get_element_by_id("id_time_zone_error").text_content().strip()
    assert User.objects.get(username="rita").time_zone == ""


def test_a_language_that_is_not_offered_is_refused():
    assert at_desk("rita").post(ADDRESS, {"language": "tlh", "time_zone": ""}).status_code == 422


def test_nobody_sets_more_than_that_nor_for_another():
    rita = at_desk("rita")
    others = list(User.objects.exclude(username="rita").values())
    rita.post(ADDRESS, {"language": "uk", "time_zone": "", "is_superuser": "on", "username": "elena", "pk": "1"})
    user = User.objects.get(username="rita")
    assert (user.language, user.is_superuser) == ("uk", False)
    assert list(User.objects.exclude(username="rita").values()) == others


@pytest.mark.parametrize("name", ["adam", "sam"])
def test_whoever_sees_the_desk_has_preferences(name):
    assert at_desk(name).get(ADDRESS).status_code == 200


def test_nobody_else_does(client):
    assert at_desk("nora").get(ADDRESS).status_code == 302
    assert client.get(ADDRESS).status_code == 302


def test_every_page_of_the_desk_leads_there():
    front = at_desk("rita").get("/admin/")
    assert page(front).xpath(f"//*[@id='user-tools']//a[@href='{ADDRESS}']")
    assert "Preferences" in words(front)
