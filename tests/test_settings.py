from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audioguide.db import Database, sqlite_file
from audioguide.errors import AskedWrongly
from audioguide.settings import NAMES, SendSound, Settings


def settings(**variables: str) -> Settings:
    return Settings.from_environment({f"AUDIOGUIDE_{name}": v for name, v in variables.items()})


def refused(**variables: str) -> str:
    with pytest.raises(AskedWrongly) as raised:
        settings(**variables)
    assert raised.value.status == 2
    return str(raised.value)


def test_without_a_variable_everything_lies_in_the_present_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    made = settings()
    assert made.base_url is None
    assert made.data == tmp_path / "instance"
    assert made.media == tmp_path / "media"
    assert made.store == tmp_path / "media" / "generated"
    assert sqlite_file(made.database_url) == tmp_path / "instance" / "guide.sqlite3"
    assert made.default_language is None
    assert (made.language, made.voices.text, made.trusted_proxies) == (None, "auto", 0)
    assert made.workers >= 1


def test_the_store_lies_in_the_pack_that_was_named(tmp_path: Path) -> None:
    assert settings(MEDIA=str(tmp_path)).store == tmp_path / "generated"


def test_an_empty_variable_is_no_choice() -> None:
    assert settings(BASE_URL="", LANGUAGE=" ", WORKERS="").base_url is None


def test_variables_of_other_programs_do_not_matter() -> None:
    assert Settings.from_environment({"AUDIO": "x", "PATH": "/bin"}).voices.text == "auto"


@pytest.mark.parametrize("name", ["BASEURL", "", "PORT", "base_url", "DATA_"])
def test_an_unknown_variable_is_named_with_those_that_are_known(name: str) -> None:
    said = refused(**{name: "1"})
    assert said.startswith(f"AUDIOGUIDE_{name} is not a setting.")
    assert all(f"AUDIOGUIDE_{known}" in said for known in NAMES)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DEFAULT_LANGUAGE", "қазақша"),
        ("LANGUAGE", "Deutsch"),
        ("LANGUAGE", "de\nfr"),
        ("VOICES", "piper"),
        ("VOICES", "auto\nonline"),
        ("WORKERS", "0"),
        ("WORKERS", "65"),
        ("WORKERS", "-1"),
        ("WORKERS", "2.5"),
        ("WORKERS", "two"),
        ("WORKERS", "²"),
        ("WORKERS", "٣"),
        ("WORKERS", "9" * 5000),
        ("TRUSTED_PROXIES", "-1"),
        ("TRUSTED_PROXIES", "yes"),
        ("DATABASE_URL", "mysql://museum"),
        ("DATABASE_URL", "guide.sqlite3"),
        ("DATABASE_URL", "sqlite:///"),
        ("DATABASE_URL", "sqlite://"),
        ("DATABASE_URL", "sqlite:///:memory:"),
        ("DATABASE_URL", "sqlite:///?mode=ro"),
        ("DATABASE_URL", "postgresql+psycopg://"),
        ("DATABASE_URL", "postgresql://museum"),
    ],
)
def test_a_wrong_value_is_one_line_that_names_the_variable(name: str, value: str) -> None:
    said = refused(**{name: value})
    assert f"AUDIOGUIDE_{name}" in said
    assert "\n" not in said


@pytest.mark.parametrize("name", ["DATA", "MEDIA", "STORE"])
def test_a_file_is_no_folder(name: str, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    said = refused(**{name: str(tmp_path / "file")})
    assert said == f"AUDIOGUIDE_{name} must be a folder, and {tmp_path / 'file'} is a file."


@pytest.mark.parametrize("value", ["a" * 5000, "~nobody-of-this-name/guide"])
def test_a_folder_that_cannot_be_is_one_line(value: str) -> None:
    said = refused(DATA=value)
    assert value in said
    assert "\n" not in said


@pytest.mark.parametrize(
    "value", ["https://guide.museum.kz", "https://guide.museum.kz/", "HTTPS://Guide.Museum.KZ"]
)
def test_the_public_address_is_https_and_a_host_name(value: str) -> None:
    assert settings(BASE_URL=value).base_url == "https://guide.museum.kz"


@pytest.mark.parametrize(
    "value",
    [
        "guide.museum.kz",
        "http://guide.museum.kz",
        "ftp://guide.museum.kz",
        "https://",
        "https://localhost",
        "https://guide.localhost",
        "https://guide",
        "https://192.168.1.10",
        "https://127.1",
        "https://0x7f.1",
        "https://[::1]",
        "https://[::1",
        "https://guide.museum.kz:8000",
        "https://guide.museum.kz:0",
        "https://guide.museum.kz:",
        "https://guide.museum.kz/guide",
        "https://guide.museum.kz//",
        "https://guide.museum.kz?x=1",
        "https://guide.museum.kz/?",
        "https://guide.museum.kz#top",
        "https://dana@guide.museum.kz",
        "https://:word@guide.museum.kz",
        "https://guide..kz",
        "https://guide.museum.kz.",
        "https://-guide.kz",
        "https://guide-.kz",
        "https://gui_de.kz",
        "https://музей.қаз",
        "https://gui\tde.kz",
        "https://guide.kz\nhttps://other.kz",
        f"https://{'a' * 64}.kz",
        f"https://{'a.' * 130}kz",
    ],
)
def test_any_other_public_address_is_refused_in_one_line(value: str) -> None:
    said = refused(BASE_URL=value)
    assert said.startswith("AUDIOGUIDE_BASE_URL must be https and a host name alone")
    assert "\n" not in said


@given(st.sampled_from(NAMES), st.text(max_size=80))
def test_no_value_however_wrong_ends_in_anything_but_one_line(name: str, value: str) -> None:
    if name in ("DATA", "MEDIA", "STORE"):
        value = value.replace("\0", "")  # no environment can hold it
    said = ""
    try:
        settings(**{name: value})
    except AskedWrongly as error:
        said = str(error)
    assert len(said.splitlines()) <= 1


@pytest.mark.parametrize("folder", ["a museum", "50%25", "what?", "музей", "a#b", "100%"])
def test_the_database_lies_in_the_data_folder_whatever_its_name(
    folder: str, tmp_path: Path
) -> None:
    data = tmp_path / folder
    data.mkdir()
    made = settings(DATA=str(data))
    assert sqlite_file(made.database_url) == data / "guide.sqlite3"
    database = Database(made.database_url)
    with database.alone() as connection:
        connection.exec_driver_sql("CREATE TABLE proof (id INTEGER)")
    database.close()
    assert (data / "guide.sqlite3").is_file()


def test_the_program_sends_sound_itself_unless_told_otherwise() -> None:
    assert settings().send_sound == SendSound.APP
    assert settings(SEND_SOUND="x-accel").send_sound == SendSound.X_ACCEL
    assert "must be app or x-accel, and it is nginx" in refused(SEND_SOUND="nginx")
