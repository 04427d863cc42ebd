"""What those who look after the place are told of how the audit is kept."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from alongside.audit.models import Carried
from alongside.kernel import clock

LATE = dt.timedelta(days=3)


@dataclass(frozen=True)
class AuditKept:
    """What stopped the sealing and taking away of the audit, how far it came, and whether that is long ago."""

    troubles: list[Carried]
    through: dt.date | None
    late: bool

    @property
    def late_since(self) -> dt.date | None:
        """The last day sealed, where that is long ago."""
        return self.through if self.late else None

    @property
    def anything(self) -> bool:
        """Whether there is something to mend."""
        return bool(self.troubles or self.late)


def audit_kept(*, viewer: Any) -> AuditKept:
    """How the audit is kept. The caller asked whether the viewer may know; row-level security says it again."""
    known = list(Carried.objects.order_by("way"))
    through = next((one.through for one in known if one.way == Carried.Way.HERE), None)
    late = through is not None and through < (clock.now() - LATE).date()
    return AuditKept([one for one in known if one.trouble], through, late)
