"""What is too much is not read, and whoever sent it is told what to do; what a browser is told, over https too."""

import io
import tempfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.files.uploadhandler import MemoryFileUploadHandler, TemporaryFileUploadHandler
from django.http.multipartparser import MultiPartParser
from django.test import Client
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from django.urls import reverse

from alongside.config.settings_defences import where_https_is
from alongside.kernel import receiving
from tests import cast

pytestmark = pytest.mark.django_db
TOO_MUCH = str(receiving.MOST_SENT + 1)


@pytest.mark.parametrize("length", [TOO_MUCH, "9" * 5_000])
@pytest.mark.parametrize("address", ["say_hello", "sign_in", "offline_moments", "leave"])
def test_more_than_we_read_is_answered_in_a_sentence_and_not_read(client, length, address):
    class Unread(io.BytesIO):
        def read(self, *size):
            raise AssertionError("it was read")

    answer = client.generic("POST", reverse(address), b"", CONTENT_LENGTH=length, **{"wsgi.input": Unread()})
    page = answer.content.decode()
    assert answer.status_code == 413
    assert "smaller photo" in page
    assert reverse("say_hello") in page


def test_words_without_end_are_told_the_same(client, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    answer = client.post(reverse("say_hello"), {"words": "x" * 2000})
    assert answer.status_code == 413
    assert "in two parts" in answer.content.decode()


def test_a_thousand_boxes_are_told_the_same(client):
    answer = client.post(reverse("say_hello"), {f"box{number}": "x" for number in range(1100)})
    assert answer.status_code == 413


def parsed(files, settings):
    """A form as it is read when it comes, and how large the largest file was while it lay on the disk."""
    handlers = [receiving.Enough(), MemoryFileUploadHandler(), TemporaryFileUploadHandler()]
    body = encode_multipart(BOUNDARY, {"words": "Bruno", **files})
    meta = {"CONTENT_TYPE": MULTIPART_CONTENT, "CONTENT_LENGTH": str(len(body))}
    return MultiPartParser(meta, io.BytesIO(body), handlers).parse()


def test_of_a_file_that_is_too_big_one_byte_too_many_is_kept_and_the_words_beside_it_are(
    monkeypatch, settings
):
    monkeypatch.setattr(receiving, "MOST_BYTES", 100_000)
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 50_000
    said, files = parsed({"picture": SimpleUploadedFile("big.jpg", b"\xff" * 3_000_000)}, settings)
    assert said["words"] == "Bruno"
    assert (files["picture"].size, len(files["picture"].read())) == (100_001, 100_001)


def test_many_files_together_are_no_way_around_it(monkeypatch, settings):
    monkeypatch.setattr(receiving, "MOST_BYTES", 100_000)
    monkeypatch.setattr(receiving, "MOST_TOGETHER", 250_000)
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 50_000
    many = {f"picture_{number}": SimpleUploadedFile("a.jpg", b"\xff" * 90_000) for number in range(10)}
    _said, files = parsed(many, settings)
    assert sum(file.size for file in files.values()) == 250_001


def test_a_file_that_fits_comes_whole_in_memory_or_on_the_disk(settings):
    for size in (10, 70_000, 3_000_000):
        _said, files = parsed({"picture": SimpleUploadedFile("a.jpg", b"\xfe" * size)}, settings)
        assert files["picture"].read() == b"\xfe" * size


def test_a_photo_that_is_too_big_is_told_beside_its_box_and_takes_no_more_of_the_disk(
    client, monkeypatch, settings, tmp_path
):
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path)
    tempfile.tempdir = None
    trace = cast.person("Tracey Hallam", called="Trace")
    cast.sign_in(client, trace)
    photo = SimpleUploadedFile("big.jpg", b"\xff\xd8\xff" + bytes(receiving.MOST_BYTES * 2), "image/jpeg")
    page = client.post(reverse("story_say", args=[trace.pk]), {"words": "Bruno", "picture": photo})
    assert "over 12 MB" in page.content.decode()
    assert ">\nBruno</textarea>" in page.content.decode()


@pytest.fixture
def over_https(settings):
    for name, value in where_https_is(True).items():
        setattr(settings, name, value)
    return Client()


def test_with_https_every_cookie_is_one_that_no_other_host_can_plant(over_https):
    over_https.get(reverse("say_hello"), secure=True)
    over_https.post(reverse("say_hello"), {"words": "Hello"}, secure=True)
    over_https.post(reverse("set_language"), {"language": "xx"}, secure=True)
    over_https.post(reverse("easy_read_always"), {"always": "1"}, secure=True)
    assert set(over_https.cookies) == {
        "__Host-csrftoken",
        "__Host-sessionid",
        "__Host-messages",
        "__Host-easy_read",
    }
    for cookie in over_https.cookies.values():
        assert (cookie["secure"], cookie["httponly"], cookie["samesite"]) == (True, True, "Lax")
        assert (cookie["path"], cookie["domain"]) == ("/", "")


def test_with_https_browsers_are_told_to_ask_for_nothing_else_for_a_year(over_https):
    said = over_https.get(reverse("say_hello"), secure=True)
    assert said["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"
    assert "upgrade-insecure-requests" in said["Content-Security-Policy"]


def test_an_answer_before_any_page_says_the_same(over_https):
    said = over_https.generic("POST", reverse("say_hello"), b"", secure=True, CONTENT_LENGTH=TOO_MUCH)
    assert said["Content-Security-Policy"]
    assert said["X-Frame-Options"] == "DENY"
    assert said["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "geolocation=()" in said["Permissions-Policy"]
