"""A file with the right pass phrase and the wrong things in it: nothing of it reaches the place."""

import hashlib
import json
import threading

import pytest

from alongside.kernel.backup import restore, sealed
from alongside.kernel.backup.errors import BackupFailed, FileChanged, NotEmpty
from alongside.kernel.backup.records import CONTENT, DUMP, END, FILE, FILE_END, MANIFEST, put, put_json
from alongside.kernel.backup.sealed import Sealer
from alongside.kernel.postgres import Addresses, drop_database, ensure_running, make_database
from tests.database import SLOT

PHRASE = "kettle lantern bramble harbour"
WHOLE = {
    "format": 1,
    "made_at": "2026-03-09T09:00:00+00:00",
    "server_version": 180000,
    "roles": {"app": "alongside_app", "owner": "alongside_owner"},
    "tables": [],
    "secrets": {},
}


@pytest.fixture(autouse=True)
def cheap_to_guess(monkeypatch):
    monkeypatch.setattr(sealed, "COST", sealed.COSTS_ACCEPTED[0])


@pytest.fixture(scope="module")
def empty():
    """An empty database: every test here leaves it empty, or fails."""
    server, name = ensure_running(), f"hostile_{SLOT}"
    drop_database(server, name)
    yield make_database(server, name)
    drop_database(server, name)


@pytest.fixture
def bring(empty, tmp_path):
    """Seal what `write(sealer)` writes after a manifest, bring it back; afterwards nothing is there."""

    def brought(write=lambda sealer: None, manifest=WHOLE, addresses=empty):
        path, uploads = tmp_path / "place.backup", tmp_path / "uploads"
        with path.open("wb") as file:
            sealer = Sealer(file, PHRASE)
            put(sealer, MANIFEST, manifest if isinstance(manifest, bytes) else json.dumps(manifest).encode())
            write(sealer)
            put_json(sealer, END, {"files": 0, "left_out": []})
            sealer.finish()
        try:
            return restore(path, addresses, uploads, PHRASE, home=tmp_path / "home")
        finally:
            assert not uploads.exists()
            assert sorted(each.name for each in tmp_path.iterdir()) in (
                ["place.backup"],
                ["home", "place.backup"],
            )

    (tmp_path / "home").mkdir()
    return brought


def upload(sealer, name, content=b"a voice", digest=None, size=None):
    put_json(sealer, FILE, {"path": name})
    put(sealer, CONTENT, content)
    end = {"size": len(content) if size is None else size}
    put_json(sealer, FILE_END, end | {"sha256": digest or hashlib.sha256(content).hexdigest()})


@pytest.mark.parametrize("name", ["../passwd", "/etc/passwd", "a/../../b", "..", "voice/../../../x"])
def test_an_upload_never_leaves_its_folder(bring, tmp_path, name):
    with pytest.raises(FileChanged, match="holds an upload outside of its folder"):
        bring(lambda sealer: upload(sealer, name))


@pytest.mark.parametrize(
    "told",
    [b"", b"not JSON", b"\xff\xfe", b"[]", b"null", b'"voice"', b"{}", b'{"path": 7}', b"[" * 100_000],
    ids=lambda told: repr(told[:12]),
)
def test_what_is_no_upload_in_our_words_is_refused_in_a_sentence(bring, told):
    with pytest.raises(FileChanged, match="what it says of an upload cannot be read"):
        bring(lambda sealer: put(sealer, FILE, told))


@pytest.mark.parametrize("told", [b"no end", b"{}", b'{"size": "7", "sha256": "x"}', b'{"size": 7}'])
def test_an_upload_whose_end_is_not_in_our_words_is_refused_in_a_sentence(bring, told):
    def write(sealer):
        put_json(sealer, FILE, {"path": "voice"})
        put(sealer, CONTENT, b"a voice")
        put(sealer, FILE_END, told)

    with pytest.raises(FileChanged, match="what it says of an upload cannot be read"):
        bring(write)


@pytest.mark.parametrize("name", ["voice\0", "voice \ud800"], ids=["nul", "half a sign"])
def test_an_upload_whose_name_no_disk_can_hold_is_refused_in_a_sentence(bring, name):
    with pytest.raises(FileChanged, match="whose name no disk can hold"):
        bring(lambda sealer: put(sealer, FILE, json.dumps({"path": name}).encode()))


