"""PostgreSQL, behind one thin adapter: our own small server by default, or any server from 15 on."""

from alongside.kernel.folders import data_folder
from alongside.kernel.postgres.addresses import Addresses, addresses, django_database
from alongside.kernel.postgres.errors import NotReady, NotSafe
from alongside.kernel.postgres.in_use import in_use
from alongside.kernel.postgres.roles import (
    APP_ROLE,
    DATABASE,
    OWNER_ROLE,
    check_ordinary_role,
    drop_database,
    make_database,
)
from alongside.kernel.postgres.server import ensure_running, is_running, stop

__all__ = [
    "APP_ROLE",
    "DATABASE",
    "OWNER_ROLE",
    "Addresses",
    "NotReady",
    "NotSafe",
    "addresses",
    "check_ordinary_role",
    "data_folder",
    "django_database",
    "drop_database",
    "ensure_running",
    "in_use",
    "is_running",
    "make_database",
    "stop",
]
