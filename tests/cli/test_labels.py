from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select, text

from audioguide.labels.stocks import STOCKS
from audioguide.models import LabelBatch, LabelPrinted
from audioguide.paper import Paper
from museum import ALASH, FAMINE, World
from started import command, started

pytestmark = pytest.mark.thorough

HOST = "https://guide.museum.kz"


def out(world: World) -> Path:
    return world.folder / "labels"


def public(world: World, host: str = HOST) -> dict[str, str]:
    return world.environment() | {"AUDIOGUIDE_BASE_URL": host}


def print_labels(world: World, *options: str, host: str = HOST) -> subprocess.CompletedProcess[str]:
    return command(
        "labels", "print", "--out", str(out(world)), *options, environment=public(world, host)
    )


def printed(world: World, *options: str, host: str = HOST) -> Any:
    ended = print_labels(world, "--json", *options, host=host)
    assert ended.returncode == 0, ended.stderr
    return json.loads(ended.stdout)


def batches(world: World) -> int:
    with world.database.reading() as session:
        return session.scalar(select(func.count()).select_from(LabelBatch)) or 0


def refused(ended: subprocess.CompletedProcess[str], status: int) -> str:
    assert ended.returncode == status, ended.stderr
    assert ended.stdout == ""
    assert ended.stderr.count("\n") == 1, ended.stderr
    return ended.stderr


def test_without_options_every_published_stop_is_printed_and_registered(world: World) -> None:
    ended = print_labels(world)
    assert ended.returncode == 0, ended.stderr
    said = ended.stdout.splitlines()
    assert said[0] == "Labels: 4, sheets of L7163: 1; every QR code was read back."
    assert "version 3, level H" in said[1]
    assert said[2] == "Next free cell of L7163: 5. It is remembered: --start-cell next."
    assert Path(said[3]).name == "labels-L7163.pdf"
    assert Path(said[4]).name == "labels-L7163-page-1.png"
    assert all(Path(line).is_file() for line in said[3:5])
    assert batches(world) == 1


def test_a_draft_is_not_registered(world: World) -> None:
    ended = command("labels", "print", "--out", str(out(world)), environment=world.environment())
    assert ended.returncode == 0, ended.stderr
    assert print_labels(world, "--draft").stdout.splitlines()[-1].startswith("This is a DRAFT")
    assert batches(world) == 0


@pytest.mark.parametrize(
    "host", ["http://guide.museum.kz", "https://guide.museum.kz:8443", "http://192.168.1.5:8000"]
)
def test_an_address_for_no_wall_is_printed_as_a_draft_alone(world: World, host: str) -> None:
    refused(print_labels(world, host=host), 2)
    assert not out(world).exists()
    record = printed(world, "--draft", "--no-preview", host=host)
    assert record["draft"]
    assert [path.name for path in out(world).glob("*.pdf")] == ["labels-L7163-draft.pdf"]
    assert batches(world) == 0


def test_a_used_sheet_goes_on_where_it_stopped(world: World) -> None:
    assert printed(world, "--stops", "1-2", "--start-cell", "5")["next_free_cell"] == 7
    record = printed(world, "--stops", "14", "--start-cell", "next")
    assert (record["start_cell"], record["next_free_cell"]) == (7, 8)


def test_options_of_the_sheet_are_obeyed(world: World) -> None:
    record = printed(
        world, "--stops", "hall:memorial,1", "--stock", "l7165", "--copies", "3", "--cut-marks",
        "--shift", "-1.2,0.5", "--no-preview",
    )  # fmt: skip
    assert (record["stock"], record["labels"], record["previews"]) == ("L7165", 6, [])
    assert not list(out(world).glob("*-page-*.png"))


def test_a_stock_may_be_described_in_millimetres(world: World) -> None:
    record = printed(world, "--stock", "100x60 2x4 margin 5,10 pitch 100x65", "--stops", "1")
    assert record["stock"] == "100x60-2x4"


