"""The desk's screens. Importing the modules registers them."""

from articles.admin import articles, contributors, people, pictures, sections, sources, tags

__all__ = ["articles", "contributors", "people", "pictures", "sections", "sources", "tags"]
