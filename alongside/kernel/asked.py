"""Questions the house asks again and again: put into SQL once, and after that only their values are new.

Putting a question into SQL costs a request several times what PostgreSQL takes to answer it. `asked(build, …)` calls
`build` with stand-ins for the values the first time a question of that shape comes, and keeps the SQL with the place
of each value. The shape is everything else: `build` itself and, of every condition (`Q`) it is given, the names, the
ands, ors and nots, and whatever is no value; so what a policy says in another way for another viewer is another
question, with SQL of its own. What cannot be told apart like that is put into SQL each time, as ever.

`build` must be made of its arguments alone: keys, days and moments come in as arguments. Where one is left over in the
SQL that was no argument, it raises `NotFromArguments`.
"""

import datetime as dt
from collections.abc import Callable, Hashable
from copy import copy
from typing import Any, NamedTuple, ParamSpec, TypeVar
from uuid import UUID, uuid4

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Field, ForeignKey, Lookup, Model, Q, QuerySet
from django.db.models.sql.compiler import SQLCompiler

from alongside.kernel.policy import narrow

Given = ParamSpec("Given")
Row = TypeVar("Row")
# Shapes are few; should somebody's question vary without end, all of it is forgotten and begun anew.
MOST = 1000
_NEW: Any = object()
_ready: dict[Hashable, "_Ready | None"] = {}
_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_SET = set | frozenset | list


class NotFromArguments(Exception):  # noqa: N818 - reads as what is wrong
    """A question that is kept holds a key, a day or a moment of its own, and would ask about it for ever."""


class _OneOf(Lookup):  # type: ignore[type-arg]
    """`= ANY (array)`: the same statement, and the same plan, however many there are."""

    lookup_name = "one_of"

    def get_prep_lookup(self) -> list[Any]:
        return [self.lhs.output_field.get_prep_value(one) for one in self.rhs]

    def as_sql(self, compiler: SQLCompiler, connection: Any) -> Any:
        lhs, params = self.process_lhs(compiler, connection)
        return f"{lhs} = ANY (%s)", [*params, self.rhs]


Field.register_lookup(_OneOf)
ForeignKey.register_lookup(_OneOf)


class Inner:
    """What `build` makes of its arguments: stands in a `Q` where an Exists or a queryset would."""

    conditional = True

    def __init__(self, build: Callable[..., Any], **given: Any) -> None:
        self.build, self.given = build, given

    def resolve_expression(self, *args: Any, **kwargs: Any) -> Any:
        """What Django asks of every expression: the one that was built."""
        return self.build(**self.given).resolve_expression(*args, **kwargs)


class _Unlike(Exception):  # noqa: N818 - never leaves this module
    """A value whose shape cannot be told."""


class _Ready(NamedTuple):
    """A question in SQL: where each of the values goes, and what Django needs to read the answer."""

    sql: str
    places: list[tuple[int | None, Any]]
    compiler: SQLCompiler
    converters: dict[int, Any]
    queryset: Any


class _As:
    """Something of Django's with a few attributes of ours in front of it."""

    def __init__(self, of: Any, **ours: Any) -> None:
        self.__dict__.update(ours, _of=of)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._of, name)


def asked(build: Callable[Given, QuerySet[Any, Row]], *args: Given.args, **kwargs: Given.kwargs) -> list[Row]:
    """The rows of the queryset that `build` makes of these arguments. One statement."""
    values: list[Any] = []
    try:
        shape = (build, narrow, *(_shape(one, values) for one in (*args, *kwargs.items())))
    except _Unlike:
        return list(build(*args, **kwargs))
    # Looked up once: between two looks another thread may have forgotten all of it.
    ready = _ready.get(shape, _NEW)
    if ready is _NEW:
        ready = _prepare(build, args, kwargs)
        if len(_ready) >= MOST:
            _ready.clear()
        _ready[shape] = ready
    return [] if ready is None else _answered(ready, values)


