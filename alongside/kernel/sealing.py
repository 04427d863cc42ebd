"""Words sealed on somebody's phone, which nobody but this place can open again.

A browser seals with the place's public key; the private one never leaves `secret("sealing_keys")`. What is
sealed is bound to where it belongs, its *context*: for a moment the account that wrote it and the id that its
phone gave it. Opened with any other context it does not open, so one account's words cannot be sent as another's.

    envelope = "1." key id "." ephemeral public key "." ciphertext and tag        (base64url, without padding)
    shared   = ECDH on P-256 (a key pair made for this one envelope, the place's key)
    key, iv  = HKDF-SHA-256(shared, salt = ephemeral public key + the place's, info = "alongside sealed 1", 44 bytes)
    text     = AES-256-GCM(key, iv, additional data = "alongside sealed 1" and the context, one a line)

`design/js/offline/seal.js` writes the same in the browser. Why this scheme: docs/adr/0011-offline.md.
"""

import base64
import binascii
import re
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from alongside.kernel.folders import data_folder
from alongside.kernel.secrets import SecretsUnsafe, change_secret, secret

VERSION = "1"
ABOUT = b"alongside sealed 1"
CURVE = ec.SECP256R1()
KEY_ID = re.compile(r"[A-Za-z0-9_-]{12}")
POINT_BYTES, KEY_BYTES, IV_BYTES, TAG_BYTES = 65, 32, 12, 16
# Ids, which are nobody's secret, of every key that was ever made in this data folder.
MADE_HERE = "sealing-keys-made.txt"
# Room for an hour's talk, and nothing that could fill a server.
LONGEST = 256 * 1024


class CannotOpen(Exception):  # noqa: N818 - reads as the sentence it carries
    """What was sealed does not open here: why, in a sentence."""


class NotSealed(CannotOpen):
    """This is no envelope of ours, or it was cut."""


class SealedElsewhere(CannotOpen):
    """It was sealed for a key that this place does not hold."""


class Tampered(CannotOpen):
    """It was changed, or it belongs to another account or another id."""


class KeysUnsafe(SecretsUnsafe):
    """The place's sealing keys cannot be used as they are; the message says what to do."""


@dataclass(frozen=True)
class PublicKey:
    """What a browser needs for sealing: the key's id, and the key as an uncompressed point in base64url."""

    id: str
    point: str


def public_key() -> PublicKey:
    """The key that is sealed with today, made the first time it is asked for."""
    newest = _pairs()[0]
    return PublicKey(_id_of(newest.public_key()), _text(_point(newest.public_key())))


def seal(data: bytes, context: Sequence[str], key: PublicKey | None = None) -> str:
    """An envelope with `data`, as a browser makes it: for tests, and for what the house itself must put away.

    `context`: short texts without line breaks, in an order that the opener knows. Sealed with today's key
    unless `key` is given.
    """
    key = key or public_key()
    own = ec.generate_private_key(CURVE)
    ephemeral, place = _point(own.public_key()), _bytes(key.point)
    aes, iv = _derived(own, _from_point(place), ephemeral, place)
    sealed = AESGCM(aes).encrypt(iv, data, _additional(context))
    return ".".join((VERSION, key.id, _text(ephemeral), _text(sealed)))


def unseal(envelope: str, context: Sequence[str]) -> bytes:
    """What was sealed in this context, with today's key or an older one.

    Raises NotSealed for anything that is no envelope, SealedElsewhere where its key is not ours, and Tampered
    where it was changed or sealed in another context.
    """
    key_id, ephemeral, sealed = _parts(envelope)
    pair = next((pair for pair in _pairs() if _id_of(pair.public_key()) == key_id), None)
    if pair is None:
        raise SealedElsewhere("This was sealed for another place, or with a key that this one lost.")
    aes, iv = _derived(pair, _from_point(ephemeral), ephemeral, _point(pair.public_key()))
    try:
        return AESGCM(aes).decrypt(iv, sealed, _additional(context))
    except InvalidTag:
        raise Tampered("This was changed after it was sealed, or belongs to somebody else.") from None