def test_plaques_and_the_poster_are_registered_too(world: World) -> None:
    assert Path(printed(world, "--plaques", "a6", "--stops", "1")["pdf"]).name == "plaques-A6.pdf"
    assert Path(printed(world, "--poster")["pdf"]).name == "poster-A4.pdf"
    with world.database.reading() as session:
        rows = session.execute(
            select(LabelBatch.kind, LabelPrinted.stop_code, LabelPrinted.payload)
            .join(LabelPrinted)
            .order_by(LabelBatch.id)
        ).all()
    assert [tuple(row) for row in rows] == [
        ("plaque", ALASH, f"https://GUIDE.MUSEUM.KZ/Q/{ALASH}"),
        ("poster", None, "https://GUIDE.MUSEUM.KZ/"),
    ]


def test_the_calibration_page_is_no_label(world: World) -> None:
    ended = print_labels(world, "--calibration", "--stock", "3475")
    assert ended.returncode == 0, ended.stderr
    assert sorted(path.name for path in out(world).iterdir()) == [
        "calibration-3475.pdf",
        "calibration-3475.png",
    ]
    assert batches(world) == 0


def test_what_changed_since_it_was_printed_is_printed_again(world: World) -> None:
    printed(world)
    ended = print_labels(world, "--changed")
    assert (ended.returncode, batches(world)) == (0, 1)
    said = "No label on the wall has another title, number or address than its stop.\n"
    assert ended.stdout == said
    world.edit("stops/2-famine/kk.md", "# Ашаршылық", "# Ұлы ашаршылық")
    assert printed(world, "--changed")["labels"] == 1
    assert printed(world, "--changed")["labels"] == 0


def test_a_plaque_that_changed_too_is_not_forgotten(world: World) -> None:
    printed(world)
    printed(world, "--plaques", "A6", "--stops", "2")
    world.edit("stops/2-famine/kk.md", "# Ашаршылық", "# Ұлы ашаршылық")
    said = print_labels(world, "--changed").stdout
    assert said.endswith(
        "Labels on other paper have changed, too: A6. To print them, "
        "give the command with --changed once more.\n"
    )
    ended = print_labels(world, "--changed")
    assert "Labels: 1, sheets of A6: 1;" in ended.stdout
    assert "once more" not in ended.stdout


def test_one_lost_label_is_printed_again_in_the_next_free_cell(world: World) -> None:
    printed(world)
    record = printed(world, "--reprint", FAMINE.lower())
    assert (record["labels"], record["start_cell"]) == (1, 5)


def test_a_reprint_says_which_sheet_to_load_and_which_cell(world: World) -> None:
    printed(world)
    said = print_labels(world, "--reprint", "2").stdout
    assert "Put the used sheet of L7163 into the printer: its first free cell is 5." in said
    assert f"Label 2 ({FAMINE}): sheet 1, cell 5 (row 3, column 1)." in said
    printed(world, "--stops", "1", "--copies", "9", "--start-cell", "next")  # until it is full
    said = print_labels(world, "--reprint", "2", "--reprint", "1").stdout
    assert "Put a new sheet of L7163 into the printer." in said
    assert f"Label 2 ({FAMINE}): sheet 1, cell 2 (row 1, column 2)." in said


def test_a_used_sheet_says_what_goes_over_to_a_new_one(world: World) -> None:
    record = printed(world, "--stops", "1,2", "--start-cell", "14")
    assert record["cells"] == [
        {"code": ALASH, "sheet": 1, "cell": 14},
        {"code": FAMINE, "sheet": 2, "cell": 1},
    ]


def test_after_a_change_of_address_each_label_is_listed_with_its_own(world: World) -> None:
    new = "https://museum.kz"
    printed(world)
    printed(world, "--stops", "1", "--new-base", host=new)
    listed = command("labels", "list", environment=public(world, new)).stdout.splitlines()
    assert listed[-1] == (
        f"Labels on the wall: 4, no longer right: 3. Their address: {HOST} (3), {new} (1)."
    )
    assert [line[0] for line in listed[:4]] == ["!", "·", "!", "!"]
    assert f"! {HOST}: Labels on the wall with this address: 3." in listed[4]
    record = json.loads(command("labels", "list", "--json", environment=public(world, new)).stdout)
    assert [each["base_url"] for each in record["labels"]] == [HOST, new, HOST, HOST]
    assert printed(world, "--changed", host=new)["labels"] == 3
    listed = command("labels", "list", environment=public(world, new)).stdout.splitlines()
    assert listed[-1] == f"Labels on the wall: 4, no longer right: 0. Their address: {new}."


