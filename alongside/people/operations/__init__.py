"""Every write about people, their roles, their organisations, and two records of one person."""

from .organisations import add_organisation, change_organisation, end_organisation
from .people import (
    add_alias,
    remove_alias,
    rename,
    set_particulars,
    set_reach,
    write_down_person,
)
from .roles import end_role, hold_role, set_room
from .same import agree_same, propose_same, undo_same
from .signing_in import switch_sign_in

__all__ = [
    "add_alias",
    "add_organisation",
    "agree_same",
    "change_organisation",
    "end_organisation",
    "end_role",
    "hold_role",
    "propose_same",
    "remove_alias",
    "rename",
    "set_particulars",
    "set_reach",
    "set_room",
    "switch_sign_in",
    "undo_same",
    "write_down_person",
]
