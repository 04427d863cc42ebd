"""One-time links that let somebody in. Their secrets are never kept, only digests of them."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from alongside.accounts.models.account import Account
from alongside.kernel import clock
from alongside.kernel.models import Model, private, shared


class SignInLink(Model):
    """A link, short-lived and used once; a printed one also has a short code to type.

    `made_by_id` is the person who made it for somebody, or None where it was asked for at the door.
    """

    class Way(models.TextChoices):
        EMAIL = "email", _("by e-mail")
        TEXT = "text", _("by text")
        PRINTED = "printed", _("on paper")

    account = shared(models.ForeignKey(Account, on_delete=models.CASCADE, related_name="links"))
    way = shared(models.CharField(max_length=10, choices=Way.choices))
    digest = private(models.CharField(max_length=64, unique=True))
    code_digest = private(models.CharField(max_length=64, null=True, unique=True))
    made_by_id = shared(models.UUIDField(null=True, editable=False))
    made_at = shared(models.DateTimeField())
    until = shared(models.DateTimeField())
    used_at = shared(models.DateTimeField(null=True))
    taken_back_at = shared(models.DateTimeField(null=True))
    taken_back_by_id = shared(models.UUIDField(null=True, editable=False))

    class Meta:
        indexes = [models.Index(fields=["account", "-made_at"], name="sign_in_link_account")]
        constraints = [
            models.CheckConstraint(
                condition=Q(until__gt=F("made_at")), name="sign_in_link_ends_after_it_was_made"
            ),
            models.CheckConstraint(
                condition=Q(used_at__isnull=True) | Q(taken_back_at__isnull=True),
                name="sign_in_link_is_not_both_used_and_taken_back",
            ),
            models.CheckConstraint(
                condition=Q(code_digest__isnull=True) | Q(way="printed"), name="sign_in_link_code_is_on_paper"
            ),
        ]

    @property
    def still_good(self) -> bool:
        """Whether it would let its person in at this moment."""
        return self.used_at is None and self.taken_back_at is None and self.until > clock.now()