def test_an_earlier_address_that_hangs_is_gone_back_to_without_asking(world: World) -> None:
    printed(world)
    printed(world, "--stops", "1", "--new-base", host="https://museum.kz")
    assert printed(world, "--changed")["labels"] == 1
    down = command("labels", "taken-down", "1", environment=public(world))
    assert down.stdout == "Recorded as taken down: 1.\n"


def test_a_logo_that_is_none_prints_no_plaque(world: World) -> None:
    (world.media / "logo.svg").write_text("<svg onload='x'/>", encoding="utf-8")
    assert "logo.svg:1" in refused(print_labels(world, "--plaques", "A6"), 1)
    assert printed(world, "--stops", "1")["labels"] == 1  # a label has no logo


def test_a_logo_under_another_name_is_said_by_the_print(world: World) -> None:
    (world.media / "logo.jpg").write_bytes(b"x")
    ended = print_labels(world, "--plaques", "A6", "--stops", "1")
    assert "logo.jpg: This logo is not used. Save it as logo.png" in ended.stdout


def test_another_address_is_refused_until_it_is_meant(world: World) -> None:
    printed(world)
    said = refused(print_labels(world, host="https://museum.kz"), 2)
    assert "--new-base" in said
    ended = print_labels(world, "--new-base", "--stops", "1", host="https://museum.kz")
    assert ended.returncode == 0, ended.stderr
    assert "Labels on the wall with another address: 4." in ended.stdout
    assert f"L7163  2 ({FAMINE})  The Famine  https://GUIDE.MUSEUM.KZ/Q/{FAMINE}" in ended.stdout


def test_a_long_host_is_accepted_and_what_it_costs_is_said(world: World) -> None:
    ended = print_labels(world, "--stops", "1", host="https://guide.museum-shymkent.kz")
    assert "version 3, level Q" in ended.stdout
    assert "9 characters fewer would give level H." in ended.stdout


def test_a_symbol_under_25_mm_is_refused_unless_it_is_forced(world: World) -> None:
    small = ("--stock", "99x31 2x9", "--stops", "1")
    said = refused(print_labels(world, *small), 2)
    assert "under 25 mm" in said
    assert "add --force-size: it then reads from up to 22 cm." in said
    assert not out(world).exists()
    ended = print_labels(world, *small, "--force-size")
    assert ended.returncode == 0, ended.stderr
    assert "reads from up to 22 cm." in ended.stdout
    assert "The QR code is smaller than 25 mm" in ended.stdout


def test_a_register_that_cannot_be_written_leaves_no_file(world: World) -> None:
    with world.database.writing() as session:
        session.execute(
            text(
                "CREATE TRIGGER full BEFORE INSERT ON label_printed "
                "BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END"
            )
        )
    said = refused(print_labels(world), 1)
    assert said.startswith("The register of labels could not be written: database or disk is full.")
    assert list(out(world).iterdir()) == []
    assert batches(world) == 0


def test_a_pdf_that_is_not_in_the_register_is_removed_at_the_next_run(world: World) -> None:
    printed(world, "--stops", "1", "--stock", "L7165")
    with world.database.writing() as session:  # as if the power had failed before the row
        for row in session.scalars(select(LabelPrinted)):
            session.delete(row)
        session.flush()
        for batch in session.scalars(select(LabelBatch)):
            session.delete(batch)
    ended = print_labels(world, "--stops", "1")
    first = ended.stdout.splitlines()[0]
    assert first.startswith("Removed (not in the register): ")
    assert first.endswith("labels-L7165.pdf.")
    assert [path.name for path in out(world).glob("*.pdf")] == ["labels-L7163.pdf"]
    assert "Removed" not in print_labels(world, "--stops", "1").stdout


