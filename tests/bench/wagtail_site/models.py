"""A front page, sections below it, stories below those; authors are snippets."""

from __future__ import annotations

from typing import Any

from django.core.paginator import EmptyPage, Paginator
from django.db import models
from django.http import Http404, HttpRequest
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey
from taggit.models import TaggedItemBase
from wagtail.admin.panels import FieldPanel, InlinePanel
from wagtail.fields import RichTextField
from wagtail.models import Orderable, Page, PageQuerySet
from wagtail.search import index
from wagtail.snippets.models import register_snippet

PAGE = 20
TOP, OF_A_SECTION = 13, 4


@register_snippet
class Author(models.Model):
    name = models.CharField(max_length=120)

    def __str__(self) -> str:
        return self.name


class FrontPage(Page):
    """The newest stories, then the newest of each section."""

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        context["stories"] = listed(StoryPage.objects.live().descendant_of(self))[:TOP]
        context["blocks"] = [
            {"section": section, "stories": listed(StoryPage.objects.live().child_of(section))[:OF_A_SECTION]}
            for section in sections()
        ]
        return context | {"sections": sections()}


class SectionPage(Page):
    """The stories of a section, page by page."""

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        try:
            context["listing"] = Paginator(listed(StoryPage.objects.live().child_of(self)), PAGE).page(
                request.GET.get("page", 1)
            )
        except EmptyPage:
            raise Http404 from None
        return context | {"sections": sections()}


class StoryTag(TaggedItemBase):
    content_object = ParentalKey("wagtail_site.StoryPage", on_delete=models.CASCADE, related_name="tagged_items")


class StoryPage(Page):
    """A story. ``related`` are the stories that an editor chose to stand below it."""

    moment = models.DateTimeField(db_index=True)
    standfirst = models.TextField(blank=True)
    body = RichTextField(blank=True)
    picture = models.ForeignKey("wagtailimages.Image", on_delete=models.SET_NULL, null=True, related_name="+")
    author = models.ForeignKey(Author, on_delete=models.SET_NULL, null=True, related_name="+")
    tags = ClusterTaggableManager(through=StoryTag, blank=True)

    search_fields = [*Page.search_fields, index.SearchField("standfirst"), index.SearchField("body")]
    content_panels = [
        *Page.content_panels,
        FieldPanel("moment"),
        FieldPanel("standfirst"),
        FieldPanel("body"),
        FieldPanel("picture"),
        FieldPanel("author"),
        FieldPanel("tags"),
        InlinePanel("related", label="Related stories"),
    ]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        chosen = self.related.values("story")
        context["related"] = listed(StoryPage.objects.live().filter(pk__in=chosen))
        context["section"] = self.get_parent()
        return context | {"sections": sections()}


class RelatedStory(Orderable):
    page = ParentalKey(StoryPage, on_delete=models.CASCADE, related_name="related")
    story = models.ForeignKey(StoryPage, on_delete=models.CASCADE, related_name="+")

    panels = [FieldPanel("story")]


def listed(stories: PageQuerySet) -> PageQuerySet:
    """Newest first, with all that a card shows."""
    shown = stories.order_by("-moment").defer("body").select_related("author", "picture")
    return shown.prefetch_related("picture__renditions")


def sections() -> PageQuerySet:
    return SectionPage.objects.live().in_menu()
