"""`alongside language`: words brought up to date, compiled, and marked as read by a person."""

import pytest

from alongside.config import cli
from alongside.config.cli import language
from alongside.kernel.language import catalogues
from alongside.kernel.language.extract import Said


@pytest.fixture
def words(tmp_path, monkeypatch):
    """A house that speaks Welsh and Polish, in catalogues of its own."""
    monkeypatch.setattr(catalogues, "LOCALE", tmp_path)
    monkeypatch.setenv("DATABASE_URL", "postgresql://nobody@/none")
    monkeypatch.setattr(catalogues, "everything_said", lambda package: [Said("Come in"), Said("Sit down")])
    for code in ("cy", "pl"):
        catalogues.bring_up_to_date(code, [Said("Come in"), Said("Sit down")])
    return tmp_path


def drafted(code, said, translation):
    path = catalogues.catalogue(code)
    book = catalogues.opened(path)
    entry = book.find(said)
    entry.msgstr, entry.tcomment = translation, catalogues.DRAFTED
    book.save(str(path))


def test_bringing_up_to_date_says_of_each_language_what_is_missing(words, capsys):
    drafted("cy", "Come in", "Dewch i mewn")
    assert cli.main(["language", "update"]) == 0
    assert capsys.readouterr().out == (
        "cy: 1 not translated, 1 drafted by a machine and not read yet.\n"
        "pl: 2 not translated, 0 drafted by a machine and not read yet.\n"
    )
    assert catalogues.catalogue("cy").with_suffix(".mo").exists()


def test_compiling_names_what_was_compiled_and_is_silent_the_second_time(words, capsys):
    assert cli.main(["language", "compile"]) == 0
    assert capsys.readouterr().err == "The words of cy are ready.\nThe words of pl are ready.\n"
    assert cli.main(["language", "compile"]) == 0
    assert capsys.readouterr() == ("", "")


def test_a_sentence_that_a_person_has_read_is_named_and_counted(words, capsys):
    drafted("cy", "Come in", "Dewch i mewn")
    drafted("cy", "Sit down", "Eisteddwch")
    assert cli.main(["language", "read", "cy", "dewch"]) == 0
    said = capsys.readouterr()
    assert said.out == "Come in\n"
    assert said.err == "1 read. 1 to go.\n"
    assert catalogues.unread("cy") == 1


def test_all_of_a_language_can_be_read_at_once(words, capsys):
    drafted("cy", "Come in", "Dewch i mewn")
    drafted("cy", "Sit down", "Eisteddwch")
    assert cli.main(["language", "read", "cy"]) == 0
    assert capsys.readouterr().err == "2 read. 0 to go.\n"


def test_a_language_without_words_is_told_with_those_that_have(words, capsys):
    assert cli.main(["language", "read", "fr"]) == 1
    assert capsys.readouterr().err == "There is no catalogue for fr, only for: cy, pl.\n"


@pytest.mark.parametrize("wanted", [[], ["dewch"]], ids=["all", "some"])
def test_what_a_person_wrote_themselves_is_not_marked_and_says_so(words, capsys, wanted):
    assert cli.main(["language", "read", "pl", *wanted]) == 1
    assert "Nothing that a machine drafted" in capsys.readouterr().err


def test_a_catalogue_that_cannot_be_written_is_told(words, capsys, monkeypatch):
    def full(*given):
        raise PermissionError(13, "Permission denied", "django.mo")

    monkeypatch.setattr(language.catalogues, "compile_newer", full)
    assert cli.main(["language", "compile"]) == 1
    said = capsys.readouterr().err
    assert "Something could not be written (django.mo): Permission denied." in said
