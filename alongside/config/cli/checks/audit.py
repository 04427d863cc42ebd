"""Whether the audit is sealed day by day, and whether its seals lie anywhere else."""

from collections.abc import Iterator

from alongside.config.cli.checks.finding import Finding, fine, wrong
from alongside.config.cli.checks.machine import made_up


def audit() -> Iterator[Finding]:
    """What stopped the sealing; else how far it came, and where the seals are."""
    from django.conf import settings

    from alongside.audit.queries import audit_kept
    from alongside.kernel.acting import working_on

    with working_on("audit.seal"):
        kept = audit_kept(viewer=None)
    if kept.anything:
        late = f"It was last sealed for {kept.late_since}. " if kept.late_since else ""
        told = " ".join(one.trouble for one in kept.troubles)
        yield wrong("audit", f"The audit is not kept as it should be. {late}{told}".strip())
    elif settings.AUDIT_FOLDER or settings.AUDIT_STEWARDS or made_up():
        yield fine(
            "audit", f"The audit is sealed every day that is over (last: {kept.through or 'none yet'})."
        )
    else:
        yield fine(
            "audit",
            f"The audit is sealed every day that is over (last: {kept.through or 'none yet'}). Its seals lie on "
            "this machine alone, where its owner could write them anew: ALONGSIDE_AUDIT_FOLDER takes them off.",
        )
