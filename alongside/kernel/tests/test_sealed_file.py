"""The sealed file by itself: whatever is done to it, it is noticed, and told by name."""

import hashlib
import io
import os
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.kernel.backup import sealed
from alongside.kernel.backup.errors import BackupFailed, FileChanged, FileCut, WrongPassPhrase
from alongside.kernel.backup.sealed import FRAME, HEADER, MAGIC, PIECE, TAG, Sealer, Unsealer, open_header

PHRASE = "kettle lantern bramble harbour"
BEGINS = HEADER.size + sealed.CHECKSUM + sealed.PROOF


@pytest.fixture(autouse=True)
def cheap_to_guess(monkeypatch):
    """What guessing costs is not what is tried here: the cheapest cost that is accepted."""
    monkeypatch.setattr(sealed, "COST", sealed.COSTS_ACCEPTED[0])


def seal(*pieces, phrase=PHRASE):
    file = io.BytesIO()
    sealer = Sealer(file, phrase)
    for piece in pieces:
        sealer.write(piece)
    sealer.finish()
    return file.getvalue()


def unseal(data, phrase=PHRASE):
    file = io.BytesIO(data)
    return Unsealer(file, open_header(file, phrase)).read(len(data) + 1)


def frames(data):
    """Each frame of a sealed file, as bytes."""
    found, at = [], BEGINS
    while at < len(data):
        length, _last = FRAME.unpack(data[at : at + FRAME.size])
        found.append(data[at : at + FRAME.size + length])
        at += FRAME.size + length
    return found


