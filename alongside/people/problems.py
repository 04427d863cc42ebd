"""What can be wrong with what was written down: a sentence, and the field it is about."""

from django.core.exceptions import ValidationError


class NotYet(ValidationError):  # noqa: N818
    """Something has to be seen to first; the message says what, in a sentence."""


def wrong(field: str, sentence: str) -> ValidationError:
    """A slip in one field, which a form shows beside it."""
    return ValidationError({field: [sentence]})
