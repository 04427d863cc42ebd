"""What a phone sealed opens here, in its own context, and nowhere else."""

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path
from unittest import mock

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.kernel import sealing
from alongside.kernel.secrets import FILE_NAME, SecretsUnsafe

WORDS = "She laughed about the kettle. Her sister rings on Sundays. ☕".encode()
CONTEXT = ["moment", "0d0f6a0e-5b57-4f0e-9a53-1f0f6f6f5c11", "7c9a2b34-0000-4000-8000-000000000001"]
ENVELOPE = st.binary(max_size=400)
SHORT = st.text(st.characters(codec="utf-8", exclude_characters="\n"), max_size=40)


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A data folder of each test's own."""
    monkeypatch.setenv("ALONGSIDE_DATA", str(tmp_path))
    monkeypatch.delenv("ALONGSIDE_SEALING_KEYS", raising=False)
    return tmp_path


def flipped(text: str, at: int) -> str:
    """Another letter of the same alphabet in one place."""
    return text[:at] + ("B" if text[at] == "A" else "A") + text[at + 1 :]


def test_what_was_sealed_opens_in_its_own_context() -> None:
    assert sealing.unseal(sealing.seal(WORDS, CONTEXT), CONTEXT) == WORDS


@given(data=ENVELOPE, context=st.lists(SHORT, max_size=4))
def test_anything_comes_back_as_it_was(data: bytes, context: list[str]) -> None:
    assert sealing.unseal(sealing.seal(data, context), context) == data


@given(context=st.lists(SHORT, max_size=4), other=st.lists(SHORT, max_size=4))
def test_no_other_context_opens_it(context: list[str], other: list[str]) -> None:
    envelope = sealing.seal(WORDS, context)
    if context == other:
        assert sealing.unseal(envelope, other) == WORDS
    else:
        with pytest.raises(sealing.Tampered):
            sealing.unseal(envelope, other)


def test_another_account_or_another_id_does_not_open_it() -> None:
    envelope = sealing.seal(WORDS, CONTEXT)
    for at in range(len(CONTEXT)):
        changed = [*CONTEXT[:at], flipped(CONTEXT[at], 1), *CONTEXT[at + 1 :]]
        with pytest.raises(sealing.Tampered):
            sealing.unseal(envelope, changed)


def test_two_contexts_that_would_read_the_same_are_refused() -> None:
    with pytest.raises(ValueError, match="line breaks"):
        sealing.seal(WORDS, ["moment\n0d0f", "x"])


def test_no_letter_of_an_envelope_can_be_changed() -> None:
    envelope = sealing.seal(b"words", CONTEXT)
    for at, letter in enumerate(envelope):
        if letter == ".":
            continue
        with pytest.raises(sealing.CannotOpen):
            sealing.unseal(flipped(envelope, at), CONTEXT)


def test_no_part_of_an_envelope_can_be_swapped_cut_or_doubled() -> None:
    one, two = (sealing.seal(words, CONTEXT).split(".") for words in (b"first words", b"other words"))
    for part in (2, 3):
        mixed = [*one[:part], two[part], *one[part + 1 :]]
        with pytest.raises(sealing.Tampered):
            sealing.unseal(".".join(mixed), CONTEXT)
    whole = ".".join(one)
    for length in range(len(whole)):
        with pytest.raises(sealing.CannotOpen):
            sealing.unseal(whole[:length], CONTEXT)
    for longer in (f"{whole}A", f"{whole}.", f"{whole}.{one[3]}", f" {whole}", f"{whole}\n", whole * 2):
        with pytest.raises(sealing.CannotOpen):
            sealing.unseal(longer, CONTEXT)


@given(rubbish=st.text(max_size=300))
def test_rubbish_is_told_so_and_never_breaks_anything(rubbish: str) -> None:
    with pytest.raises(sealing.NotSealed):
        sealing.unseal(rubbish, CONTEXT)


@given(point=st.binary(min_size=65, max_size=65), sealed=st.binary(min_size=16, max_size=80))
def test_a_point_that_is_not_on_the_curve_is_refused(point: bytes, sealed: bytes) -> None:
    parts = ["1", sealing.public_key().id, sealing._text(point), sealing._text(sealed)]
    with pytest.raises(sealing.NotSealed):
        sealing.unseal(".".join(parts), CONTEXT)


