"""What a machine or a database refuses, as a sentence for whoever is at the keyboard."""

import errno

import psycopg

from alongside.kernel.backup.errors import reason

# A folder nobody may write in, a disk that is full, a file where a folder should be: not a fault of ours.
OF_THE_MACHINE = frozenset(
    {errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOSPC, errno.EDQUOT, errno.ENOTDIR, errno.EEXIST}
)


def of_the_machine(error: OSError) -> bool:
    """Whether somebody who looks after the machine can put it right."""
    return error.errno in OF_THE_MACHINE


def in_a_sentence(error: Exception) -> str:
    """What went wrong and what to do; our own exceptions are sentences already."""
    if isinstance(error, OSError):
        where = f" ({error.filename})" if error.filename else ""
        return (
            f"Something could not be written{where}: {reason(error)}. The data folder has to be one that you may "
            "write in, on a disk with room; ALONGSIDE_DATA names another."
        )
    cause = error if isinstance(error, psycopg.Error) else error.__cause__
    if isinstance(cause, psycopg.errors.DiskFull):
        return "The disk of the database is full. Make room; nothing that was acknowledged is lost."
    if isinstance(cause, psycopg.OperationalError):
        return f"The database does not answer: {reason(error)}. What was being done was not done."
    return str(error)
