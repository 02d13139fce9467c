"""Every address that readers have. What is not here is not public."""

from django.urls import path, register_converter

from articles.public import cards, colours, converters, pictures
from articles.public.views import (
    archive,
    contributor,
    corrections,
    front,
    history,
    home,
    missing,
    newsroom_page,
    person,
    search,
    section,
    sitemaps,
    source,
    story,
    story_text,
    tag,
)

register_converter(converters.LanguageConverter, "language")
register_converter(converters.FeedConverter, "feed")
register_converter(converters.NewsroomPageConverter, "newsroom_page")
register_converter(converters.ColourConverter, "colour")
register_converter(converters.YearConverter, "year")
register_converter(converters.TwoDigitsConverter, "two_digits")
register_converter(converters.TextFormConverter, "text_form")

urlpatterns = [
    path("", home.home, name="home"),
    path("pictures/<slug:sha256>/<int:width>.<slug:format>", pictures.picture, name="picture"),
    path("colours/<colour:light>-<colour:dark>.css", colours.colours, name="colours"),
    path("sitemap.xml", sitemaps.index, name="sitemap"),
    path("sitemap/<language:language>-<year:year>-<two_digits:month>.xml", sitemaps.month, name="month_sitemap"),
    path("sitemap/<language:language>-pages.xml", sitemaps.pages, name="pages_sitemap"),
    path("news-sitemap.xml", sitemaps.news, name="news_sitemap"),
    path("<language:language>/", front.front, name="front"),
    path("<language:language>/feed.<feed:kind>", front.feed, name="front_feed"),
    path("<language:language>/corrections/", corrections.corrections, name="corrections"),
    path("<language:language>/corrections/feed.<feed:kind>", corrections.feed, name="corrections_feed"),
    path("<language:language>/search/", search.search, name="search"),
    path("<language:language>/archive/", archive.years, name="archive_index"),
    path("<language:language>/archive/<year:year>/<two_digits:month>/", archive.month, name="archive"),
    path("<language:language>/tag/<slug:slug>/", tag.tag, name="tag"),
    path("<language:language>/tag/<slug:slug>/feed.<feed:kind>", tag.feed, name="tag_feed"),
    path("<language:language>/person/<slug:slug>/", person.person, name="person"),
    path("<language:language>/person/<slug:slug>/feed.<feed:kind>", person.feed, name="person_feed"),
    path("<language:language>/source/<slug:slug>/", source.source, name="source"),
    path("<language:language>/source/<slug:slug>/feed.<feed:kind>", source.feed, name="source_feed"),
    path("<language:language>/contributor/<slug:slug>/", contributor.contributor, name="contributor"),
    path("<language:language>/contributor/<slug:slug>/feed.<feed:kind>", contributor.feed, name="contributor_feed"),
    path("<language:language>/<newsroom_page:page>/", newsroom_page.newsroom_page, name="newsroom_page"),
    path("<language:language>/<newsroom_page:page>/history/", history.page_history, name="newsroom_page_history"),
    path("<language:language>/<slug:section>/", section.section, name="section"),
    path("<language:language>/<slug:section>/feed.<feed:kind>", section.feed, name="section_feed"),
    path(
        "<language:language>/<year:year>/<two_digits:month>/<two_digits:day>/<slug:slug>/",
        story.story,
        name="story",
    ),
    path(
        "<language:language>/<year:year>/<two_digits:month>/<two_digits:day>/<slug:slug>/history/",
        history.history,
        name="history",
    ),
    path(
        "<language:language>/<year:year>/<two_digits:month>/<two_digits:day>/<slug:slug>/text.<text_form:form>",
        story_text.story_text,
        name="story_text",
    ),
    path(
        "<language:language>/<year:year>/<two_digits:month>/<two_digits:day>/<slug:slug>/card-<int:number>.jpeg",
        cards.card,
        name="card",
    ),
    # Nonsense below a language answers in that language, exactly as a story that is not public.
    path("<language:language>/<path:nonsense>", missing.nonsense, name="nonsense"),
]
