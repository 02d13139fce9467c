"""Where the feeds of a list are."""

from django.urls import reverse

FORMATS = {
    "rss": ("application/rss+xml", "RSS"),
    "atom": ("application/atom+xml", "Atom"),
    "json": ("application/feed+json", "JSON Feed"),
}
"""By the end of a feed's address: its media type, and what it is called."""


def feeds(name: str, language: str, **address: str) -> list[dict[str, str]]:
    """The feeds below a list, for its page; *name* and *address* are those of the list."""
    return [
        {
            "type": media_type,
            "title": title,
            "address": reverse(f"{name}_feed", kwargs={"language": language, "kind": kind, **address}),
        }
        for kind, (media_type, title) in FORMATS.items()
    ]
