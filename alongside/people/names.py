"""Names as they are compared: without case, accents or stray spaces, so that Zoë is found as ZOE."""

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
