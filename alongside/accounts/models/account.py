"""An account is a way to sign in, and nothing else: who somebody is stands in `people`."""

from typing import Any, ClassVar
from uuid import uuid4

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Upper

from alongside.kernel.models import PRIVATE, SHARED, Model, private, shared


class AccountManager(BaseUserManager["Account"]):
    """Makes accounts; there is no superuser in this house."""

    def create_user(
        self, username: str = "", email: str | None = None, password: str | None = None
    ) -> "Account":
        """An account with a normalised e-mail and a hashed password (or none that works)."""
        account = self.model(username=username or uuid4().hex, email=self.normalize_email(email) or None)
        account.set_password(password)
        account.save(using=self._db)
        return account


class Account(Model, AbstractBaseUser):
    """A way to sign in. Neither an e-mail nor a password is needed: a printed link is enough."""

    sensitivity: ClassVar[dict[str, str]] = {"password": PRIVATE, "last_login": SHARED}

    username = private(models.CharField(max_length=150, unique=True))
    email = private(models.EmailField(null=True, blank=True, unique=True))
    is_active = shared(models.BooleanField(default=True))

    objects: ClassVar[AccountManager] = AccountManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        # By this, whoever asks for a link is found (`guard.reached_by_email` in the room of people).
        indexes = [models.Index(Upper("email"), name="account_email_folded")]

    @property
    def is_staff(self) -> bool:
        """Nobody: the framework's admin is not part of this house."""
        return False

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        """Never: permissions are policies, not the framework's."""
        return False
