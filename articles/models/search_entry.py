"""What the readers' search reads: the words of a Publication, folded."""

from django.db import models

from articles.models.fields import LanguageField
from articles.models.publication import Publication


class SearchEntry(models.Model):
    """One language version as the search knows it, written by ``articles.search.entries``.

    It says what words stand where, never what is public: whoever searches asks ``Publication.objects.live()``
    besides. The database makes its index of the columns by itself (``articles.search.tables``).
    """

    publication = models.OneToOneField(
        Publication, on_delete=models.CASCADE, primary_key=True, related_name="search_entry"
    )
    language = LanguageField()
    headline = models.TextField(blank=True)
    names = models.TextField(blank=True, help_text="All right spellings of the people in the story.")
    standfirst = models.TextField(blank=True)
    labels = models.TextField(blank=True, help_text="Kicker, section, tags, sources, bylines.")
    body = models.TextField(blank=True)

    class Meta:
        verbose_name = "search entry"
        verbose_name_plural = "search entries"

    def __str__(self) -> str:
        return f"search entry {self.pk}"
