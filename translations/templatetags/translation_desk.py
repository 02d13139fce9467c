"""Small words that the translation desk's templates need."""

from django import template

register = template.Library()


@register.simple_tag
def want(story: int, language: str) -> str:
    """What a tick in the table of languages says: this story, in this language."""
    return f"{story}:{language}"
