"""Why a backup was not taken or not restored, each a sentence a person can act on."""


def reason(error: BaseException) -> str:
    """What a system's error says, in its own one line."""
    said = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return " ".join(said.split()).rstrip(".")


class BackupFailed(RuntimeError):  # noqa: N818 - reads as the sentence it carries
    """A backup could not be taken or restored; nothing half-done was left behind."""


class WrongPassPhrase(BackupFailed):
    """The file is sound and this is not its pass phrase."""


class FileCut(BackupFailed):
    """The end of the file is missing."""


class FileChanged(BackupFailed):
    """The file is not what was written."""


class NotEmpty(BackupFailed):
    """Something is already there; a restore never overwrites."""
