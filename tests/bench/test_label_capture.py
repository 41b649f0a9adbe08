from __future__ import annotations

import numpy as np
import zxingcpp

from bench import label_capture
from museum import ROOT

Pairs = list[tuple[tuple[str, label_capture.Matrix], tuple[str, label_capture.Matrix]]]


def test_the_table_in_the_documents_has_every_scene_and_decoder() -> None:
    rows = list(label_capture.measure(1, lambda _: None))
    assert len(rows) == 2 * len(label_capture.SCENES)
    made = label_capture.table(rows).splitlines()
    written = (ROOT / "docs" / "capture.md").read_text(encoding="utf-8")
    table = written.partition(made[0])[2].partition("\n\n")[0].splitlines()[1:]
    assert [line.split("|")[1] for line in table] == [line.split("|")[1] for line in made[1:]]


def test_each_way_of_choosing_masks_changes_one_symbol_alone() -> None:
    own, standard, ours = (
        [label_capture._symbols(seed, masks) for seed in range(12)] for masks in label_capture.Masks
    )
    assert [changed(own, standard, which) > 0 for which in (0, 1)] == [True, False]
    assert [changed(own, ours, which) > 0 for which in (0, 1)] == [False, True]


def changed(some: Pairs, others: Pairs, which: int) -> int:
    """Count the symbols whose modules are others; what they say is the same."""
    pairs = [(one[which], other[which]) for one, other in zip(some, others, strict=True)]
    assert all(one[0] == other[0] for one, other in pairs)
    return sum(not np.array_equal(one[1], other[1]) for one, other in pairs)


def test_a_clean_label_at_arms_length_reads_with_both_decoders() -> None:
    rows = list(label_capture.measure(1, lambda _: None))
    near = [row for row in rows if row.scene == "distance 300 mm"]
    assert [(row.percent, row.wrong) for row in near] == [((100.0, 100.0), 0)] * 2


def test_the_rival_in_one_segment_says_the_same_in_bytes_alone() -> None:
    rival = label_capture.Rival.ONE_SEGMENT
    (ours, two), (other, one) = label_capture._symbols(5, label_capture.Masks.OWN, rival)
    assert ours == other
    assert len(two) == len(one) == 29  # version 3, so that modules are of one size
    read = [
        zxingcpp.read_barcode(label_capture._printed(matrix).astype(np.uint8))
        for matrix in (two, one)
    ]
    assert [each and (each.text, each.ec_level) for each in read] == [(ours, "H"), (ours, "Q")]


def test_the_record_has_the_table_of_the_rival_in_one_segment() -> None:
    rival = label_capture.Rival.ONE_SEGMENT
    rows = list(label_capture.measure(1, lambda _: None, rival=rival))
    made = label_capture.table(rows, rival).splitlines()
    written = (ROOT / "docs" / "decisions" / "0005-the-symbol.md").read_text(encoding="utf-8")
    table = written.partition(made[0])[2].partition("\n\n")[0].splitlines()[1:]
    assert [line.split("|")[1] for line in table] == [line.split("|")[1] for line in made[1:]]


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
