"""What the house asks of whoever carries a message, and how they may say that it did not go."""

from dataclasses import dataclass
from enum import Enum
from typing import Protocol


@dataclass(frozen=True)
class Letter:
    """One message, ready to go: signed, in the person's hours, to an address."""

    reference: str
    channel: str
    address: str
    subject: str
    words: str
    sender: str


class Found(Enum):
    """What asking again tells of a message that may have gone."""

    GONE = "gone"
    NOT_GONE = "not gone"
    CANNOT_TELL = "cannot tell"
    ARRIVED = "arrived"
    CAME_BACK = "came back"


class NotGone(Exception):  # noqa: N818 - reads as what it says
    """It surely did not go. `sentence` says why, without a word of it; `for_good`: trying again is no use."""

    def __init__(self, sentence: str, *, for_good: bool = False) -> None:
        super().__init__(sentence)
        self.sentence, self.for_good = sentence, for_good


class NotKnown(Exception):  # noqa: N818 - reads as what it says
    """It may have gone, or not."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class Provider(Protocol):
    """Whoever carries messages. `can_be_asked`: they keep our reference and tell what became of it."""

    can_be_asked: bool

    def hand_over(self, letter: Letter) -> str:
        """Give it to them; answers with their reference. Raises NotGone or NotKnown."""
        ...

    def look_up(self, reference: str) -> tuple[Found, str]:
        """What became of a message by our reference, and theirs. Raises NotGone where nobody answers."""
        ...
