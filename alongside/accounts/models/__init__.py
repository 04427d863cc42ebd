"""Accounts, the links that let people in, and the place itself."""

from alongside.accounts.models.account import Account
from alongside.accounts.models.easy_read import EasyReadLine
from alongside.accounts.models.place import Neighbourhood, Place, Voice, Ward
from alongside.accounts.models.principles import PrinciplesChange
from alongside.accounts.models.sign_in import SignInLink

__all__ = [
    "Account",
    "EasyReadLine",
    "Neighbourhood",
    "Place",
    "PrinciplesChange",
    "SignInLink",
    "Voice",
    "Ward",
]
