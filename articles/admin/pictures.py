"""Pictures: taken in by content, with their rights and the point that a crop must keep."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.widgets import AdminFileWidget
from django.db.models import Max, Q
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.admin.choices import is_number
from articles.admin.registers import RegisterAdmin
from articles.media import intake, renditions
from articles.models.picture import Picture
from articles.permissions import may_register
from articles.public.pictures import answer

SEARCHED = 5_000  # the newest pictures whose titles are searched for words in the middle


class PictureForm(forms.ModelForm[Picture]):
    """On a new picture: title and credit may stay empty and are then read from the file."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        widget=AdminFileWidget(attrs={"accept": "image/jpeg,image/png,image/webp,image/gif"}),
        help_text=gettext_lazy("JPEG, PNG, WebP or GIF; at most 40 megapixels and 30 MB."),
    )
    prepared: intake.Prepared | None = None
    user: Any = None

    class Meta:
        model = Picture
        fields = ["title", "credit", "licence", "licence_until", "focal_x", "focal_y"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields.pop("file", None)
            return
        self.fields["title"].required = False
        self.fields["title"].help_text = _("Empty: taken from the file.")
        self.fields["credit"].help_text = _("Who made it, as readers see it. Empty: taken from the file.")

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        try:
            self.prepared = intake.prepare(file)
        except intake.Unusable as refusal:
            raise forms.ValidationError(refusal.messages) from refusal
        if twin := Picture.objects.filter(sha256=self.prepared.sha256).first():
            raise forms.ValidationError(self._already_here(twin))
        return file

    def _already_here(self, twin: Picture) -> SafeString:
        if not may_register(self.user, "picture", "view", twin):
            return format_html("{}", _("This picture is in the register already."))
        address = reverse("admin:articles_picture_change", args=[twin.pk])
        text = _("This picture is in the register already:")
        return format_html('{} <a href="{}">{}</a>', text, address, twin.title)

    def clean(self) -> dict[str, Any] | None:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if self.prepared and "file" in cleaned:
            stem = str(cleaned["file"].name).rpartition("/")[2].rpartition(".")[0]
            title = cleaned.get("title") or self.prepared.rights.title or stem or self.prepared.sha256[:12]
            cleaned["title"] = title[:200]
            cleaned["credit"] = (cleaned.get("credit") or self.prepared.rights.credit_line)[:200]
        return cleaned


@admin.register(Picture)
class PictureAdmin(RegisterAdmin):
    form = PictureForm
    list_display = ["thumbnail", "title", "credit", "licence", "licence_until", "uploaded_at"]
    list_display_links = ["title"]
    list_per_page = 30
    ordering = ["-id"]
    search_fields = ["title"]
    search_help_text = gettext_lazy("Words of the title or credit, or the number of the picture.")

    class Media:
        js = [forms.Script("desk/focal.js", type="module")]

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        rights = (_("Rights"), {"fields": ["credit", "licence", "licence_until"]})
        if obj is None:
            return [(None, {"fields": ["file", "title"]}), rights]
        focus = (_("Focal point"), {"fields": ["view", "focal_x", "focal_y"], "description": _FOCUS})
        return [(None, {"fields": ["title"]}), rights, focus, (None, {"fields": ["facts"]})]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return ["view", "facts"] if obj else []

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change=change, **kwargs)
        return type(form.__name__, (form,), {"user": request.user})

    def save_model(self, request: HttpRequest, obj: Picture, form: Any, change: bool) -> None:
        if change:
            super().save_model(request, obj, form, change)
            return
        obj.uploaded_by = request.user  # type: ignore[assignment]  # signed in, or the door had stayed shut
        intake.keep(obj, form.prepared)
        if form.prepared.was_animated:
            self.message_user(request, _("The picture moves; its first frame was kept."), messages.WARNING)

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None) -> Any:
        try:
            return super().add_view(request, form_url, extra_context)
        except intake.AlreadyHere as twin:  # the same file came in twice in one moment
            self.message_user(request, str(twin), messages.WARNING)
            return self.response_post_save_change(request, twin.picture)

    def matching(self, term: str) -> Q:
        if is_number(term):
            return Q(pk=int(term))
        newest = Picture.objects.aggregate(newest=Max("pk"))["newest"] or 0
        return Q(pk__gt=newest - SEARCHED) & (Q(title__icontains=term) | Q(credit__icontains=term))

    def get_urls(self) -> list[URLPattern]:
        file = path(
            "<int:picture_id>/file/<int:width>/",
            self.admin_site.admin_view(self.file_view, cacheable=True),
            name="articles_picture_file",
        )
        return [file, *super().get_urls()]

    def file_view(self, request: HttpRequest, picture_id: int, width: int) -> HttpResponseBase:
        """The picture at the desk, published or not; for who may see the register's row."""
        row = Picture.objects.filter(pk=picture_id).first()
        if row is None or not self.has_view_permission(request, row) or width not in renditions.WIDTHS:
            raise Http404
        return answer(request, row, width, "webp", cache="private, max-age=600")

    @admin.display(description=gettext_lazy("picture"))
    def thumbnail(self, row: Picture) -> SafeString:
        return format_html(
            '<img class="thumbnail" src="{}" width="120" height="{}" alt="" loading="lazy">',
            file_url(row, 320),
            max(1, round(120 * row.height / row.width)),
        )

    @admin.display(description=gettext_lazy("picture"))
    def view(self, row: Picture) -> SafeString:
        return format_html(
            '<span class="focal" data-focal><img src="{}" width="{}" height="{}" alt="{}"></span>',
            file_url(row, 960),
            min(row.width, 960),
            max(1, round(min(row.width, 960) * row.height / row.width)),
            row.title,
        )

    @admin.display(description=gettext_lazy("file"))
    def facts(self, row: Picture) -> str:
        return _("%(width)d × %(height)d pixels, %(kind)s, sent in by %(who)s") % {
            "width": row.width,
            "height": row.height,
            "kind": row.extension.upper(),
            "who": row.uploaded_by,
        }


_FOCUS = gettext_lazy(
    "A crop keeps this point. Click on it, or write how far it is from the left and from the top (0 to 1)."
)


def file_url(row: Picture, width: int) -> str:
    """Where the desk sees the picture."""
    return reverse("admin:articles_picture_file", args=[row.pk, width])
