"""The desk's screens. Importing the modules registers them."""

from articles.admin import articles, contributors, paper, people, pictures, sections, sources, tags

__all__ = ["articles", "contributors", "paper", "people", "pictures", "sections", "sources", "tags"]
