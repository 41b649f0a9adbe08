from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import zxingcpp
from PIL import Image

from audioguide.errors import AskedWrongly, LabelFailed
from audioguide.labels import keeping
from audioguide.labels.drawing import Label
from audioguide.labels.options import Options
from audioguide.labels.printing import Printed, make_sheets
from audioguide.labels.stocks import find_stock
from audioguide.labels.symbol import Level

L7163 = find_stock("L7163")

if TYPE_CHECKING:
    from labels.conftest import MakeLabel

DAY = date(2026, 11, 22)


def make(out: Path, *labels: Label, draft: bool = False, options: Options | None = None) -> Printed:
    return make_sheets(labels, L7163, out, draft=draft, made_on=DAY, options=options or Options())


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_a_pdf_and_two_pictures_of_each_symbol_are_made(
    tmp_path: Path, make_label: MakeLabel
) -> None:
    printed = make(tmp_path / "new" / "folder", make_label(8, "7K2MX"), make_label(9, "7K2MY"))
    assert names(tmp_path / "new" / "folder") == {
        "labels-L7163.pdf",
        "08-stop.svg",
        "08-stop.png",
        "09-stop.svg",
        "09-stop.png",
    }
    assert {printed.pdf, *printed.pictures} == set((tmp_path / "new" / "folder").iterdir())


def test_the_files_of_a_draft_say_so(tmp_path: Path, make_label: MakeLabel) -> None:
    make(tmp_path, make_label(base="http://127.0.0.1:8000"), draft=True)
    assert names(tmp_path) == {
        "labels-L7163-draft.pdf",
        "09-stop-draft.svg",
        "09-stop-draft.png",
    }


def test_what_was_printed_is_told(tmp_path: Path, museum_labels: tuple[Label, ...]) -> None:
    printed = make(tmp_path, *museum_labels)
    assert (printed.pages, printed.labels, printed.verified) == (2, 18, 18)
    assert (printed.version, printed.level) == (3, Level.H)
    assert printed.symbol_side_mm == pytest.approx(27.51, abs=0.01)
    assert printed.module_mm == pytest.approx(0.949, abs=0.001)
    assert printed.reading_distance_mm == pytest.approx(275.1, abs=0.1)


def test_the_files_can_be_read_by_whom_the_umask_allows(
    tmp_path: Path, make_label: MakeLabel
) -> None:
    (tmp_path / "other").write_bytes(b"")
    printed = make(tmp_path, make_label())
    assert printed.pdf.stat().st_mode == (tmp_path / "other").stat().st_mode


def test_printing_again_replaces_the_files(tmp_path: Path, make_label: MakeLabel) -> None:
    first = make(tmp_path, make_label()).pdf.read_bytes()
    again = make(tmp_path, make_label(titles=("Карлаг", "Карлаг", "Karlag"))).pdf.read_bytes()
    assert again != first
    assert len(names(tmp_path)) == 3


def test_a_label_that_fails_leaves_everything_as_it_was(
    tmp_path: Path, make_label: MakeLabel
) -> None:
    before = make(tmp_path, make_label()).pdf.read_bytes()
    with pytest.raises(LabelFailed):
        make(tmp_path, make_label(8, "7K2MY"), make_label(titles=("Карлаг", "漢", "Karlag")))
    assert names(tmp_path) == {"labels-L7163.pdf", "09-stop.svg", "09-stop.png"}
    assert (tmp_path / "labels-L7163.pdf").read_bytes() == before


def test_a_label_that_fails_makes_no_folder(tmp_path: Path, make_label: MakeLabel) -> None:
    with pytest.raises(LabelFailed):
        make(tmp_path / "new", make_label(titles=("Карлаг", "漢", "Karlag")))
    assert not (tmp_path / "new").exists()


def test_a_host_that_no_symbol_holds_leaves_nothing(tmp_path: Path, make_label: MakeLabel) -> None:
    with pytest.raises(AskedWrongly, match="too long"):
        make(tmp_path, make_label(base=f"https://{'museum.' * 16}kz"))
    assert names(tmp_path) == set()


def test_a_code_used_twice_is_refused(tmp_path: Path, make_label: MakeLabel) -> None:
    with pytest.raises(LabelFailed, match=r"code “7K2MX”: 8 \(7K2MX\), 9 \(7K2MX\)"):
        make(tmp_path, make_label(8, "7K2MX"), make_label(9, "7K2MX"))


