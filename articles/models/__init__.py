"""The data. Readers' code imports ``articles.models.publication`` and the registers by module, never this package."""

from articles.models.article import Article, TaggedArticle
from articles.models.article_picture import ArticlePicture
from articles.models.citation import Citation
from articles.models.comment import Comment
from articles.models.contributor import Contributor
from articles.models.credit import Credit
from articles.models.finding import Finding
from articles.models.person import Person, PersonName, PersonRole
from articles.models.picture import Picture, Rendition
from articles.models.publication import (
    Publication,
    PublicationContributor,
    PublicationPerson,
    PublicationPicture,
    PublicationQuote,
    PublicationSource,
    PublicationTag,
)
from articles.models.purge import Purge
from articles.models.quote import Mention, Quote
from articles.models.revision import Revision
from articles.models.search_entry import SearchEntry
from articles.models.section import Section
from articles.models.source import Source
from articles.models.tag import Tag
from articles.models.transition import Transition

__all__ = [
    "Article",
    "ArticlePicture",
    "Citation",
    "Comment",
    "Contributor",
    "Credit",
    "Finding",
    "Mention",
    "Person",
    "PersonName",
    "PersonRole",
    "Picture",
    "Publication",
    "PublicationContributor",
    "PublicationPerson",
    "PublicationPicture",
    "PublicationQuote",
    "PublicationSource",
    "PublicationTag",
    "Purge",
    "Quote",
    "Rendition",
    "Revision",
    "SearchEntry",
    "Section",
    "Source",
    "Tag",
    "TaggedArticle",
    "Transition",
]