def test_a_removed_pdf_is_named_even_if_the_print_then_fails(world: World) -> None:
    printed(world, "--stops", "1")
    with world.database.writing() as session:
        session.execute(text("UPDATE label_batch SET digest = 'of another'"))
        session.execute(
            text(
                "CREATE TRIGGER full BEFORE INSERT ON label_printed "
                "BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END"
            )
        )
    ended = print_labels(world, "--stops", "1")
    assert ended.returncode == 1
    assert ended.stdout.startswith("Removed (not in the register): ")


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        (("--stock", "A1"), "There is no stock “A1”."),
        (("--stock", "70x37 9x9"), "needs"),
        (("--plaques", "A3"), "There are plaques A6, A5, and no A3."),
        (("--stops", "1,77"), "There is no stop 77."),
        (("--stops", "hall:cellar"), "a hall cellar."),
        (("--stops", "tour:long"), "a tour long."),
        (("--start-cell", "15"), "There is no cell 15 on L7163"),
        (("--start-cell", "first"), "--start-cell must be a whole number"),
        (("--start-cell", "0"), "There is no cell 0"),
        (("--copies", "0"), "0 copies"),
        (("--copies", "many"), "--copies must be a whole number"),
        (("--shift", "1"), "The shift “1” cannot be read"),
        (("--shift", "9,9"), "cannot be 9 mm off"),
        (("--reprint", "1"), "No label “1” has been printed"),
        (("--poster", "--stock", "L7163"), "The poster is always A4"),
    ],
)
def test_what_cannot_be_meant_is_one_line_and_no_file(
    world: World, options: tuple[str, ...], reason: str
) -> None:
    said = refused(print_labels(world, *options), 2)
    if reason != "needs":
        assert reason in said
    assert not out(world).exists()
    assert batches(world) == 0


def test_two_ways_of_naming_stops_at_once_are_asked_wrongly(world: World) -> None:
    assert print_labels(world, "--changed", "--stops", "1").returncode == 2
    assert not out(world).exists()


def test_a_host_that_no_symbol_holds_is_asked_wrongly(world: World) -> None:
    host = "https://" + ".".join(["a-very-long-name-of-a-museum"] * 5) + ".kz"
    assert "too long for a QR code" in refused(print_labels(world, host=host), 2)
    assert not out(world).exists()


@pytest.mark.parametrize(
    ("title", "reason"),
    [("漢", "U+6F22"), ("The Leaders of Alash and of the Steppe " * 6, "6 pt")],
)
def test_a_title_that_cannot_be_printed_is_status_1_and_no_file(
    world: World, title: str, reason: str
) -> None:
    world.edit("stops/1-alash/en.md", "# The Leaders of Alash", f"# {title}")
    said = refused(print_labels(world, "--stock", "L7160"), 1)
    assert reason in said
    assert ALASH in said
    assert not out(world).exists() or not list(out(world).iterdir())
    assert batches(world) == 0


def test_a_code_used_twice_is_status_1_and_no_file(world: World) -> None:
    world.edit("museum.toml", f'code = "{FAMINE}"', f'code = "{ALASH}"')
    assert ALASH in refused(print_labels(world), 1)
    assert not out(world).exists()


def test_the_wall_is_listed_with_what_is_no_longer_right(world: World) -> None:
    empty = command("labels", "list", environment=world.environment())
    assert empty.stdout == "No label has been printed for the wall yet.\n"
    printed(world)
    world.edit("stops/1-alash/en.md", "# The Leaders of Alash", "# Alash")
    ended = command("labels", "list", environment=world.environment())
    assert ended.returncode == 0, ended.stderr
    said = ended.stdout.splitlines()
    assert said[1].startswith(f"!    1  {ALASH}  ")
    assert f"! labels 1 ({ALASH}): The label is older than its title." in said[4]
    assert said[-1] == f"Labels on the wall: 4, no longer right: 1. Their address: {HOST}."
    record = json.loads(command("labels", "list", "--json", environment=public(world)).stdout)
    assert [each["stale"] for each in record["labels"]] == [[], ["title"], [], []]
    assert record["base_url"] == HOST


def test_a_label_is_taken_down(world: World) -> None:
    printed(world)
    ended = command("labels", "taken-down", "1", FAMINE, environment=world.environment())
    assert ended.stdout == "Recorded as taken down: 2.\n"
    assert "No label “77”" in refused(
        command("labels", "taken-down", "77", environment=world.environment()), 2
    )


def test_every_printed_label_is_followed_to_a_page_with_sound(world: World) -> None:
    world.speak_all()
    printed(world)
    printed(world, "--poster")
    printed(world, "--draft", host="http://192.168.1.5:8000")
    with started(world.folder, world.environment()) as guide:
        ended = check(world, "--base", guide.address)
        assert ended.returncode == 0, ended.stdout + ended.stderr
        said = ended.stdout.splitlines()
        assert said[-1] == "Printed addresses: 5, all in order: 5. Findings: 0."
        assert said[2].split()[:8] == ["1", ALASH, "kk", "✓", "ru", "✓", "en", "✓"]
        record = json.loads(check(world, "--base", guide.address, "--json").stdout)
    assert record["ok"]
    answers = record["labels"][2]["answers"]
    assert [answers[each]["page"].rpartition("/stops/")[2] for each in answers] == ["alash"] * 3
    assert [list(answers), answers["kk"]["status"]] == [["kk", "ru", "en"], 200]


