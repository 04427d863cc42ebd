"""Secrets, static files, mail and backups of this installation."""

import datetime as dt
import json
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

from alongside.config.cli.backups import LAST_BACKUP
from alongside.config.cli.checks.finding import Finding, fine, wrong
from alongside.config.cli.demo import MADE_UP
from alongside.kernel import clock, sealing
from alongside.kernel.folders import data_folder
from alongside.kernel.secrets import FILE_NAME, SecretsUnsafe, secret

OLDEST_BACKUP = dt.timedelta(days=2)
BUILT = Path(find_spec("alongside.design").origin or "").parent / "static" / "build" / "alongside.css"  # type: ignore[union-attr]


def secrets() -> Iterator[Finding]:
    """Whether the secrets are read and nobody else can read them."""
    path = data_folder() / FILE_NAME
    try:
        secret("secret_key")
    except SecretsUnsafe as error:
        yield wrong("secrets", str(error))
    else:
        where = f"are in {path}, which only its owner reads" if path.exists() else "come from the environment"
        yield fine("secrets", f"The secrets {where}.")


def sealing_keys() -> Iterator[Finding]:
    """Whether what phones seal where there is no signal can be opened, today's and what still lies on them."""
    try:
        gone, here = sealing.lost(), sealing.held()
    except (sealing.KeysUnsafe, SecretsUnsafe) as error:
        yield wrong("sealing", str(error))
        return
    if gone:
        yield wrong(
            "sealing",
            f"Keys that phones sealed with are missing from the secrets ({', '.join(gone)}): what still waits on "
            f"a phone cannot be opened. Put sealing_keys back from a backup. If they are lost for good, take "
            f"their lines out of {data_folder() / sealing.MADE_HERE}.",
        )
    else:
        yield fine(
            "sealing", f"What phones seal without a signal opens here ({len(here)} keys, newest {here[0]})."
        )


def static_files() -> Iterator[Finding]:
    """Whether the look of the house was built."""
    if BUILT.is_file():
        yield fine("static", "Styles and scripts are built.")
    else:
        yield wrong("static", "Styles and scripts are not built, so that pages look bare: run `make setup`.")


def made_up() -> bool:
    """Whether this installation holds the made-up place, where nobody waits for an answer."""
    from alongside.accounts.models import Place

    return Place.objects.filter(slug=MADE_UP).exists()


def mail() -> Iterator[Finding]:
    """Whether messages can leave the house."""
    from django.conf import settings

    by = settings.MAIL_BY
    if by == "notify":
        yield _notify()
    elif by == "smtp":
        yield fine(
            "mail",
            f"E-mail leaves by {settings.EMAIL_HOST}; texts need GOV.UK Notify (ALONGSIDE_MAIL_BY=notify).",
        )
    elif made_up():
        yield fine("mail", "This is the made-up place: messages are only written to the console.")
    else:
        yield wrong(
            "mail",
            "Messages only go to the console and reach nobody: set ALONGSIDE_MAIL_BY to smtp or notify.",
        )


def _notify() -> Finding:
    import os

    if os.environ.get("ALONGSIDE_NOTIFY_KEY"):
        return fine("mail", "E-mails and texts leave by GOV.UK Notify.")
    return wrong("mail", "GOV.UK Notify is chosen and its key is missing: set ALONGSIDE_NOTIFY_KEY.")


def numbers() -> Iterator[Finding]:
    """Whether a token that was given for the house's numbers is one that nobody finds by trying."""
    from django.conf import settings

    from alongside.config.running.metrics import SHORTEST_TOKEN

    if settings.METRICS_TOKEN and len(settings.METRICS_TOKEN) < SHORTEST_TOKEN:
        yield wrong(
            "metrics",
            f"ALONGSIDE_METRICS_TOKEN has fewer than {SHORTEST_TOKEN} characters, so it opens nothing: "
            "`openssl rand -hex 24` makes one.",
        )


def backups() -> Iterator[Finding]:
    """Whether a backup was taken lately."""
    path = data_folder() / LAST_BACKUP
    if not path.is_file():
        yield _never_backed_up()
        return
    noted = json.loads(path.read_text(encoding="utf-8"))
    at = dt.datetime.fromisoformat(noted["at"])
    sentence = f"The last backup was taken on {at:%d %B %Y at %H:%M} UTC, to {noted['path']}."
    old = clock.now() - at > OLDEST_BACKUP
    yield wrong("backup", f"{sentence} That is more than two days ago.") if old else fine("backup", sentence)


def _never_backed_up() -> Finding:
    if made_up():
        return fine("backup", "This is the made-up place: it needs no backup.")
    return wrong("backup", "No backup was taken yet: run `alongside backup FILE`, best every night.")