def _shape(thing: Any, values: list[Any]) -> Hashable:
    """Everything about an argument but its values, which are put into `values` in order."""
    if isinstance(thing, Q):
        return Q, thing.connector, thing.negated, *(_shape(child, values) for child in thing.children)
    if isinstance(thing, Inner):
        return thing.build, *(_shape(one, values) for one in thing.given.items())
    if isinstance(thing, UUID | dt.date):
        values.append(thing)
        return type(thing).__name__
    if isinstance(thing, Model):
        values.append(thing.pk)
        return type(thing)
    if isinstance(thing, tuple) and len(thing) == 2 and isinstance(thing[0], str):
        return thing[0], _shape(thing[1], values)
    if isinstance(thing, _SET):
        values.append(list(thing))
        return _SET
    if thing is None or isinstance(thing, str | int):
        return type(thing), thing
    raise _Unlike


def _stand_in(thing: Any, values: list[Any]) -> Any:
    """The same argument with a stand-in for each value, in the same order."""
    if isinstance(thing, Q):
        again = Q(_connector=thing.connector, _negated=thing.negated)
        again.children = [_stand_in(child, values) for child in thing.children]
        return again
    if isinstance(thing, Inner):
        return Inner(thing.build, **{name: _stand_in(one, values) for name, one in thing.given.items()})
    if isinstance(thing, tuple) and len(thing) == 2 and isinstance(thing[0], str):
        name, held = thing[0], _stand_in(thing[1], values)
        is_set = isinstance(thing[1], _SET) and name.endswith("__in")
        return (f"{name.removesuffix('__in')}__one_of" if is_set else name), held
    if not isinstance(thing, UUID | dt.date | Model | _SET):
        return thing
    values.append(_unlike_any(thing, len(values)))
    return values[-1]


def _unlike_any(thing: Any, number: int) -> Any:
    """A value of that kind that stands nowhere else."""
    if isinstance(thing, dt.datetime):
        return _EPOCH + dt.timedelta(microseconds=number)
    if isinstance(thing, dt.date):
        return _EPOCH.date() + dt.timedelta(days=number)
    return [uuid4()] if isinstance(thing, _SET) else uuid4()


def _prepare(build: Any, args: Any, kwargs: Any) -> "_Ready | None":
    """Put a question of a new shape into SQL; None where, whatever the values, nothing answers it."""
    standing: list[Any] = []
    asking = build(
        *(_stand_in(one, standing) for one in args),
        **dict(_stand_in(one, standing) for one in kwargs.items()),
    )
    compiler = asking.query.get_compiler(DEFAULT_DB_ALIAS)
    try:
        sql, params = compiler.as_sql()
    except EmptyResultSet:
        return None
    places = _places(build, params, standing)
    columns = [column[0] for column in compiler.select[: compiler.col_count]]
    converters = compiler.get_converters(columns)
    compiler.connection = None  # whoever asks brings their own
    return _Ready(sql, places, compiler, converters, asking)


def _places(build: Any, params: Any, standing: list[Any]) -> list[tuple[int | None, Any]]:
    """For each parameter the number of the value that belongs there, or None and what always stands there."""
    number = {repr(one): index for index, one in enumerate(standing)}
    places = [(number.get(repr(param)), param) for param in params]
    if any(_is_strange(param, standing) for index, param in places if index is None):
        raise NotFromArguments(
            f"{build.__module__}.{build.__qualname__} is asked with what was not its argument, or changes what was"
        )
    return places


def _is_strange(param: Any, standing: list[Any]) -> bool:
    """Whether what would always stand there is a key, a day, a moment, or a stand-in turned into words."""
    if isinstance(param, str):
        keys = [key for one in standing for key in (one if isinstance(one, list) else [one])]
        return any(said in param for key in keys for said in (str(key), getattr(key, "hex", str(key))))
    return not (param is None or isinstance(param, int | float))


def _answered(ready: _Ready, values: list[Any]) -> list[Any]:
    """Ask, over the connection of whoever asks, and read the answer as Django would have."""
    params = tuple(kept if index is None else values[index] for index, kept in ready.places)
    compiler: Any = copy(ready.compiler)
    compiler.connection = connections[DEFAULT_DB_ALIAS]
    compiler.as_sql = lambda: (ready.sql, params)
    compiler.get_converters = lambda columns: ready.converters
    query = _As(ready.queryset.query, get_compiler=lambda *args, **kwargs: compiler)
    return list(ready.queryset._iterable_class(_As(ready.queryset, query=query, db=DEFAULT_DB_ALIAS)))
