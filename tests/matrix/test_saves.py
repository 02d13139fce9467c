"""The form of a story, posted by hand by everybody in every state."""

import pytest

from tests import cast
from tests.matrix import desk, table
from tests.matrix.desk import PEOPLE


@pytest.mark.parametrize("state", desk.STATES)
def test_the_form_is_saved_by_exactly_who_may(standing, state):
    article, place = standing(state)
    own = {
        name: [value.replace(desk.MARK, "typed") for value in values] for name, values in desk.typed(article).items()
    }
    own |= {"headline": ["Typed anew"], "version": [str(article.version)], "comment": ["Typed as well"]}
    before = desk.record()
    faults = []
    for person in PEOPLE:
        client = desk.sign_in(person)
        with desk.undone():
            answer = client.post(f"/admin/articles/article/{article.pk}/change/", own)
            saved = cast.fresh(article)
            if table.allows(person, "save", place):
                # What is ready or published, and changes, goes back to editing with who changed it.
                again = place.desk in {"ready", "published"}
                wanted = (
                    302,
                    "Typed anew",
                    "editing" if again else place.desk,
                    again or place.desk == "editing",
                )
                found = (
                    answer.status_code,
                    saved.headline,
                    saved.state,
                    saved.claimed_by == desk.user(person.name),
                )
                assert desk.stands(article)[1] == place.public
            else:
                wanted = (True, True, False)
                told = answer.status_code in {302, 403, 404}
                leaks = not table.sees(person, place) and desk.MARK in answer.content.decode()
                found = (told, desk.record() == before, leaks)
        if found != wanted:
            faults.append(f"{person.name}: {answer.status_code}, {found} instead of {wanted}")
    assert not faults, "\n".join(faults)


class TestAnotherStorysRows:
    """Radu's own draft, posted with ids of rows that belong to a story that he may not see."""

    @pytest.fixture
    def posted(self, standing):
        hidden, _place = standing("draft")
        radu = desk.user("radu")
        own = cast.draft(by=radu, headline="Radu's own")
        client = desk.sign_in(desk.person("radu"))
        address = f"/admin/articles/article/{own.pk}/change/"
        form = desk.fields(client.get(address).content.decode(), "headline")

        def post(**fields):
            return client.post(address, form | {name: [str(value)] for name, value in fields.items()})

        return hidden, own, post

    @pytest.mark.parametrize("prefix", ["citations", "quotes", "credits"])
    def test_the_id_of_a_hidden_row_is_of_no_use(self, posted, prefix):
        hidden, _own, post = posted
        row = getattr(hidden, prefix).first()
        before = desk.record()
        answer = post(**{f"{prefix}-0-id": row.pk, f"{prefix}-0-article": hidden.pk, "headline": "Other"})
        assert desk.MARK not in answer.content.decode()
        assert {name: rows for name, rows in desk.record().items() if name in {"Citation", "Quote", "Credit"}} == {
            name: rows for name, rows in before.items() if name in {"Citation", "Quote", "Credit"}
        }

    @pytest.mark.parametrize("prefix", ["citations", "quotes", "credits"])
    def test_a_hidden_row_is_not_deleted(self, posted, prefix):
        hidden, _own, post = posted
        row = getattr(hidden, prefix).first()
        post(**{f"{prefix}-0-id": row.pk, f"{prefix}-0-DELETE": "on"})
        assert getattr(hidden, prefix).filter(pk=row.pk).exists()

    @pytest.mark.parametrize("prefix", ["citations", "quotes", "credits"])
    def test_a_row_is_not_planted_in_a_hidden_story(self, posted, prefix):
        hidden, _own, post = posted
        count = getattr(hidden, prefix).count()
        post(**{f"{prefix}-0-article": hidden.pk, "headline": "Other"})
        assert getattr(hidden, prefix).count() == count

    def test_columns_that_the_form_does_not_have_are_not_written(self, posted):
        hidden, own, post = posted
        answer = post(
            headline="Other", state="published", claimed_by=hidden.created_by_id, original=hidden.pk, created_by=1,
            approved=hidden.head_id, head=hidden.head_id, language="ru",
        )  # fmt: skip
        assert answer.status_code == 302
        saved = cast.fresh(own)
        assert (saved.headline, saved.state, saved.claimed_by, saved.approved) == (
            "Other",
            "draft",
            None,
            None,
        )
        assert (saved.original, saved.created_by, saved.language) == (None, own.created_by, "en")
        assert saved.head.article == own
