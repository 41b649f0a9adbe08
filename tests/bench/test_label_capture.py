from __future__ import annotations

from bench import label_capture
from museum import ROOT


def test_the_table_in_the_documents_has_every_scene_and_decoder() -> None:
    rows = list(label_capture.measure(1, lambda _: None))
    assert len(rows) == 2 * len(label_capture.SCENES)
    made = label_capture.table(rows).splitlines()
    written = (ROOT / "docs" / "capture.md").read_text(encoding="utf-8")
    table = [line for line in written.splitlines() if line.startswith("|")]
    assert [line.split("|")[1] for line in table] == [line.split("|")[1] for line in made]
    assert table[0] == made[0]


def test_a_clean_label_at_arms_length_reads_with_both_decoders() -> None:
    rows = list(label_capture.measure(1, lambda _: None))
    near = [row for row in rows if row.scene == "distance 300 mm"]
    assert [(row.percent, row.wrong) for row in near] == [((100.0, 100.0), 0)] * 2


def test_pairs_that_differ_by_chance_are_not_called_worse() -> None:
    def row(ours: int, other: int) -> label_capture.Row:
        read = tuple(index < ours for index in range(300))
        return label_capture.Row("", "", read, tuple(index < other for index in range(300)), 0)

    assert not row(300, 300).is_worse
    assert not row(299, 300).is_worse
    assert row(280, 300).is_worse
    assert not row(300, 200).is_worse
    mean, half = row(270, 300).difference
    assert (round(mean, 1), round(half, 1)) == (-10.0, 3.4)
