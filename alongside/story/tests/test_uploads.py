"""Photos, drawings and voice notes: made anew, so that nothing else comes in and nothing else goes out."""

import io
import os
import stat
import time
import wave
import zlib

import av
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.urls import reverse
from PIL import Image, PngImagePlugin

from alongside.audit.models import Look
from alongside.kernel.acting import acting_as
from alongside.story import operations, tasks, uploads
from alongside.story.models import Upload
from alongside.story.tests.factories import said
from alongside.story.views.files import ALONE
from tests.cast import person, say_so, serving, sign_in
from tests.database import as_owner

SECRET = "54.957N 1.625W Staithes"
RED = (200, 30, 30)


def picture(kind="JPEG", size=(640, 480), colour=RED, mode="RGB", **more) -> io.BytesIO:
    out = io.BytesIO()
    Image.new(mode, size, colour).save(out, kind, **more)
    out.seek(0)
    return out


def with_gps() -> io.BytesIO:
    exif = Image.Exif()
    exif[0x010F] = "PhoneMaker"
    exif[0x9286] = SECRET
    exif.get_ifd(0x8825).update({1: "N", 2: (54.0, 57.0, 25.0), 3: "W", 4: (1.0, 37.0, 30.0)})
    exif[0x0112] = 6  # held upright: to be turned
    return picture(exif=exif, comment=SECRET.encode(), xmp=f"<x>{SECRET}</x>".encode())


def sound(container="webm", codec="libopus", seconds=1.0, rate=48_000) -> io.BytesIO:
    out = io.BytesIO()
    with av.open(out, "w", format=container) as made:
        made.metadata["title"] = made.metadata["location"] = SECRET
        stream = made.add_stream(codec, rate=rate)
        stream.layout = "mono"
        for number in range(max(int(seconds * rate / 960), 1)):
            frame = av.AudioFrame(format="s16", layout="mono", samples=960)
            frame.planes[0].update(bytes([number % 256, 0]) * 960)
            frame.sample_rate, frame.pts = rate, number * 960
            resampled = av.AudioResampler(format=stream.format.name, layout="mono", rate=rate).resample(frame)
            for each in resampled:
                made.mux(stream.encode(each))
        made.mux(stream.encode(None))
    out.seek(0)
    return out


def shown(kept) -> Image.Image:
    return Image.open(io.BytesIO(kept.content))


def test_where_and_with_what_a_photo_was_made_stays_behind():
    kept = uploads.read(with_gps())
    assert kept.content_type == "image/jpeg"
    assert SECRET.encode() not in kept.content
    assert b"PhoneMaker" not in kept.content
    assert b"Exif" not in kept.content
    assert dict(shown(kept).getexif()) == {}
    assert set(shown(kept).info) <= {
        "jfif",
        "jfif_version",
        "jfif_unit",
        "jfif_density",
        "progressive",
        "progression",
    }


def test_a_photo_that_was_held_sideways_is_turned_upright():
    assert shown(uploads.read(with_gps())).size == (480, 640)


def test_a_large_photo_is_made_smaller_and_keeps_its_shape():
    assert shown(uploads.read(picture(size=(4000, 3000)))).size == (2000, 1500)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "GIF", "WEBP"])
def test_whatever_a_phone_or_a_computer_sends_becomes_one_kind(kind):
    kept = uploads.read(picture(kind))
    assert (kept.medium, kept.content_type, shown(kept).format) == ("photo", "image/jpeg", "JPEG")


def test_a_drawing_on_nothing_is_laid_on_white_paper():
    kept = uploads.read(picture("PNG", mode="RGBA", colour=(0, 0, 0, 0)), "drawing")
    assert kept.medium == "drawing"
    assert shown(kept).getpixel((5, 5)) == (255, 255, 255)


def test_a_picture_that_hides_a_page_loses_the_page():
    photo = picture().getvalue() + b"<html><script>alert(1)</script></html>PK\x03\x04 hidden.zip"
    kept = uploads.read(io.BytesIO(photo))
    assert b"script" not in kept.content
    assert b"PK\x03\x04" not in kept.content


