"""What can go wrong with the database, each a sentence a person can act on."""


class NotReady(RuntimeError):  # noqa: N818 - reads as the sentence it carries
    """The database cannot be used as things are; the message says why and what to do."""


class NotSafe(RuntimeError):  # noqa: N818 - as above
    """The role we were given may do too much, so the second lock would not hold."""
