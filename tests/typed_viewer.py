"""For mypy: every request has a `viewer`, and what the door said of them as `entered`, which our middleware puts there.

Its type is left open: in a page that is `guarded` or `signed_in` it is a Person, elsewhere it may be None.
"""

from collections.abc import Callable

from mypy.nodes import MDEF, SymbolTableNode, Var
from mypy.plugin import ClassDefContext, Plugin
from mypy.types import AnyType, TypeOfAny

REQUEST = "django.http.request.HttpRequest"


class TypedViewer(Plugin):
    """Adds what the middleware adds."""

    def get_customize_class_mro_hook(self, fullname: str) -> Callable[[ClassDefContext], None] | None:
        """Asked for each class, early enough to add a name to it."""
        return _add if fullname == REQUEST else None


def _add(context: ClassDefContext) -> None:
    for name in ("viewer", "entered"):
        variable = Var(name, AnyType(TypeOfAny.explicit))
        variable.info = context.cls.info
        variable._fullname = f"{REQUEST}.{name}"
        context.cls.info.names[name] = SymbolTableNode(MDEF, variable)


def plugin(version: str) -> type[Plugin]:
    """What mypy asks a plug-in for."""
    return TypedViewer