@pytest.fixture(scope="module")
def three():
    """A file of three frames, and its words."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sealed, "COST", sealed.COSTS_ACCEPTED[0])
        words = os.urandom(PIECE * 2 + 5)
        return seal(words), words


@pytest.mark.parametrize("size", [0, 1, PIECE - 1, PIECE, PIECE + 1, PIECE * 2, PIECE * 2 + 1])
def test_every_size_comes_back_as_it_was(size):
    words = os.urandom(size)
    assert unseal(seal(words)) == words


def test_it_does_not_matter_in_which_bites_it_was_written(three):
    _, words = three
    bites = [words[at : at + 70_001] for at in range(0, len(words), 70_001)]
    data = seal(*bites)
    assert unseal(data) == words
    assert [len(frame) for frame in frames(data)] == [len(frame) for frame in frames(three[0])]


def test_nor_in_which_bites_it_is_read(three):
    data, words = three
    file = io.BytesIO(data)
    unsealer = Unsealer(file, open_header(file, PHRASE))
    read = []
    while piece := unsealer.read(99_991):
        read.append(piece)
    assert b"".join(read) == words
    assert unsealer.read(1) == b""


def test_the_same_place_sealed_twice_looks_nothing_alike():
    first, second = seal(b"Bramble"), seal(b"Bramble")
    assert first[HEADER.size :] != second[HEADER.size :]
    assert b"Bramble" not in first


def test_a_frame_left_out_is_noticed(three):
    one, _two, last = frames(three[0])
    with pytest.raises(FileChanged, match="after 256 KiB"):
        unseal(three[0][:BEGINS] + one + last)


def test_a_frame_twice_is_noticed(three):
    one, two, last = frames(three[0])
    with pytest.raises(FileChanged, match="after 256 KiB"):
        unseal(three[0][:BEGINS] + one + one + two + last)


def test_frames_in_another_order_are_noticed(three):
    one, two, last = frames(three[0])
    with pytest.raises(FileChanged, match="after 0 KiB"):
        unseal(three[0][:BEGINS] + two + one + last)


def test_a_frame_of_another_backup_with_the_same_pass_phrase_is_noticed(three):
    one, _two, last = frames(three[0])
    _one, two, _last = frames(seal(three[1]))
    with pytest.raises(FileChanged):
        unseal(three[0][:BEGINS] + one + two + last)


def test_a_file_that_ends_between_two_frames_is_cut_and_not_shorter(three):
    one, two, _last = frames(three[0])
    with pytest.raises(FileCut, match=r"ends after 512 KiB of its content\. Fetch it again, whole"):
        unseal(three[0][:BEGINS] + one + two)


def test_a_frame_that_says_it_is_the_last_and_is_not_is_noticed(three):
    one, _two, _last = frames(three[0])
    length, _ = FRAME.unpack(one[: FRAME.size])
    with pytest.raises(FileChanged):
        unseal(three[0][:BEGINS] + FRAME.pack(length, 1) + one[FRAME.size :])


def test_something_added_at_the_end_is_noticed(three):
    with pytest.raises(FileChanged, match="something was added at its end"):
        unseal(three[0] + b"\0")


@pytest.mark.parametrize("length", [0, TAG - 1, PIECE + TAG + 1, 2**32 - 1])
def test_a_frame_of_an_impossible_length_is_refused_unread(length):
    data = seal(b"x")
    file = io.BytesIO(data[:BEGINS] + FRAME.pack(length, 1) + b"\0" * 64)
    unsealer = Unsealer(file, open_header(file, PHRASE))
    with pytest.raises(FileChanged):
        unsealer.read(1)
    assert file.tell() == BEGINS + FRAME.size


def test_a_backup_that_was_never_finished_says_so():
    file = io.BytesIO()
    Sealer(file, PHRASE).write(os.urandom(PIECE * 2))
    with pytest.raises(FileCut):
        unseal(file.getvalue())


@given(st.integers(0, 200), st.integers(1, 255))
def test_no_byte_of_a_small_backup_can_be_changed(at, by):
    data = bytearray(SMALL)
    at %= len(data)
    data[at] ^= by
    with pytest.raises(BackupFailed) as told:
        unseal(bytes(data))
    # In the magic it is no backup of ours; in the header changed; in the proof it looks like a wrong phrase.
    expected = BackupFailed if at < len(MAGIC) else FileChanged
    if HEADER.size + sealed.CHECKSUM <= at < BEGINS:
        expected = WrongPassPhrase
    assert isinstance(told.value, (expected, FileCut))


@given(st.integers(0, 10_000))
def test_no_end_of_a_small_backup_can_be_missing(short):
    data = SMALL[: short % len(SMALL)]
    with pytest.raises(BackupFailed) as told:
        unseal(data)
    assert isinstance(told.value, FileCut) is bool(data)


def _small():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sealed, "COST", sealed.COSTS_ACCEPTED[0])
        return seal(b"Bramble sleeps at the foot of the bed")


SMALL = _small()


def header(made_as=sealed.FORMAT, cost=14):
    """The first lines as somebody else might write them, with a checksum that fits."""
    begins = HEADER.pack(MAGIC, made_as, cost, b"s" * 16)
    return begins + hashlib.sha256(begins).digest() + b"p" * sealed.PROOF


@pytest.mark.parametrize("made_as", [0, 2, 255])
def test_a_backup_of_another_format_asks_for_an_update(made_as):
    with pytest.raises(BackupFailed, match=f"has format {made_as}; this Alongside reads 1. Update it first"):
        open_header(io.BytesIO(header(made_as)), PHRASE)


@pytest.mark.parametrize("cost", [0, 13, 21, 63, 255])
def test_a_file_cannot_make_us_work_for_ever(cost, monkeypatch):
    monkeypatch.setattr(sealed, "_keys", lambda *given: pytest.fail("a key was derived at that cost"))
    with pytest.raises(BackupFailed):
        open_header(io.BytesIO(header(cost=cost)), PHRASE)


@pytest.mark.parametrize("cost", [14, 17])
def test_an_older_cost_is_still_read(cost):
    with pytest.raises(WrongPassPhrase):
        open_header(io.BytesIO(header(cost=cost)), PHRASE)


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 a zip", b"-- a dump of a database", b"\0" * 500])
def test_what_is_no_backup_is_told_so(data):
    with pytest.raises(BackupFailed, match="not a backup made by Alongside"):
        open_header(io.BytesIO(data), PHRASE)


@pytest.mark.parametrize(
    "close", [PHRASE + " ", PHRASE.upper(), PHRASE[:-1], "kettle  lantern bramble harbour"]
)
def test_nearly_the_pass_phrase_is_not_the_pass_phrase(close):
    with pytest.raises(WrongPassPhrase, match="Nothing was changed; try again"):
        unseal(SMALL, close)


@pytest.mark.parametrize("phrase", ["", "a", "eleven char"])
def test_a_pass_phrase_that_is_soon_guessed_seals_nothing(phrase):
    file = io.BytesIO()
    with pytest.raises(BackupFailed, match="too short: take at least 12 characters"):
        Sealer(file, phrase)
    assert file.getvalue() == b""


def test_a_pass_phrase_may_be_in_any_letters():
    words = "чайник фонарь ежевика гавань"
    assert unseal(seal(b"x", phrase=words), words) == b"x"


def test_keys_never_show_themselves():
    keys = open_header(io.BytesIO(SMALL), PHRASE)
    assert repr(keys) == "Keys(...)"
    assert keys.frames.hex() not in f"{keys} {keys!r}"


def test_the_header_is_as_long_as_it_was_in_the_first_release():
    # Whoever keeps a backup for ten years opens it then: the layout is a promise.
    assert (HEADER.size, FRAME.size, BEGINS) == (35, 5, 99)
    assert struct.unpack(">17sBB16s", SMALL[:35])[:2] == (b"ALONGSIDE BACKUP\n", 1)
