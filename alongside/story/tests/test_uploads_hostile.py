"""Files made to hurt: small ones that would fill a machine, sounds that never end, and pieces asked for unseen."""

import io
import struct
import time
from threading import Thread

import pytest
from PIL import Image

from alongside.audit.models import Look
from alongside.story import uploads
from alongside.story.models import Upload
from alongside.story.tests.factories import said
from alongside.story.tests.test_uploads import get, picture, sound
from tests.cast import say_so, serving
from tests.database import as_owner


def in_passes(width: int, height: int) -> io.BytesIO:
    """The head of a picture that comes in passes; it says its size, and nothing follows."""
    small = picture(size=(64, 64), progressive=True).getvalue()
    at = small.index(b"\xff\xc2")
    return io.BytesIO(small[: at + 5] + struct.pack(">HH", height, width) + small[at + 9 :])


def test_a_large_picture_that_comes_in_passes_is_refused_before_it_is_held():
    """A hundred million dots of it are half a gigabyte, in a file of half a megabyte."""
    began = time.process_time()
    with pytest.raises(uploads.NotKept, match="too many dots"):
        uploads.read(in_passes(10_400, 10_400))
    assert time.process_time() - began < 1


def test_one_of_the_size_of_a_phone_is_kept():
    kept = uploads.read(picture(size=(4_000, 3_000), progressive=True))
    assert Image.open(io.BytesIO(kept.content)).size == (2_000, 1_500)


def slow(samples: int, rate: int, block: int = 2) -> io.BytesIO:
    """A sound of so many samples a second; with a false `block` its head says that it is short."""
    head = struct.pack("<IHHIIHH", 16, 1, 1, rate, rate * block, 2, 16)
    return io.BytesIO(
        b"RIFF" + struct.pack("<I", 0xFFFFFFFF) + b"WAVEfmt " + head
        + b"data" + struct.pack("<I", 0) + b"\0\0" * samples
    )  # fmt: skip


def test_a_few_kilobytes_of_very_slow_sound_are_refused_at_once():
    """Made faster they would be hours: the work of minutes for a file of four kilobytes."""
    began = time.process_time()
    with pytest.raises(uploads.NotKept, match="broken"):
        uploads.read(slow(2_000, 1, block=2_000_000))
    assert time.process_time() - began < 1


def test_pictures_are_made_anew_one_after_another(monkeypatch):
    """Each is held whole while it is: several at once would fill the machine."""
    inside, most = [], []

    def watched(content, medium):
        inside.append(1)
        most.append(len(inside))
        time.sleep(0.02)
        inside.pop()

    monkeypatch.setattr(uploads.picture, "made_anew", watched)
    threads = [Thread(target=uploads.read, args=(picture(size=(8, 8)),)) for _ in range(4)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert most == [1, 1, 1, 1]


@pytest.mark.django_db
def test_asking_for_all_but_the_first_byte_is_a_look_all_the_same(client):
    """A reader that only ever asks for pieces would hear everything unseen."""
    from tests.cast import person

    trace, callum = person("Tracey Hallam", called="Trace"), serving("Callum Reay")
    say_so(trace, callum)
    part = said(trace, trace, "", upload=sound())
    assert get(client, callum, part, range="bytes=1-").status_code == 206
    assert get(client, callum, part, range="bytes=-100").status_code == 206
    with as_owner():
        assert [look.by_id for look in Look.objects.all()] == [callum.pk]
        assert Upload.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    "asked", ["bytes=" + "9" * 5_000 + "-", "bytes=0-" + "9" * 5_000, "bytes=-" + "9" * 5_000]
)
def test_a_range_of_thousands_of_figures_is_answered_with_the_whole(client, asked):
    from tests.cast import person

    trace = person("Tracey Hallam", called="Trace")
    part = said(trace, trace, "", upload=picture())
    assert get(client, trace, part, range=asked).status_code == 200
