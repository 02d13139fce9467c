"""The desk's screens. Importing the modules registers them."""

from articles.admin import contributors, people, pictures, sections, sources, tags

__all__ = ["contributors", "people", "pictures", "sections", "sources", "tags"]
