"""Accounts, and the place itself."""

from alongside.accounts.models.account import Account
from alongside.accounts.models.place import Neighbourhood, Place, Ward

__all__ = ["Account", "Neighbourhood", "Place", "Ward"]
