"""Every address that readers have. What is not here is not public."""

from django.urls import path, register_converter

from articles.public import converters, pictures
from articles.public.views import (
    archive,
    contributor,
    corrections,
    front,
    home,
    missing,
    person,
    search,
    section,
    source,
    story,
    tag,
)

register_converter(converters.LanguageConverter, "language")
register_converter(converters.YearConverter, "year")
register_converter(converters.TwoDigitsConverter, "two_digits")

urlpatterns = [
    path("", home.home, name="home"),
    path("pictures/<slug:sha256>/<int:width>.<slug:format>", pictures.picture, name="picture"),
    path("<language:language>/", front.front, name="front"),
    path("<language:language>/corrections/", corrections.corrections, name="corrections"),
    path("<language:language>/search/", search.search, name="search"),
    path("<language:language>/archive/", archive.years, name="archive_index"),
    path("<language:language>/archive/<year:year>/<two_digits:month>/", archive.month, name="archive"),
    path("<language:language>/tag/<slug:slug>/", tag.tag, name="tag"),
    path("<language:language>/person/<slug:slug>/", person.person, name="person"),
    path("<language:language>/source/<slug:slug>/", source.source, name="source"),
    path("<language:language>/contributor/<slug:slug>/", contributor.contributor, name="contributor"),
    path("<language:language>/<slug:section>/", section.section, name="section"),
    path(
        "<language:language>/<year:year>/<two_digits:month>/<two_digits:day>/<slug:slug>/",
        story.story,
        name="story",
    ),
    # Nonsense below a language answers in that language, exactly as a story that is not public.
    path("<language:language>/<path:nonsense>", missing.nonsense, name="nonsense"),
]