def test_a_file_name_used_twice_is_refused(tmp_path: Path, make_label: MakeLabel) -> None:
    with pytest.raises(LabelFailed, match=r"file name “09-stop”: 9 \(7K2MX\), 9 \(7K2MY\)"):
        make(tmp_path, make_label(9, "7K2MX"), make_label(9, "7K2MY"))


@pytest.mark.parametrize("stem", ["../09-stop", "", "a/b", ".hidden", "09 stop"])
def test_a_name_that_leads_out_of_the_folder_is_refused(
    tmp_path: Path, make_label: MakeLabel, stem: str
) -> None:
    with pytest.raises(LabelFailed, match="name of a file"):
        make(tmp_path, replace(make_label(), stem=stem))


def test_no_labels_at_all_is_asked_wrongly(tmp_path: Path) -> None:
    with pytest.raises(AskedWrongly, match="no label"):
        make(tmp_path)


def test_a_folder_below_a_file_is_asked_wrongly(tmp_path: Path, make_label: MakeLabel) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(AskedWrongly, match="is a file"):
        make(tmp_path / "file" / "labels", make_label())


def test_a_folder_that_is_a_file_is_asked_wrongly(tmp_path: Path, make_label: MakeLabel) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(AskedWrongly, match="is a file"):
        make(tmp_path / "file", make_label())


def test_a_folder_without_the_right_to_write_is_asked_wrongly(
    tmp_path: Path, make_label: MakeLabel
) -> None:
    folder = tmp_path
    folder.chmod(0o500)
    if os.access(folder, os.W_OK):  # root may write everywhere but among the kernel's own files
        folder = Path("/proc/labels")
    with pytest.raises(AskedWrongly, match=r"cannot be (written|made)"):
        make(folder, make_label())


def test_a_folder_in_the_place_of_a_file_leaves_nothing(
    tmp_path: Path, make_label: MakeLabel
) -> None:
    (tmp_path / "09-stop.png").mkdir()
    with pytest.raises(AskedWrongly, match="move it away"):
        make(tmp_path, make_label())
    assert names(tmp_path) == {"09-stop.png"}


def test_a_name_that_the_disk_refuses_keeps_the_others_away(tmp_path: Path) -> None:
    with pytest.raises(LabelFailed, match="could not be written"):
        keeping.keep(tmp_path, {"one.svg": b"1", "x" * 300 + ".svg": b"2"})
    assert names(tmp_path) == set()


def test_a_name_that_is_refused_late_gives_back_what_was_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on Windows, where a file that a viewer holds open takes no other's place."""
    (tmp_path / "one.svg").write_text("before")
    replace = Path.replace

    def refused_second(self: Path, target: Path) -> Path:
        if target.name == "two.svg":
            raise OSError(16, "is in use")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", refused_second)
    with pytest.raises(LabelFailed, match="is in use"):
        keeping.keep(tmp_path, {"one.svg": b"1", "two.svg": b"2"})
    assert names(tmp_path) == {"one.svg"}
    assert (tmp_path / "one.svg").read_text() == "before"


