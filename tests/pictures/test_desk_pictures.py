"""The register of pictures at the desk: sending in, looking, marking the point that matters."""

import pytest
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from articles.media import intake
from articles.models import Picture
from tests.cast import user
from tests.pictures import files

pytestmark = pytest.mark.django_db
ADD = "admin:articles_picture_add"


def sign_in(client, name):
    client.force_login(user(name))
    return client


def send(client, content, name="Gara de Nord.jpg", **fields):
    data = {
        "file": files.sent(content, name),
        "title": "",
        "credit": "",
        "licence": "",
        "licence_until": "",
        **fields,
    }
    return client.post(reverse(ADD), data)


def taken_in(by="rita"):
    return intake.take_in(files.sent(files.encoded()), by=user(by), title="Old bridge")


def change(picture):
    return reverse("admin:articles_picture_change", args=[picture.pk])


def file(picture, width=640):
    return reverse("admin:articles_picture_file", args=[picture.pk, width])


class TestSendingIn:
    def test_title_and_credit_are_read_from_the_file(self, client):
        send(sign_in(client, "rita"), files.photograph())
        picture = Picture.objects.get()
        assert (picture.title, picture.credit, picture.uploaded_by) == (
            "Gara de Nord",
            "Ana Pop",
            user("rita"),
        )

    def test_its_renditions_are_ordered_in_the_same_transaction(self, client):
        send(sign_in(client, "rita"), files.encoded())
        task = DBTaskResult.objects.get()
        assert task.args_kwargs["args"] == [Picture.objects.get().pk]

    def test_the_same_picture_again_leads_to_the_first(self, client):
        first = taken_in()
        answer = send(sign_in(client, "tudor"), files.encoded(), title="Mine").content.decode()
        assert f'<a href="{change(first)}">Old bridge</a>' in answer
        assert 'value="Mine"' in answer
        assert Picture.objects.count() == 1

    @pytest.mark.parametrize("content", [b"<svg/>", b"", files.bomb(), files.encoded()[:500]])
    def test_a_wrong_file_gets_a_reason_and_keeps_what_was_typed(self, client, content):
        response = send(sign_in(client, "rita"), content, title="Bridge at night")
        assert response.status_code == 200
        assert 'id="id_file_error"' in response.content.decode()
        assert 'value="Bridge at night"' in response.content.decode()

    def test_a_name_with_a_path_in_it_is_a_title_and_no_path(self, client, media_root):
        send(sign_in(client, "rita"), files.encoded(), name="..\\..\\evil/../x.php")
        kept = [path.relative_to(media_root).parts[0] for path in media_root.rglob("*") if path.is_file()]
        assert kept == ["pictures"]


class TestLooking:
    @pytest.mark.parametrize(
        ("name", "status"), [("rita", 200), ("tudor", 200), ("elena", 200), ("adam", 404), ("sam", 404)]
    )
    def test_the_file_is_for_who_may_see_the_register(self, client, name, status):
        assert sign_in(client, name).get(file(taken_in())).status_code == status

    def test_who_is_not_signed_in_is_sent_to_the_door(self, client):
        assert client.get(file(taken_in())).status_code == 302

    def test_only_the_widths_of_the_site_are_made(self, client):
        picture = taken_in()
        assert sign_in(client, "rita").get(file(picture, 641)).status_code == 404
        assert picture.renditions.count() == 0

    def test_the_list_shows_thumbnails(self, client):
        taken_in()
        answer = sign_in(client, "elena").get(reverse("admin:articles_picture_changelist")).content.decode()
        assert f'src="{file(Picture.objects.get(), 320)}"' in answer


class TestChanging:
    def data(self, **fields):
        return {
            "title": "New",
            "credit": "C",
            "licence": "L",
            "licence_until": "",
            "focal_x": "0.25",
            "focal_y": "0.9",
            **fields,
        }

    @pytest.mark.parametrize(("name", "may"), [("rita", True), ("tudor", False), ("elena", True), ("adam", False)])
    def test_editors_and_who_sent_it_in_may_change_it(self, client, name, may):
        picture = taken_in(by="rita")
        sign_in(client, name).post(change(picture), self.data())
        picture.refresh_from_db()
        assert (picture.title == "New", picture.focal_x == 0.25) == (may, may)

    def test_the_file_itself_never_changes(self, client):
        picture = taken_in()
        sign_in(client, "elena").post(change(picture), self.data(file=files.sent(files.encoded(kind="PNG"))))
        assert Picture.objects.get().sha256 == picture.sha256

    @pytest.mark.parametrize("value", ["-0.1", "1.1", "nan", "left"])
    def test_a_point_outside_the_picture_is_refused(self, client, value):
        response = sign_in(client, "elena").post(change(taken_in()), self.data(focal_x=value))
        assert 'id="id_focal_x_error"' in response.content.decode()