def bomb() -> io.BytesIO:
    """A PNG of 30,000 by 30,000 dots in a few kB."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return len(data).to_bytes(4, "big") + name + data + zlib.crc32(name + data).to_bytes(4, "big")

    head = (30_000).to_bytes(4, "big") * 2 + bytes([8, 2, 0, 0, 0])
    body = zlib.compress(bytes(90_001) * 50, 9)
    return io.BytesIO(
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")
    )


def text_bomb() -> io.BytesIO:
    info = PngImagePlugin.PngInfo()
    for number in range(3):
        info.add_text(f"note{number}", "a" * 60_000_000, zip=True)
    return picture("PNG", pnginfo=info)


@pytest.mark.parametrize("made", [bomb, text_bomb])
def test_a_picture_made_to_burst_is_refused_before_it_does(made):
    file, before = made(), time.process_time()
    with pytest.raises(uploads.NotKept):
        uploads.read(file)
    assert time.process_time() - before < 2


@pytest.mark.parametrize(
    "content",
    [
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"<!doctype html><title>hello</title>",
        b"%PDF-1.7\n",
        b"MZ\x90\x00",
        b"#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n",
        b"ffconcat version 1.0\nfile /etc/passwd\n",
        b"words",
        b"\x00",
    ],
)
def test_what_is_neither_a_picture_nor_a_sound_is_refused_in_a_sentence(content):
    with pytest.raises(uploads.NotKept, match="not a picture or a voice note"):
        uploads.read(io.BytesIO(content))


def test_an_empty_file_and_a_huge_one_are_refused_in_a_sentence():
    with pytest.raises(uploads.NotKept, match="empty"):
        uploads.read(io.BytesIO())
    with pytest.raises(uploads.NotKept, match="12 MB"):
        uploads.read(io.BytesIO(b"\xff\xd8\xff" + bytes(uploads.MOST_BYTES)))


@pytest.mark.parametrize("made", [picture, lambda: picture("PNG"), sound, lambda: sound("wav", "pcm_s16le")])
@pytest.mark.parametrize("share", [0.02, 0.4])
def test_half_a_file_is_kept_as_far_as_it_goes_or_refused_in_a_sentence(made, share):
    whole = made().getvalue()
    try:
        kept = uploads.read(io.BytesIO(whole[: max(int(len(whole) * share), 14)]))
    except uploads.NotKept:
        return
    assert kept.content_type in ("image/jpeg", "audio/mpeg")


def test_an_iphones_own_kind_of_photo_is_refused_with_what_to_do():
    with pytest.raises(uploads.NotKept, match="JPEG"):
        uploads.read(io.BytesIO(b"\x00\x00\x00\x18ftypheic" + bytes(40)))


SOUNDS = [
    ("webm", "libopus", 48_000),
    ("ogg", "libopus", 48_000),
    ("mp4", "aac", 44_100),
    ("adts", "aac", 44_100),
    ("wav", "pcm_s16le", 16_000),
    ("mp3", "libmp3lame", 44_100),
]


@pytest.mark.parametrize(("container", "codec", "rate"), SOUNDS)
def test_whatever_a_phone_records_becomes_a_sound_that_plays_everywhere(container, codec, rate):
    kept = uploads.read(sound(container, codec, rate=rate))
    assert (kept.medium, kept.content_type) == ("voice", "audio/mpeg")
    assert SECRET.encode() not in kept.content
    assert b"ID3" not in kept.content
    with av.open(io.BytesIO(kept.content)) as heard:
        assert heard.streams.audio[0].codec_context.name.startswith("mp3")
        assert not heard.metadata
        length = sum(frame.samples / frame.sample_rate for frame in heard.decode(audio=0))
    assert 0.9 < length < 1.3


def long_sound(seconds) -> bytes:
    out = io.BytesIO()
    with wave.open(out, "wb") as made:
        made.setnchannels(1)
        made.setsampwidth(1)
        made.setframerate(8_000)
        made.writeframes(bytes(8_000 * seconds))
    return out.getvalue()


def test_a_recording_of_more_than_ten_minutes_is_refused_in_a_sentence():
    with pytest.raises(uploads.NotKept, match="longer than ten minutes"):
        uploads.read(io.BytesIO(long_sound(602)))


def test_a_recording_that_lies_about_its_length_is_refused_as_soon_as_it_is_heard(monkeypatch):
    monkeypatch.setattr("alongside.story.uploads.voice.MOST_SECONDS", 2)
    streamed = sound("ogg", "libopus", seconds=4)
    with pytest.raises(uploads.NotKept, match="longer than ten minutes"):
        uploads.read(streamed)


def test_a_film_is_refused_in_a_sentence():
    out = io.BytesIO()
    with av.open(out, "w", format="matroska") as film:
        stream = film.add_stream("mpeg4", rate=24)
        stream.width, stream.height, stream.pix_fmt = 64, 64, "yuv420p"
        film.mux(stream.encode(av.VideoFrame(64, 64, "yuv420p")))
        film.mux(stream.encode(None))
    out.seek(0)
    with pytest.raises(uploads.NotKept, match="film"):
        uploads.read(out)


# With rows


@pytest.fixture
def trace(db):
    return person("Tracey Hallam", called="Trace")


def kept_of(part) -> Upload:
    with as_owner():
        return Upload.objects.get(version__part=part)


def get(client, viewer, part, **headers):
    sign_in(client, viewer)
    return client.get(reverse("story_upload", args=[part.person_id, kept_of(part).pk]), headers=headers)


def test_a_file_lies_under_a_random_name_for_nobody_else_on_the_machine(trace, settings):
    part = said(trace, trace, "", "hope", upload=picture(), described="Bruno and the sea")
    upload = kept_of(part)
    path = uploads.path_of(upload)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert path.read_bytes()[:3] == b"\xff\xd8\xff"
    assert (upload.size, upload.described) == (path.stat().st_size, "Bruno and the sea")
    assert str(trace.pk) not in path.name
    assert len(path.stem) == 48


def test_a_file_that_was_rolled_back_is_swept_and_a_kept_one_is_not(trace, settings):
    part = said(trace, trace, "", upload=picture())
    with acting_as(trace), transaction.atomic():
        operations.say(by=trace, person=trace, kind="hope", upload=picture(colour=(0, 0, 9)))
        transaction.set_rollback(True)
    files = list(uploads.path_of(kept_of(part)).parent.iterdir())
    assert len(files) == 2
    assert uploads.sweep() == 0
    for file in files:
        os.utime(file, (0, 0))
    tasks.sweep(timestamp=0)
    assert len(list(uploads.path_of(kept_of(part)).parent.iterdir())) == 1
    assert uploads.path_of(kept_of(part)).exists()


def test_nobody_learns_which_files_are_kept_but_the_sweep(trace):
    part = said(trace, trace, "", upload=picture())
    with acting_as(trace), connection.cursor() as cursor:
        cursor.execute("SELECT guard.uploads_kept(%s)", [[kept_of(part).file_name]])
        assert cursor.fetchone()[0] == []


def test_a_file_is_given_to_whoever_its_part_is_for_and_nobody_keeps_it(client, trace):
    callum = serving("Callum Reay")
    say_so(trace, callum)
    part = said(trace, trace, "", upload=picture())
    response = get(client, callum, part)
    assert response.status_code == 200
    assert response["Content-Type"] == "image/jpeg"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Disposition"] == 'inline; filename="picture.jpg"'
    assert {"private", "no-store"} <= set(response["Cache-Control"].split(", "))
    assert response["Content-Security-Policy"] == ALONE
    assert b"".join(response)[:3] == b"\xff\xd8\xff"


@pytest.mark.parametrize("whose", ["neighbour", "walker"])
def test_a_file_only_for_the_two_is_not_there_for_anybody_else(client, trace, whose):
    viewer = serving("Somebody")
    if whose == "walker":
        say_so(trace, viewer)
    part = said(trace, trace, "", upload=picture(), audience="only_us")
    assert get(client, viewer, part).status_code == 404


def test_a_player_may_ask_for_the_middle_of_a_sound(client, trace):
    part = said(trace, trace, "", upload=sound())
    whole = b"".join(get(client, trace, part))
    piece = get(client, trace, part, range="bytes=100-199")
    assert (piece.status_code, piece.content) == (206, whole[100:200])
    assert piece["Content-Range"] == f"bytes 100-199/{len(whole)}"
    assert get(client, trace, part, range="bytes=-50").content == whole[-50:]
    assert get(client, trace, part, range=f"bytes={len(whole) - 1}-").content == whole[-1:]
    assert get(client, trace, part, range=f"bytes={len(whole)}-").status_code == 416
    assert get(client, trace, part, range="bytes=9-1").status_code == 416
    assert get(client, trace, part, range="lines=1-2").status_code == 200


def test_playing_a_sound_in_pieces_is_one_look(client, trace):
    callum = serving("Callum Reay")
    say_so(trace, callum)
    part = said(trace, trace, "", upload=sound())
    get(client, callum, part, range="bytes=0-")
    get(client, callum, part, range="bytes=500-")
    with as_owner():
        assert [look.page for look in Look.objects.all()] == ["upload"]


def test_a_photo_or_a_voice_note_is_enough_without_words(client, trace):
    sign_in(client, trace)
    file = SimpleUploadedFile("IMG_0001.JPG", with_gps().getvalue(), "image/jpeg")
    client.post(reverse("story_say", args=[trace.pk]), {"picture": file, "described": "Bruno"})
    page = client.get(reverse("story", args=[trace.pk])).content.decode()
    assert 'alt="Bruno"' in page


def test_a_file_that_is_refused_is_told_beside_its_box_and_the_words_stay(client, trace):
    sign_in(client, trace)
    file = SimpleUploadedFile("drawing.svg", b"<svg/>", "image/svg+xml")
    page = client.post(
        reverse("story_say", args=[trace.pk]), {"words": "Bruno", "picture": file}
    ).content.decode()
    assert "not a picture or a voice note" in page
    assert ">\nBruno</textarea>" in page
    assert "Choose the picture or voice note once more" in page
    with as_owner():
        assert not Upload.objects.exists()