def test_something_far_too_long_is_refused_unread() -> None:
    with pytest.raises(sealing.NotSealed, match="far too long"):
        sealing.unseal("1." + "A" * sealing.LONGEST, CONTEXT)
    for nothing in (None, 7, b"1.", ["1"]):
        with pytest.raises(sealing.NotSealed):
            sealing.unseal(nothing, CONTEXT)  # type: ignore[arg-type]


def test_the_same_words_never_look_the_same() -> None:
    seen = {sealing.seal(WORDS, CONTEXT) for _ in range(20)}
    assert len(seen) == 20
    assert not any(b"kettle" in sealing._bytes(envelope.split(".")[3]) for envelope in seen)


def test_a_new_key_seals_and_the_old_ones_still_open() -> None:
    old_key, old = sealing.public_key(), sealing.seal(WORDS, CONTEXT)
    new_key = sealing.renew()
    newer = sealing.seal(WORDS, CONTEXT)
    assert new_key == sealing.public_key() != old_key
    assert sealing.held() == [new_key.id, old_key.id]
    assert [sealing.unseal(each, CONTEXT) for each in (old, newer)] == [WORDS, WORDS]
    assert sealing.unseal(sealing.seal(WORDS, CONTEXT, key=old_key), CONTEXT) == WORDS


def test_what_was_sealed_for_another_place_is_told_so(home: Path) -> None:
    envelope = sealing.seal(WORDS, CONTEXT)
    (home / FILE_NAME).unlink()
    with pytest.raises(sealing.SealedElsewhere, match="another place"):
        sealing.unseal(envelope, CONTEXT)


def test_a_key_that_was_lost_is_noticed_although_a_new_one_was_made(home: Path) -> None:
    first = sealing.public_key().id
    assert sealing.lost() == []
    (home / FILE_NAME).unlink()
    second = sealing.public_key().id
    assert (sealing.lost(), sealing.held()) == ([first], [second])


def test_the_private_keys_lie_with_the_other_secrets_closed_to_others(home: Path) -> None:
    sealing.renew()
    kept = json.loads((home / FILE_NAME).read_text())["sealing_keys"]
    assert len(kept.split()) == 2
    assert (home / FILE_NAME).stat().st_mode & 0o777 == 0o600


def test_keys_can_come_from_the_environment_and_are_changed_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALONGSIDE_SEALING_KEYS", f"{sealing.new_key()} {sealing.new_key()}")
    assert len(sealing.held()) == 2
    with pytest.raises(SecretsUnsafe, match="change it there"):
        sealing.renew()


@pytest.mark.parametrize("broken", ["x", "AAAA", "A" * 43, "!" * 43, "_" * 43])
def test_keys_that_are_none_are_refused_with_what_to_do(broken: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALONGSIDE_SEALING_KEYS", broken)
    with pytest.raises(sealing.KeysUnsafe, match="from a backup"):
        sealing.public_key()


def test_what_the_browsers_code_seals_opens_here() -> None:
    """The very module that the browser runs, in Node, whose WebCrypto is the same."""
    module = Path(__file__).parents[2] / "design" / "js" / "offline" / "seal.js"
    key = sealing.public_key()
    script = (
        f"const {{ seal }} = await import({json.dumps(module.as_uri())});"
        f"process.stdout.write(await seal({json.dumps(WORDS.decode())}, {json.dumps(CONTEXT)},"
        f" {json.dumps({'id': key.id, 'point': key.point})}))"
    )
    done = subprocess.run(
        ["node", "--no-warnings", "--input-type=module", "-e", script],
        capture_output=True,
        text=True,
        check=True,
    )
    opened = sealing.unseal(done.stdout, CONTEXT)
    assert opened.rstrip(b" ") == WORDS
    assert len(opened) % 256 == 0, "how long the words are should not be told by the length of what is sealed"
    with pytest.raises(sealing.Tampered):
        sealing.unseal(done.stdout, CONTEXT[::-1])


def test_check_says_when_a_key_is_missing(home: Path) -> None:
    from alongside.config.cli.checks import machine

    first = sealing.public_key().id
    (found,) = machine.sealing_keys()
    assert found.ok
    (home / FILE_NAME).unlink()
    (found,) = machine.sealing_keys()
    assert not found.ok
    assert first in found.sentence
    with mock.patch.dict("os.environ", {"ALONGSIDE_SEALING_KEYS": "rubbish"}):
        (found,) = machine.sealing_keys()
    assert not found.ok
