"""What is inside a sealed file: records in the order in which we write them, and nothing else."""

import io
import json

import pytest

from alongside.kernel.backup import sealed
from alongside.kernel.backup.errors import FileChanged
from alongside.kernel.backup.records import (
    CONTENT,
    DUMP,
    END,
    FILE,
    FILE_END,
    HEAD,
    LARGEST,
    MANIFEST,
    put,
    put_json,
    records,
)
from alongside.kernel.backup.sealed import Sealer, Unsealer, open_header

PHRASE = "kettle lantern bramble harbour"


@pytest.fixture(autouse=True)
def cheap_to_guess(monkeypatch):
    monkeypatch.setattr(sealed, "COST", sealed.COSTS_ACCEPTED[0])


def read(write):
    """Whatever `write(sealer)` wrote, read back."""
    file = io.BytesIO()
    sealer = Sealer(file, PHRASE)
    write(sealer)
    sealer.finish()
    file.seek(0)
    return list(records(Unsealer(file, open_header(file, PHRASE))))


def written(*kinds):
    return lambda sealer: [put(sealer, kind, b"x") for kind in kinds]


def test_records_come_back_in_the_order_in_which_they_were_put():
    whole = [MANIFEST, FILE, CONTENT, CONTENT, FILE_END, DUMP, DUMP, END]
    assert read(written(*whole)) == [(kind, b"x") for kind in whole]


def test_an_empty_place_is_a_manifest_and_an_end():
    assert read(written(MANIFEST, END)) == [(MANIFEST, b"x"), (END, b"x")]


@pytest.mark.parametrize("size", [0, 1, sealed.PIECE, sealed.PIECE * 3 + 1])
def test_a_record_may_lie_across_frames(size):
    def write(sealer):
        put(sealer, MANIFEST, b"m" * size)
        put(sealer, END, b"")

    assert read(write) == [(MANIFEST, b"m" * size), (END, b"")]


def test_names_in_any_letters_are_kept_as_they_are():
    def write(sealer):
        put_json(sealer, MANIFEST, {"path": "dög/Łódź/שלום.ogg", "a": 1})
        put(sealer, END, b"")

    kept = read(write)[0][1]
    assert json.loads(kept) == {"a": 1, "path": "dög/Łódź/שלום.ogg"}
    assert "Łódź".encode() in kept


@pytest.mark.parametrize(
    "kinds",
    [
        [END],
        [DUMP, END],
        [FILE, MANIFEST, END],
        [MANIFEST, MANIFEST, END],
        [MANIFEST, END, DUMP],
        [MANIFEST, END, END],
        [MANIFEST, b"X", END],
        [MANIFEST, b"\0", END],
    ],
    ids=lambda kinds: b"".join(kinds).decode("latin-1").replace("\0", "0"),
)
def test_another_order_was_not_written_by_us(kinds):
    with pytest.raises(FileChanged, match="its records are not ours"):
        read(written(*kinds))


@pytest.mark.parametrize("kinds", [[MANIFEST], [MANIFEST, DUMP], []], ids=len)
def test_what_has_no_end_is_not_whole(kinds):
    with pytest.raises(FileChanged, match="it has no end"):
        read(written(*kinds))


def test_a_record_that_claims_to_fill_all_memory_is_refused_unread():
    def write(sealer):
        put(sealer, MANIFEST, b"{}")
        sealer.write(HEAD.pack(DUMP, LARGEST + 1))

    with pytest.raises(FileChanged, match="its records are not ours"):
        read(write)


def test_half_a_head_is_not_ours():
    def write(sealer):
        put(sealer, MANIFEST, b"{}")
        sealer.write(b"DD")

    with pytest.raises(FileChanged, match="its records are not ours"):
        read(write)
