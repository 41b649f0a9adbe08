from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from audioguide.content.proof import Lists, StopText, proofread, read_lists
from audioguide.content.proof.avoid import AvoidedWords
from audioguide.content.proof.bounds import Lengths, read_lengths
from audioguide.content.proof.names import read_people
from audioguide.errors import Grade, PackBroken
from audioguide.languages import Language
from museum import THREE

Tell = Callable[..., StopText]


def test_every_check_is_made(tell: Tell) -> None:
    texts = [
        tell("kk", "1937 жылы."),
        tell("ru", "В 1938 году его ликвидировал Рыскуллов."),
    ]
    people = read_people("r\tТұрар Рысқұлов\tТурар Рыскулов\tTurar Ryskulov", "names.tsv", THREE)
    avoided = {Language("ru"): [AvoidedWords("ликвидир*", "эвфемизм")]}
    lists = Lists(
        avoided=avoided, people=people, lengths=read_lengths("[text]\nkk = [9, 9]", "l", THREE)
    )
    texts.append(tell("ru", "В 1938 году.", number=8))
    said = " ".join(map(str, proofread(texts, [], [], {}, lists, THREE, [[9, 8]])))
    for sentence in (
        "has no text in en",
        "it should have",
        "opens like stop 9",
        "1937",
        "spelling of",
        "Avoid “",
    ):
        assert sentence in said


def test_a_pack_without_lists_has_empty_ones(tmp_path: Path) -> None:
    lists = read_lists(tmp_path, THREE)
    assert not any(lists.avoided.values())
    assert not any(lists.own_words.values())
    assert lists.people == ()
    assert lists.lengths == Lengths()


def test_every_bad_line_of_every_list_is_told(tmp_path: Path) -> None:
    proof = tmp_path / "media" / "proof"
    proof.mkdir(parents=True)
    (proof / "avoid.kk.txt").write_text("сөз\n", encoding="utf-8")
    (proof / "spelling.ru.txt").write_text("слово\t\n", encoding="utf-8")
    (proof / "names.tsv").write_bytes(b"\xff\n")
    (proof / "lengths.toml").write_text("\nkk = 5\n", encoding="utf-8")
    with pytest.raises(PackBroken) as broken:
        read_lists(tmp_path / "media", THREE)
    assert [each.where for each in broken.value.findings] == [
        "media/proof/avoid.kk.txt:1",
        "media/proof/spelling.ru.txt:1",
        "media/proof/names.tsv:1",
        "media/proof/lengths.toml:2",
    ]


def test_findings_are_errors_unless_a_part_of_the_system_is_absent(
    tell: Tell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    found = proofread([tell("ru", "Слово.")], [], [], {}, Lists(), THREE)
    assert [each.grade for each in found if each.where.startswith("spelling")] == [Grade.NOTE]
    assert all(each.grade is Grade.ERROR for each in found if "stops" in each.where)
