"""One encrypted file that holds the whole place, and the way back from it."""

from alongside.kernel.backup.errors import BackupFailed, FileChanged, FileCut, NotEmpty, WrongPassPhrase
from alongside.kernel.backup.restoring import Restored, restore
from alongside.kernel.backup.taking import Taken, backup

__all__ = [
    "BackupFailed",
    "FileChanged",
    "FileCut",
    "NotEmpty",
    "Restored",
    "Taken",
    "WrongPassPhrase",
    "backup",
    "restore",
]