FULL_DISK = """
import resource, signal, sys
from pathlib import Path
from audioguide.errors import LabelFailed
from audioguide.labels import keeping

signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
try:
    keeping.keep(Path(sys.argv[1]), {"one.svg": b"1" * 900, "two.svg": b"2" * 1100})
except LabelFailed as error:
    print(error)
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows has no limit for the size of a file")
def test_a_disk_that_takes_no_more_keeps_what_was_there(tmp_path: Path) -> None:
    (tmp_path / "one.svg").write_text("before")
    told = subprocess.run(
        [sys.executable, "-c", FULL_DISK, tmp_path], capture_output=True, text=True, check=True
    )
    assert "could not be written" in told.stdout
    assert names(tmp_path) == {"one.svg"}
    assert (tmp_path / "one.svg").read_text() == "before"


def test_what_is_next_free_on_the_last_sheet_is_told(
    tmp_path: Path, museum_labels: tuple[Label, ...]
) -> None:
    printed = make(tmp_path, *museum_labels, options=Options(start_cell=3, copies=2))
    # 2 cells were used before, 36 labels follow: 38 of 3 times 14.
    assert (printed.labels, printed.verified, printed.pages) == (36, 36, 3)
    assert (printed.start_cell, printed.next_free_cell) == (3, 11)


def test_after_the_last_cell_comes_a_new_sheet(tmp_path: Path, make_label: MakeLabel) -> None:
    printed = make(tmp_path, make_label(), options=Options(start_cell=14))
    assert (printed.pages, printed.next_free_cell) == (1, 1)


def test_a_preview_shows_each_page(tmp_path: Path, museum_labels: tuple[Label, ...]) -> None:
    printed = make(tmp_path, *museum_labels, options=Options(previews=True))
    assert [path.name for path in printed.previews] == [
        "labels-L7163-page-1.png",
        "labels-L7163-page-2.png",
    ]
    read = {
        symbol.text
        for path in printed.previews
        for symbol in zxingcpp.read_barcodes(Image.open(path).convert("L"))
    }
    assert read == {label.payload for label in museum_labels}


def test_a_preview_of_an_older_print_does_not_stay(
    tmp_path: Path, museum_labels: tuple[Label, ...]
) -> None:
    make(tmp_path, *museum_labels, options=Options(previews=True, pictures=False))
    make(tmp_path, museum_labels[0], options=Options(previews=True, pictures=False))
    assert names(tmp_path) == {"labels-L7163.pdf", "labels-L7163-page-1.png"}


def test_a_host_that_costs_a_level_is_said_with_what_would_win_it_back(
    tmp_path: Path, make_label: MakeLabel
) -> None:
    printed = make(tmp_path, make_label(base="https://audioguide.museum.kz"))
    assert (printed.version, printed.level, printed.characters_too_many) == (3, Level.Q, 5)


def test_a_symbol_of_more_modules_reads_from_less_far(
    tmp_path: Path, make_label: MakeLabel
) -> None:
    printed = make(tmp_path, make_label(base="https://audioguide.memorial-museum.kz"))
    assert (printed.version, printed.level) == (4, Level.H)
    assert printed.reading_distance_mm == pytest.approx(290 * printed.symbol_side_mm / 33)


def test_a_forced_size_says_up_to_what_distance_it_reads(
    tmp_path: Path, make_label: MakeLabel
) -> None:
    stock = find_stock("70x30 3x9")
    with pytest.raises(AskedWrongly, match=r"21\.2 mm"):
        make_sheets([make_label()], stock, tmp_path, draft=False, made_on=DAY)
    printed = make_sheets(
        [make_label()], stock, tmp_path, draft=False, made_on=DAY, options=Options(force_size=True)
    )
    assert printed.is_forced
    assert printed.symbol_side_mm == pytest.approx(21.16, abs=0.01)
    assert printed.reading_distance_mm == pytest.approx(211.6, abs=0.1)


def test_plaques_have_a_name_of_their_own(tmp_path: Path, make_label: MakeLabel) -> None:
    printed = make_sheets(
        [make_label(8, "7K2MX"), make_label(9, "7K2MY")],
        find_stock("A6"),
        tmp_path,
        draft=False,
        made_on=DAY,
        options=Options(pictures=False, cut_marks=True),
    )
    assert names(tmp_path) == {"plaques-A6.pdf"}
    assert (printed.pages, printed.symbol_side_mm, printed.next_free_cell) == (2, 44, 1)


def test_the_picture_of_a_label_is_made_once_for_all_its_copies(
    tmp_path: Path, make_label: MakeLabel
) -> None:
    printed = make(tmp_path, make_label(), options=Options(copies=3))
    assert len(printed.pictures) == 2


def test_a_start_cell_that_does_not_exist_makes_no_file(
    tmp_path: Path, make_label: MakeLabel
) -> None:
    with pytest.raises(AskedWrongly, match="no cell 15"):
        make(tmp_path / "new", make_label(), options=Options(start_cell=15))
    assert not (tmp_path / "new").exists()


def test_what_a_register_needs_is_told(tmp_path: Path, museum_labels: tuple[Label, ...]) -> None:
    printed = make(tmp_path, *museum_labels, options=Options(start_cell=3))
    assert printed.digest == hashlib.sha256(printed.pdf.read_bytes()).hexdigest()
    assert tuple(each.label for each in printed.placed) == museum_labels
    assert (printed.placed[0].cell.row, printed.placed[0].cell.column) == (1, 0)
