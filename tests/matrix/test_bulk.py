"""Nothing is done to many rows at once, and nothing that was filed is deleted."""

import pytest
from django.contrib import admin

from articles.models import Article
from tests.matrix import desk
from tests.matrix.desk import PEOPLE

MODELS = [model._meta.label_lower for model in admin.site._registry]
ACTIONS = ["delete_selected", "publish", "make_published", "approve", ""]


@pytest.mark.parametrize("label", MODELS)
def test_no_list_has_an_action(rf, everybody, label):
    found = next(held for model, held in admin.site._registry.items() if model._meta.label_lower == label)
    for person in (person for person in PEOPLE if person.name != "nobody"):
        request = rf.get("/")
        request.user = desk.user(person.name)
        assert not found.get_actions(request), person


@pytest.mark.parametrize("state", ["draft", "ready", "live", "spiked"])
def test_a_forged_bulk_action_changes_no_story(standing, state):
    article, _place = standing(state)
    before = desk.record()
    for person in PEOPLE:
        client = desk.sign_in(person)
        for action in ACTIONS:
            chosen = {
                "action": action,
                "_selected_action": [article.pk],
                "select_across": "1",
                "index": "0",
                "post": "yes",
            }
            answer = client.post("/admin/articles/article/", chosen)
            assert answer.status_code < 500, (person, action)
        assert desk.record() == before, person


@pytest.mark.parametrize("state", ["draft", "ready", "live", "spiked"])
def test_the_list_edits_nothing_in_place(standing, state):
    article, _place = standing(state)
    before = desk.record()
    rows = {
        "form-TOTAL_FORMS": 1,
        "form-INITIAL_FORMS": 1,
        "form-0-id": article.pk,
        "form-0-state": "published",
    }
    rows |= {"form-0-headline": "Changed", "_save": "Save"}
    for person in PEOPLE:
        assert desk.sign_in(person).post("/admin/articles/article/", rows).status_code < 500, person
        assert desk.record() == before, person


@pytest.mark.parametrize("state", ["draft", "submitted", "editing", "ready", "live", "removed", "spiked"])
def test_nobody_deletes_a_story(standing, state):
    article, _place = standing(state)
    for person in PEOPLE:
        client = desk.sign_in(person)
        for method in ("get", "post"):
            answer = getattr(client, method)(f"/admin/articles/article/{article.pk}/delete/", {"post": "yes"})
            assert answer.status_code in {302, 403, 404}, person
            assert desk.MARK not in answer.content.decode(), person
    assert Article.objects.filter(pk=article.pk).exists()
