from __future__ import annotations

import re
import shlex
import tomllib
from pathlib import Path

import pytest

from audioguide import cli, codes
from audioguide.cli import asking
from audioguide.content import reading
from audioguide.content.beginning import samples
from audioguide.content.reading import read_pack
from audioguide.errors import AskedWrongly, AudioguideError, PackBroken
from audioguide.languages import LANGUAGES, Language
from audioguide.services import new_museum
from audioguide.services.new_museum import Begun, Wish, begin

EN, RU, KK, DE = map(Language, ("en", "ru", "kk", "de"))
UZ, AR, TR, UNKNOWN = map(Language, ("uz-Latn", "ar", "tr", "qaa"))
NOBODYS = Language("qaz")  # neither the program nor CLDR nor a voice knows it


def wish(*languages: Language, staff: Language = EN, **more: object) -> Wish:
    return Wish("Lamp Museum", languages, "Asia/Almaty", staff, **more)  # type: ignore[arg-type]


def made(folder: Path, *languages: Language, **more: object) -> Begun:
    return begin(folder / "lamps", wish(*languages, **more))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "languages", [(KK, RU, EN), (DE, EN), (RU,), (UZ, RU), (EN, AR), (NOBODYS,)]
)
@pytest.mark.parametrize("staff", LANGUAGES)
def test_a_new_museum_is_whole(
    tmp_path: Path, languages: tuple[Language, ...], staff: Language
) -> None:
    begun = made(tmp_path, *languages, staff=staff)
    pack = read_pack(tmp_path / "lamps")
    assert pack.languages.tags == languages
    assert begun.numbers == (0, 1, 2)
    assert [stop.number for stop in pack.stops if stop.published] == [0, 1, 2]
    assert pack.tours[0].stops == (0, 1, 2)
    assert pack.museum.timezone == "Asia/Almaty"
    assert pack.museum.opening_hours
    assert [each.sentence for each in (finding.what for finding in pack.remarks)] == []
    assert [each.name for each in tmp_path.iterdir()] == ["lamps"]


def test_the_codes_are_codes_and_of_no_other_museum(tmp_path: Path) -> None:
    given = set()
    for name in ("a", "b"):
        begin(tmp_path / name, wish(EN))
        given |= {stop.code for stop in read_pack(tmp_path / name).stops}
    assert len(given) == 6
    assert all(map(codes.is_code, given))


@pytest.mark.parametrize("staff", LANGUAGES)
def test_its_structure_explains_itself_to_the_staff_and_says_the_same(
    tmp_path: Path, staff: Language
) -> None:
    made(tmp_path, UNKNOWN, staff=staff)
    text = (tmp_path / "lamps/museum.toml").read_text(encoding="utf-8")
    remarks = " ".join(line for line in text.splitlines() if line.startswith("#"))
    assert bool(re.search("[а-я]", remarks)) == (staff != EN)
    assert bool(re.search("[әғқңөұүһі]", remarks)) == (staff == KK)
    read = tomllib.loads(text)
    assert list(read) == ["museum", "language", "hall", "stop", "tour"]
    assert list(read["museum"]) == ["languages", "timezone", "hours"]


@pytest.mark.parametrize("staff", LANGUAGES)
def test_the_commands_that_it_names_are_understood(
    tmp_path: Path, staff: Language, capsys: pytest.CaptureFixture[str]
) -> None:
    made(tmp_path, DE, staff=staff)
    text = (tmp_path / "lamps/museum.toml").read_text(encoding="utf-8")
    named = re.findall(r"python3 scripts/audioguide\.py (.+)", text)
    assert [each.partition(" new ")[0] for each in named] == [
        "check",
        "hall",
        "stop",
        "kind",
        "tour",
    ]
    for command in named:
        asking.read(cli.parser(), shlex.split(command), EN)


def test_there_are_samples_for_the_staff_and_each_language_of_them_is_whole() -> None:
    folders = [each for each in samples._FOLDER.iterdir() if each.is_dir()]
    texts = {each.name: {path.name for path in each.glob("*.md")} for each in folders}
    assert set(map(str, LANGUAGES)) <= set(texts)
    assert len(set(map(frozenset, texts.values()))) == 1
    structures = {each.parent.name for each in samples._FOLDER.rglob("museum.toml")}
    assert structures == set(map(str, LANGUAGES))


