"""Errors of fields that nobody sees, said where they can be read."""

from typing import Any

from django.core.exceptions import ValidationError
from django.forms.models import BaseInlineFormSet
from django.utils.translation import gettext as _


class SaysWhatIsGone(BaseInlineFormSet[Any, Any, Any]):
    """Rows of an inline. Hidden in each are its own id and the story or person it belongs to."""

    def clean(self) -> None:
        """Says which rows that were drawn are not there any more, with what was typed in them.

        Raises ValidationError, which stands above the rows: the row itself can't be drawn any more.
        """
        super().clean()
        gone = [form for form in self.initial_forms if any(field.errors for field in form.hidden_fields())]
        if gone:
            raise ValidationError(
                _("Somebody deleted a row meanwhile: %(rows)s. Copy what you need, then open the page again.")
                % {"rows": "; ".join(_typed(form) for form in gone)},
                code="gone",
            )


def _typed(form: Any) -> str:
    values = (field.value() for field in form.visible_fields() if field.name != "DELETE")
    return ", ".join(str(value) for value in values if value)
