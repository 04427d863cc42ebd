"""Accounts, and the place itself."""

from alongside.accounts.models.account import Account
from alongside.accounts.models.place import Neighbourhood, Place, Voice, Ward

__all__ = ["Account", "Neighbourhood", "Place", "Voice", "Ward"]