def test_a_language_without_samples_is_incomplete_and_lends_what_it_shows(tmp_path: Path) -> None:
    begun = made(tmp_path, RU, AR, TR)
    pack = read_pack(tmp_path / "lamps")
    assert pack.languages.partial == {AR, TR}
    assert begun.lent == ("العربية", "Türkçe")
    assert begun.stand_in == "Русский"
    assert not list((tmp_path / "lamps").rglob("ar.md"))


def test_a_first_language_without_samples_has_texts_that_say_so(tmp_path: Path) -> None:
    made(tmp_path, UZ, RU)
    pack = read_pack(tmp_path / "lamps")
    assert not pack.languages.partial
    texts = [
        pack.museum.words[UZ],
        *(stop.words[UZ] for stop in pack.stops),
        pack.tours[0].words[UZ],
    ]
    assert all("Этот текст пока на русском." in each.text for each in texts)
    assert not any("Этот текст пока на русском." in stop.words[RU].text for stop in pack.stops)
    assert pack.museum.words[UZ].paragraphs[0] == "Улица Примерная, 1, город Примерный"


def test_a_language_that_the_program_does_not_know_is_declared(tmp_path: Path) -> None:
    begun = made(tmp_path, RU, UZ, NOBODYS)
    tables = tomllib.loads((tmp_path / "lamps/museum.toml").read_text("utf-8"))["language"]
    assert tables["qaz"] == {"name": "qaz", "short_name": "QAZ"}
    assert begun.mute == ("qaz",)
    declared = read_pack(tmp_path / "lamps").languages.declared
    assert RU not in declared


def test_halls_and_stops_are_as_many_as_wished(tmp_path: Path) -> None:
    begun = made(tmp_path, RU, halls=("Двор", "The Big Room"), stops=5)
    pack = read_pack(tmp_path / "lamps")
    assert [hall.slug for hall in pack.halls] == ["hall-1", "the-big-room"]
    assert pack.halls[0].words[RU].title == "Двор"
    assert [stop.hall for stop in pack.stops] == ["hall-1"] * 3 + ["the-big-room"] * 3
    assert begun.hidden == (3, 4, 5)
    assert pack.tours[0].stops == (0, 1, 2)


def test_a_spreadsheet_fills_the_stops(tmp_path: Path) -> None:
    (tmp_path / "stops.csv").write_text(
        "number;title;text;title en;text en\n7;Лампа;Свет.;The Lamp;Light.\n3;Журнал;Слово.;;\n",
        encoding="utf-8",
    )
    begun = begin(tmp_path / "lamps", wish(RU, EN, sheet=tmp_path / "stops.csv"))
    pack = read_pack(tmp_path / "lamps")
    assert [(stop.number, stop.slug) for stop in pack.stops] == [
        (0, "welcome"),
        (7, "the-lamp"),
        (3, "stop-3"),
    ]
    assert pack.stops[1].words[EN].text == "Light."
    assert begun.hidden == (3,)
    assert pack.tours[0].stops == (0, 7)


def test_a_spreadsheet_without_one_whole_text_has_no_tour(tmp_path: Path) -> None:
    (tmp_path / "stops.csv").write_text("number,title\n0,Hello\n", encoding="utf-8")
    begun = begin(tmp_path / "lamps", wish(EN, sheet=tmp_path / "stops.csv"))
    assert begun.hidden == (0,)
    assert read_pack(tmp_path / "lamps").tours == ()


def test_nothing_is_left_where_the_spreadsheet_is_wrong(tmp_path: Path) -> None:
    (tmp_path / "stops.csv").write_text("number,title,text\nx,A,b\n", encoding="utf-8")
    with pytest.raises(PackBroken):
        begin(tmp_path / "lamps", wish(EN, sheet=tmp_path / "stops.csv"))
    assert [each.name for each in tmp_path.iterdir()] == ["stops.csv"]


def test_a_folder_that_holds_anything_is_left_as_it_is(tmp_path: Path) -> None:
    folder = tmp_path / "lamps"
    folder.mkdir()
    (folder / ".hidden").write_text("ours", encoding="utf-8")
    with pytest.raises(AskedWrongly, match="is there already and is not empty"):
        begin(folder, wish(EN))
    assert [path.name for path in tmp_path.rglob("*")] == ["lamps", ".hidden"]


def test_an_empty_folder_is_filled_and_stays_the_one_that_it_was(tmp_path: Path) -> None:
    folder = tmp_path / "lamps"  # perhaps a disk of its own, or where somebody's terminal stands
    folder.mkdir()
    before = folder.stat().st_ino
    assert made(tmp_path, EN).numbers == (0, 1, 2)
    assert folder.stat().st_ino == before
    there = sorted(each.name for each in folder.iterdir())
    assert there == ["halls", "museum", "museum.toml", "stops", "tours"]
    assert [each.name for each in tmp_path.iterdir()] == ["lamps"]


