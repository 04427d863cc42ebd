"""Names and numbers as they are compared: Zoë is found as ZOE, and 07700 900123 as +44 7700 900123."""

from django.db.models import Func, TextField

# In SQL and not in Python, so that the index, the exact search and row-level security fold alike.
# Every part of it is immutable, which an index asks for.
FOLD = (
    "lower(btrim(regexp_replace(regexp_replace(translate(normalize({}, NFKD), '’‘ʼ', ''''''''),"
    " '[\\u0300-\\u036f]', '', 'g'), '\\s+', ' ', 'g')))"
)


class Folded(Func):
    """A name folded for an exact comparison."""

    template = FOLD.replace("{}", "%(expressions)s")
    arity = 1
    output_field = TextField()


# The last nine figures of a number are its own; before them stand a 0, 44, 0044 or +44.
OWN = 9
OWN_FIGURES = rf"right(regexp_replace({{}}, '\D', '', 'g'), {OWN})"


class OwnFigures(Func):
    """The figures of a phone number that are its own, however it was written."""

    template = OWN_FIGURES.replace("{}", "%(expressions)s")
    arity = 1
    output_field = TextField()