def renew() -> PublicKey:
    """Make a new key to seal with; older ones stay, for what phones still carry. Gives the new one.

    Raises SecretsUnsafe where the environment gives the keys: then they are changed there.
    """
    change_secret("sealing_keys", lambda kept: f"{new_key()} {kept}", make=new_key)
    return public_key()


def new_key() -> str:
    """A private key as it is kept: its 32 bytes in base64url. Its id is noted, so that a loss is noticed."""
    pair = ec.generate_private_key(CURVE)
    with (data_folder() / MADE_HERE).open("a", encoding="ascii") as noted:
        noted.write(f"{_id_of(pair.public_key())}\n")
    return _text(pair.private_numbers().private_value.to_bytes(KEY_BYTES, "big"))


def held() -> list[str]:
    """The ids of the keys that can be opened with here, the newest first."""
    return [_id_of(pair.public_key()) for pair in _pairs()]


def lost() -> list[str]:
    """The ids of keys that were made in this data folder and are held no more."""
    noted = data_folder() / MADE_HERE
    made = noted.read_text(encoding="ascii").split() if noted.exists() else []
    return [each for each in made if each not in held()]


def _pairs() -> list[ec.EllipticCurvePrivateKey]:
    """Every key this place holds, the newest first."""
    kept = secret("sealing_keys", make=new_key)
    try:
        pairs = [ec.derive_private_key(int.from_bytes(_private(text), "big"), CURVE) for text in kept.split()]
    except ValueError as error:
        raise KeysUnsafe(
            "The keys that open what phones sealed (sealing_keys) cannot be understood. Put them back from a "
            "backup: with new ones, moments that still wait on phones would never be read."
        ) from error
    return pairs


def _private(text: str) -> bytes:
    raw = _bytes(text)
    if len(raw) != KEY_BYTES:
        raise ValueError("a private key has 32 bytes")
    return raw


def _parts(envelope: str) -> tuple[str, bytes, bytes]:
    """The key's id, the ephemeral key and the ciphertext, each of the length it must have."""
    if not isinstance(envelope, str) or len(envelope) > LONGEST:
        raise NotSealed("This is not something that was sealed here, or it is far too long.")
    parts = envelope.split(".")
    if len(parts) != 4 or parts[0] != VERSION or not KEY_ID.fullmatch(parts[1]):
        raise NotSealed("This is not something that was sealed here.")
    try:
        ephemeral, sealed = _bytes(parts[2]), _bytes(parts[3])
    except ValueError:
        raise NotSealed("This is not something that was sealed here.") from None
    if len(ephemeral) != POINT_BYTES or len(sealed) < TAG_BYTES:
        raise NotSealed("This was cut on its way.")
    return parts[1], ephemeral, sealed


def _from_point(point: bytes) -> ec.EllipticCurvePublicKey:
    try:
        return ec.EllipticCurvePublicKey.from_encoded_point(CURVE, point)
    except ValueError:
        raise NotSealed("This is not something that was sealed here.") from None


def _derived(
    own: ec.EllipticCurvePrivateKey, other: ec.EllipticCurvePublicKey, ephemeral: bytes, place: bytes
) -> tuple[bytes, bytes]:
    shared = own.exchange(ec.ECDH(), other)
    made = HKDF(hashes.SHA256(), KEY_BYTES + IV_BYTES, salt=ephemeral + place, info=ABOUT).derive(shared)
    return made[:KEY_BYTES], made[KEY_BYTES:]


def _additional(context: Sequence[str]) -> bytes:
    if any("\n" in each for each in context):
        raise ValueError("a context has no line breaks: two of them could read the same")
    return b"\n".join([ABOUT, *(each.encode() for each in context)])


def _point(key: ec.EllipticCurvePublicKey) -> bytes:
    return key.public_bytes(serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint)


def _id_of(key: ec.EllipticCurvePublicKey) -> str:
    return _text(sha256(_point(key)).digest()[:9])


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def _bytes(text: str) -> bytes:
    """Strict: a letter that is none, or two ways to write the same bytes, is refused."""
    try:
        raw = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, UnicodeEncodeError) as error:
        raise ValueError("not base64url") from error
    if _text(raw) != text:
        raise ValueError("not base64url as we write it")
    return raw