def test_an_empty_folder_is_empty_again_where_it_cannot_be_filled(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def taken(path: Path) -> object:
        (tmp_path / "lamps/museum.toml").write_text("theirs", encoding="utf-8")
        return reading.read_whole(path)

    (tmp_path / "lamps").mkdir()
    monkeypatch.setattr(new_museum, "read_whole", taken)
    with pytest.raises(AudioguideError, match="could not be made"):
        made(tmp_path, EN)
    assert [each.name for each in (tmp_path / "lamps").iterdir()] == ["museum.toml"]
    assert (tmp_path / "lamps/museum.toml").read_text(encoding="utf-8") == "theirs"


def test_a_file_and_a_link_to_nowhere_are_left_as_they_are(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("ours", encoding="utf-8")
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    for name in ("file", "link"):
        with pytest.raises(AskedWrongly):
            begin(tmp_path / name, wish(EN))
    assert (tmp_path / "file").read_text(encoding="utf-8") == "ours"
    assert (tmp_path / "link").is_symlink()


def test_what_comes_to_lie_there_meanwhile_is_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "lamps"

    def slow(path: Path) -> object:
        folder.mkdir()
        (folder / "theirs").write_text("theirs", encoding="utf-8")
        return reading.read_whole(path)

    monkeypatch.setattr(new_museum, "read_whole", slow)
    with pytest.raises(AudioguideError, match="could not be made"):
        begin(folder, wish(EN))
    assert [path.name for path in tmp_path.rglob("*")] == ["lamps", "theirs"]


def test_a_disk_that_is_full_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = []

    def full(path: Path, content: bytes) -> None:
        written.append(path)
        if len(written) > 3:
            raise OSError(28, "No space left on device", str(path))
        path.write_bytes(content)

    monkeypatch.setattr(new_museum, "write_whole", full)
    with pytest.raises(OSError, match="No space"):
        made(tmp_path, EN)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("written", ["", "…", "**Lamp**", "x" * 256, "a\u202eb", "<b>"])
def test_a_name_that_is_none_is_refused(written: str) -> None:
    with pytest.raises(AskedWrongly, match="--name"):
        new_museum.name_of(written)


def test_a_name_stands_in_one_line_and_may_have_any_sign(tmp_path: Path) -> None:
    name = new_museum.name_of(" The $name “Lamp”\n & Co ")
    begin(tmp_path / "lamps", Wish(name, (EN,), "UTC", EN))
    assert read_pack(tmp_path / "lamps").museum.words[EN].title == "The $name “Lamp” & Co"


@pytest.mark.parametrize(
    "written", ["", ",", "deutsch!", "de,de", "de,DE", "x", ",".join("a" * 50)]
)
def test_languages_that_are_none_are_refused(written: str) -> None:
    with pytest.raises(AskedWrongly):
        new_museum.languages_of(written)


def test_languages_are_read_in_any_spelling() -> None:
    assert new_museum.languages_of("kk_KZ, uz-latn;EN") == (Language("kk-KZ"), UZ, EN)


@pytest.mark.parametrize(
    "written", ["", "Almaty", "../etc/passwd", "/etc/passwd", "Asia", "x" * 300]
)
def test_a_time_zone_that_is_none_is_refused(written: str) -> None:
    with pytest.raises(AskedWrongly, match="is no time zone"):
        new_museum.timezone_of(written)


def test_labels_have_the_languages_with_a_typeface_where_not_all_have_one(tmp_path: Path) -> None:
    made(tmp_path, RU, Language("he"), AR)
    assert read_pack(tmp_path / "lamps").languages.on_labels == (RU, AR)


def test_a_museum_without_a_typeface_says_nothing_of_labels(tmp_path: Path) -> None:
    made(tmp_path, Language("he"))
    assert "label_languages" not in (tmp_path / "lamps/museum.toml").read_text(encoding="utf-8")


def test_a_name_of_nothing_is_said_to_be_empty() -> None:
    with pytest.raises(AskedWrongly, match="--name is empty"):
        new_museum.name_of("  ")


def test_the_code_of_a_country_is_no_language(tmp_path: Path) -> None:
    with pytest.raises(AskedWrongly, match=r"kz is the code of a country .* they write: kk"):
        new_museum.languages_of("kz,ru")
