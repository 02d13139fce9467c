"""Language tags as people type them into a register."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

_TAG = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")


def language_tags(typed: str) -> str:
    """``RO , en`` → ``ro, en``; refuses what is no tag, and says which."""
    tags = [part.strip() for part in typed.replace(";", ",").split(",") if part.strip()]
    tags = [tag[:3].lower() + tag[3:] if len(tag) > 3 else tag.lower() for tag in tags]
    wrong = [tag for tag in tags if not _TAG.fullmatch(tag)]
    if wrong:
        raise ValidationError(
            _("“%(tag)s” is no language tag. Write tags with commas between, such as ru, en."),
            params={"tag": wrong[0]},
        )
    return ", ".join(dict.fromkeys(tags))
