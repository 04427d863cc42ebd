"""Voice notes made anew with FFmpeg (PyAV), whatever the phone recorded, as MP3: it plays everywhere.

MP3 because every browser plays it, Safari and a Chromium without paid codecs alike; Ogg with Opus is
smaller, and silent on older iPhones.
"""

import io
from collections.abc import Iterator

import av
from av.error import FFmpegError
from django.utils.translation import gettext as _

from alongside.story.models import Medium
from alongside.story.uploads.kept import Kept, NotKept

MOST_SECONDS = 10 * 60
RATE = 24_000  # a voice has nothing above 12 kHz; half the work of 44,100
SLOWEST = 4_000  # the poorest telephone sends 8,000; a handful a second would be hours of nothing
BITS_A_SECOND = 56_000
# Nothing about who or what made it; no header beyond the sound itself.
PLAIN = {"write_xing": "0", "id3v2_version": "0", "write_id3v1": "0"}


def recognised(content: bytes) -> str:
    """How FFmpeg should read it, by its first bytes; "" where it is no sound of ours.

    The demuxer is named, never guessed: a playlist that points elsewhere is not read as one.
    """
    head = content[:12]
    if head[:4] == b"RIFF" and head[8:12] == b"WAVE":
        return "wav"
    if head[4:8] == b"ftyp" and head[8:12] not in (b"heic", b"heix", b"mif1", b"hevc", b"avif", b"avis"):
        return "mov"
    for start, demuxer in (
        (b"OggS", "ogg"),
        (b"\x1a\x45\xdf\xa3", "matroska"),
        (b"ID3", "mp3"),
        (b"#!AMR", "amr"),
    ):
        if head.startswith(start):
            return demuxer
    if head[:1] == b"\xff" and len(head) > 1 and head[1] & 0xE0 == 0xE0 and head[1] != 0xD8:
        return "aac" if head[1] & 0xF6 == 0xF0 else "mp3"
    return ""


def made_anew(content: bytes, demuxer: str) -> Kept:
    """An MP3 in mono of at most ten minutes with nothing in it but the sound. Raises NotKept."""
    try:
        with av.open(io.BytesIO(content), mode="r", format=demuxer) as recording:
            return Kept(Medium.VOICE, "audio/mpeg", _encoded(_frames(recording)))
    except (FFmpegError, ValueError, EOFError, UnicodeError) as error:
        if isinstance(error, NotKept):
            raise
        raise NotKept.broken() from error


def _too_long() -> NotKept:
    return NotKept(_("That recording is longer than ten minutes. Please send it in shorter parts."))


def _frames(recording: av.container.InputContainer) -> Iterator[av.AudioFrame]:
    """The sound in mono, 24,000 times a second. Raises NotKept when it is a film, silent or too long."""
    if any(not stream.disposition & av.stream.Disposition.attached_pic for stream in recording.streams.video):
        raise NotKept(
            _("That is a film. We can keep a photo, a drawing or a voice note of up to ten minutes.")
        )
    if not recording.streams.audio:
        raise NotKept(_("There is no sound in that file. Please record it again."))
    if recording.streams.audio[0].rate < SLOWEST:
        raise NotKept.broken()
    if (recording.duration or 0) > (MOST_SECONDS + 1) * av.time_base:
        raise _too_long()
    resampler = av.AudioResampler(format="s16p", layout="mono", rate=RATE)
    samples = 0
    for decoded in recording.decode(recording.streams.audio[0]):
        # One frame may hold hours: it is measured before it is made anew.
        if decoded.samples > MOST_SECONDS * decoded.sample_rate:
            raise _too_long()
        for frame in resampler.resample(decoded):
            samples += frame.samples
            if samples > MOST_SECONDS * RATE:
                raise _too_long()
            yield frame
    if not samples:
        raise NotKept(_("There is no sound in that file. Please record it again."))
    yield from resampler.resample(None)


def _encoded(frames: Iterator[av.AudioFrame]) -> bytes:
    out = io.BytesIO()
    with av.open(out, "w", format="mp3", options=PLAIN) as made:
        stream = made.add_stream("libmp3lame", rate=RATE, options={"compression_level": "7"})
        stream.layout = "mono"
        stream.bit_rate = BITS_A_SECOND
        written = 0
        for frame in frames:
            frame.pts, written = written, written + frame.samples
            made.mux(stream.encode(frame))
        made.mux(stream.encode(None))
    return out.getvalue()
