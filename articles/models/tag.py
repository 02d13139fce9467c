"""What stories are about; our own model for django-taggit."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from taggit.models import TagBase

from articles.models.constraints import ascii_word
from articles.text import slugify


class Tag(TagBase):
    """A topic. Its slug is ASCII, made from a name in any script."""

    name = models.CharField(_("name"), unique=True, max_length=60)
    slug = models.SlugField(_("slug"), unique=True, max_length=80, allow_unicode=False)

    class Meta:
        verbose_name = _("tag")
        verbose_name_plural = _("tags")
        ordering = ["name"]
        constraints = [ascii_word("slug", "tag_slug_is_ascii")]

    def slugify(self, tag: str, i: int | None = None) -> str:
        stem = slugify(tag) or "tag"
        return stem if i is None else f"{stem}-{i}"