def check(world: World, *options: str) -> subprocess.CompletedProcess[str]:
    return command("labels", "check", *options, environment=public(world))


def test_what_is_wrong_behind_a_label_is_found(world: World) -> None:
    world.speak_all()
    printed(world)
    world.edit("stops/1-alash/kk.md", "# Алаш көсемдері", "# Алаш")
    world.edit("museum.toml", 'slug = "famine"\n', 'slug = "famine"\npublished = false\n')
    world.edit("museum.toml", "stops = [0, 2, 14]", "stops = [0, 14]")
    with started(world.folder, world.environment()) as guide:
        ended = check(world, "--base", guide.address, "--json")
    assert ended.returncode == 1
    record = json.loads(ended.stdout)
    said = {(each["grade"], each["where"]) for each in record["findings"]}
    assert not record["ok"]
    assert ("warning", f"labels 1 ({ALASH})") in said
    assert ("error", f"2 ({FAMINE}) ru") in said
    assert record["labels"][2]["answers"]["ru"]["status"] == 404


def test_a_retired_stop_on_the_wall_is_said_once(world: World) -> None:
    world.speak_all()
    printed(world)
    world.edit("museum.toml", "stops = [0, 2, 14]", "stops = [0, 14]")
    path = world.media / "museum.toml"
    head, *stops = path.read_text(encoding="utf-8").split("[[stop]]")
    stops = [each for each in stops if FAMINE not in each]
    path.write_text("[[stop]]".join([head, *stops]), encoding="utf-8")
    (world.media / "stops" / "2-famine").rename(world.folder / "2-famine")
    with started(world.folder, world.environment()) as guide:
        record = json.loads(check(world, "--base", guide.address, "--json").stdout)
    assert [(each["where"], each["what"]) for each in record["findings"]] == [
        (f"labels 2 ({FAMINE})", "The label hangs on the wall and its stop is retired.")
    ]
    assert record["labels"][2]["answers"]["kk"]["status"] == 410


def test_a_guide_that_does_not_answer_is_status_1(world: World) -> None:
    printed(world)
    ended = check(world, "--base", "http://127.0.0.1:9")
    assert ended.returncode == 1
    assert "http://127.0.0.1:9/ does not answer: " in ended.stdout


@pytest.mark.parametrize("base", ["ftp://guide.museum.kz", "guide", "https://museum.kz/guide"])
def test_an_address_to_ask_that_is_none_is_asked_wrongly(world: World, base: str) -> None:
    printed(world, "--stops", "1")
    refused(check(world, "--base", base), 2)


def test_a_wall_without_labels_is_in_order(world: World) -> None:
    ended = check(world)
    assert (ended.returncode, ended.stdout) == (0, "No label has been printed for the wall yet.\n")
    assert json.loads(check(world, "--json").stdout) == {"ok": True, "labels": [], "findings": []}
    refused(check(world, "--base", "ftp://guide.museum.kz"), 2)


def test_a_host_that_no_name_server_takes_is_said_in_one_line(world: World) -> None:
    printed(world, "--stops", "1")
    ended = check(world, "--base", f"https://{'a' * 70}.kz")
    assert (ended.returncode, ended.stderr) == (1, "")
    assert "does not answer: " in ended.stdout


@pytest.mark.parametrize("language", ["en", "kk", "ru"])
def test_help_names_every_stock_and_every_plaque(language: str) -> None:
    said = command("labels", "print", "--help", environment={"AUDIOGUIDE_LANGUAGE": language})
    (stock,) = re.findall(r"--stock.*?--plaques", said.stdout, re.DOTALL)
    (plaques,) = re.findall(r"--plaques \S.*?--start-cell", said.stdout, re.DOTALL)
    assert all(name in stock for name in STOCKS)
    assert all(name in plaques for name, each in STOCKS.items() if each.kind is Paper.PLAQUE)