@pytest.mark.parametrize("name", ["", ".", "a/.."])
def test_an_upload_without_a_name_is_refused(bring, name):
    with pytest.raises(BackupFailed):
        bring(lambda sealer: upload(sealer, name))


def test_two_uploads_of_one_name_are_refused_and_neither_stays(bring):
    def write(sealer):
        upload(sealer, "voice.ogg", b"one")
        upload(sealer, "voice.ogg", b"two")

    with pytest.raises(BackupFailed, match="could not be restored"):
        bring(write)


def test_an_upload_where_a_folder_is_wanted_is_refused(bring):
    def write(sealer):
        upload(sealer, "2026")
        upload(sealer, "2026/voice.ogg")

    with pytest.raises(BackupFailed, match="could not be restored"):
        bring(write)


def test_an_upload_that_is_not_what_was_kept_is_refused(bring):
    with pytest.raises(BackupFailed, match="not on the disk as it was kept"):
        bring(lambda sealer: upload(sealer, "voice.ogg", digest="0" * 64))
    with pytest.raises(BackupFailed, match="not on the disk as it was kept"):
        bring(lambda sealer: upload(sealer, "voice.ogg", size=3))


def test_an_upload_without_an_end_is_refused(bring):
    def write(sealer):
        put_json(sealer, FILE, {"path": "voice.ogg"})
        put(sealer, CONTENT, b"a voi")
        put(sealer, DUMP, b"PGDMP")

    with pytest.raises(FileChanged, match=r"voice\.ogg has no end"):
        bring(write)


def test_what_is_no_dump_is_told_in_the_words_of_the_program(bring):
    with pytest.raises(BackupFailed, match=r"pg_restore could not do its work: .+"):
        bring(lambda sealer: put(sealer, DUMP, b"DROP TABLE people_person;\n" * 400))


MANIFESTS = {
    "not JSON": b"{ half a",
    "not an object": b"[]",
    "not text": b"\xff\xfe\x00",
    "without tables": json.dumps({"made_at": "x", "roles": {}}).encode(),
    "tables of another kind": json.dumps(WHOLE | {"tables": [{"name": "people"}]}).encode(),
    "tables that are none": json.dumps(WHOLE | {"tables": 3}).encode(),
    "without a moment": json.dumps({k: v for k, v in WHOLE.items() if k != "made_at"}).encode(),
}


@pytest.mark.parametrize("name", MANIFESTS)
def test_a_list_of_contents_that_is_not_ours_is_told_before_anything_is_written(bring, name):
    with pytest.raises(FileChanged, match="not written by Alongside"):
        bring(lambda sealer: upload(sealer, "voice.ogg"), manifest=MANIFESTS[name])


def test_tables_that_were_promised_and_did_not_come_are_told(bring):
    promised = {"name": "public.person", "rows": 5, "digest": "1", "row_security": True, "forced": True}
    manifest = WHOLE | {"tables": [promised | {"policies": []}]}
    with pytest.raises(BackupFailed, match=r"public\.person is missing"):
        bring(manifest=manifest)


def test_nothing_comes_back_where_the_owner_is_not_known(bring, empty):
    without = Addresses(app=empty.app, owner=None, admin=None)
    with pytest.raises(Exception, match="Set DATABASE_OWNER_URL"):
        bring(addresses=without)


def test_two_who_restore_into_one_folder_at_once_do_not_both_believe_they_did(empty, tmp_path):
    """The second finds the first one's unfinished uploads, or an interrupted restore, and says so."""
    uploads, told = tmp_path / "uploads", []
    path = tmp_path / "place.backup"
    with path.open("wb") as file:
        sealer = Sealer(file, PHRASE)
        put_json(sealer, MANIFEST, WHOLE)
        upload(sealer, "voice.ogg")
        put_json(sealer, END, {"files": 1, "left_out": []})
        sealer.finish()
    (uploads).mkdir()
    (uploads / "already.ogg").write_bytes(b"somebody's voice")

    def go():
        try:
            restore(path, empty, uploads, PHRASE, home=tmp_path)
        except NotEmpty as error:
            told.append(str(error))

    both = [threading.Thread(target=go) for _ in range(2)]
    for each in both:
        each.start()
    for each in both:
        each.join()
    assert len(told) == 2
    assert (uploads / "already.ogg").read_bytes() == b"somebody's voice"
