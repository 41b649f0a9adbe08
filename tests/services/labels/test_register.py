from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import func, select

from audioguide.errors import AskedWrongly, LabelFailed
from audioguide.languages import Language
from audioguide.models import LabelBatch, LabelPrinted, LabelState
from audioguide.services import guide_check, importing
from audioguide.services.labels import printing, register
from audioguide.services.labels.printing import Order, Printed, Wish
from audioguide.services.labels.register import Stale
from museum import ALASH, FAMINE, MEMORIAL, WELCOME, World

HOST = "https://guide.museum.kz"
NEW_HOST = "https://museum.kz"
TODAY = date(2026, 11, 22)


def make(world: World, wish: Wish, base_url: str = HOST) -> tuple[Order, Printed]:
    with world.database.reading() as session:
        order = printing.plan(session, wish, base_url)
    return order, printing.make(order, world.folder / "out", draft=False, made_on=TODAY)


def hang(
    world: World, wish: Wish | None = None, base_url: str = HOST, *, new_base: bool = False
) -> Printed:
    order, printed = make(world, wish or Wish(previews=False), base_url)
    with world.database.writing() as session:
        printing.keep_in_register(session, order, printed, new_base=new_base)
    return printed


def wall(world: World) -> dict[str | None, register.WallLabel]:
    with world.database.reading() as session:
        return {label.code: label for label in register.on_the_wall(session)}


def test_a_batch_is_written_down_as_it_was_printed(world: World) -> None:
    printed = hang(world, Wish(stops="1-14", start_cell="13"))
    with world.database.reading() as session:
        batch = session.scalars(select(LabelBatch)).one()
        rows = list(batch.labels)
    assert (batch.stock, batch.kind, batch.base_url) == ("L7163", "labels", HOST)
    assert (batch.start_cell, batch.next_free_cell, batch.pages) == (13, 2, 2)
    assert (batch.pdf, batch.digest, batch.verified) == ("labels-L7163.pdf", printed.digest, 3)
    assert [(row.page, row.cell) for row in rows] == [(1, 13), (1, 14), (2, 1)]
    assert [row.stop_code for row in rows] == [ALASH, FAMINE, MEMORIAL]
    row = rows[0]
    assert (row.number, row.payload) == (1, f"https://GUIDE.MUSEUM.KZ/Q/{ALASH}")
    assert (row.version, row.level, row.state) == (3, "H", LabelState.ON_THE_WALL)
    assert row.titles["kk"] == "Алаш көсемдері"


def test_the_next_free_cell_is_remembered_for_each_stock(world: World) -> None:
    with world.database.reading() as session:
        assert register.next_free_cell(session, "L7163") == 1
    hang(world, Wish(stops="1-2", previews=False))
    hang(world, Wish(stops="1", stock="L7165", previews=False))
    with world.database.reading() as session:
        assert register.next_free_cell(session, "L7163") == 3
        assert register.next_free_cell(session, "L7165") == 2
        order = printing.plan(session, Wish(stops="14", start_cell="next"), HOST)
    assert order.options.start_cell == 3


def test_a_label_replaces_that_of_its_stop_on_the_same_kind_of_paper(world: World) -> None:
    hang(world)
    hang(world, Wish(stops="1", stock="L7165", previews=False))
    hang(world, Wish(stops="1", stock="A6", previews=False))
    with world.database.reading() as session:
        states = session.execute(
            select(LabelPrinted.state, func.count())
            .where(LabelPrinted.stop_code == ALASH)
            .group_by(LabelPrinted.state)
        ).all()
        of_alash = [label for label in register.on_the_wall(session) if label.code == ALASH]
    assert dict(states) == {LabelState.ON_THE_WALL: 2, LabelState.REPLACED: 1}
    assert {label.stock for label in of_alash} == {"L7165", "A6"}


def test_copies_hang_as_one_label_with_their_count(world: World) -> None:
    hang(world, Wish(stops="1", copies="3", previews=False))
    assert wall(world)[ALASH].copies == 3


def test_a_new_title_makes_a_label_stale_and_printing_mends_it(world: World) -> None:
    hang(world)
    world.edit("stops/1-alash/ru.md", "# Лидеры Алаша", "# Вожди Алаша")
    world.bring()
    assert wall(world)[ALASH].stale == (Stale.TITLE,)
    assert wall(world)[FAMINE].stale == ()
    hang(world, Wish(changed=True, previews=False))
    assert wall(world)[ALASH].stale == ()
    assert wall(world)[ALASH].titles[Language("ru")] == "Вожди Алаша"


def test_a_plaque_that_changed_is_printed_again_as_a_plaque_and_mended(world: World) -> None:
    hang(world)
    hang(world, Wish(stops="1", stock="A5", previews=False))
    world.edit("stops/1-alash/ru.md", "# Лидеры Алаша", "# Вожди Алаша")
    world.edit("stops/2-famine/ru.md", "# Голод", "# Великий голод")
    world.bring()
    again = Wish(changed=True, previews=False)
    assert (hang(world, again).stock, codes_to_print(world, again)) == ("L7163", {ALASH})
    assert hang(world, again).stock == "A5"
    assert codes_to_print(world, again) == set()


def codes_to_print(world: World, wish: Wish) -> set[str]:
    with world.database.reading() as session:
        return {label.code for label in printing.plan(session, wish, HOST).labels}


def test_what_changed_does_not_go_on_paper_of_another_kind(world: World) -> None:
    hang(world)
    world.edit("stops/1-alash/ru.md", "# Лидеры Алаша", "# Вожди Алаша")
    world.bring()
    assert codes_to_print(world, Wish(changed=True, stock="L7165")) == {ALASH}
    with pytest.raises(AskedWrongly, match=r"were printed on other paper than A6: L7163\."):
        codes_to_print(world, Wish(changed=True, stock="A6"))


def test_labels_lost_from_different_paper_are_asked_for_one_by_one(world: World) -> None:
    hang(world)
    hang(world, Wish(stops="1", stock="A5", previews=False))
    with pytest.raises(AskedWrongly, match=f"{ALASH} A5, {FAMINE} L7163"):
        codes_to_print(world, Wish(reprint=("1", "2")))
    assert codes_to_print(world, Wish(reprint=("1", "2"), stock="L7163")) == {ALASH, FAMINE}


def test_numbers_that_changed_places_make_both_labels_stale(world: World) -> None:
    hang(world)
    swap_numbers(world)
    found = wall(world)
    assert (found[ALASH].stale, found[FAMINE].stale) == ((Stale.NUMBER,), (Stale.NUMBER,))
    with world.database.reading() as session:
        assert {label.code for label in register.changed(session)} == {ALASH, FAMINE}


def swap_numbers(world: World) -> None:
    world.edit("museum.toml", f'number = 1\ncode = "{ALASH}"', f'number = 9\ncode = "{ALASH}"')
    world.edit("museum.toml", f'number = 2\ncode = "{FAMINE}"', f'number = 1\ncode = "{FAMINE}"')
    world.edit("museum.toml", f'number = 9\ncode = "{ALASH}"', f'number = 2\ncode = "{ALASH}"')
    for old, new in (("1-alash", "2-alash"), ("2-famine", "1-famine")):
        (world.media / "stops" / old).rename(world.media / "stops" / new)
    world.edit("museum.toml", "stops = [0, 2, 14]", "stops = [0, 1, 14]")
    world.bring()


def test_a_number_that_means_two_labels_is_asked_wrongly(world: World) -> None:
    hang(world)
    swap_numbers(world)
    with world.database.reading() as session, pytest.raises(AskedWrongly) as refused:
        register.printed_code(session, "1")
    assert ALASH in str(refused.value)
    assert FAMINE in str(refused.value)


def test_a_retired_stop_is_found_on_the_wall_until_it_is_taken_down(world: World) -> None:
    hang(world)
    retire(world)
    assert wall(world)[FAMINE].stale == (Stale.RETIRED,)
    with world.database.writing() as session:
        assert register.take_down(session, "2") == 1
    assert FAMINE not in wall(world)
    with world.database.writing() as session, pytest.raises(AskedWrongly, match="any more"):
        register.take_down(session, FAMINE)


def retire(world: World) -> None:
    path = world.media / "museum.toml"
    text = path.read_text(encoding="utf-8").replace("stops = [0, 2, 14]", "stops = [0, 14]")
    head, *stops = text.split("[[stop]]")
    path.write_text(
        "[[stop]]".join([head, *(each for each in stops if FAMINE not in each)]), encoding="utf-8"
    )
    (world.media / "stops" / "2-famine").rename(world.folder / "2-famine")
    world.bring()


def test_a_lost_label_of_a_retired_stop_is_not_printed_again(world: World) -> None:
    hang(world)
    retire(world)
    with world.database.reading() as session, pytest.raises(AskedWrongly, match="lead nowhere"):
        printing.plan(session, Wish(reprint=(FAMINE,)), HOST)


def test_a_lost_label_is_printed_on_its_stock_from_the_next_free_cell(world: World) -> None:
    hang(world, Wish(stops="1-2", stock="L7165", previews=False))
    with world.database.reading() as session:
        order = printing.plan(session, Wish(reprint=("1",)), HOST)
    assert [label.code for label in order.labels] == [ALASH]
    assert (order.stock.name, order.options.start_cell) == ("L7165", 3)


def test_one_lost_copy_leaves_the_others_on_the_wall(world: World) -> None:
    hang(world, Wish(stops="1", copies="3", previews=False))
    hang(world, Wish(reprint=(ALASH,), previews=False))
    with world.database.reading() as session:
        found = [label for label in register.on_the_wall(session) if label.code == ALASH]
    assert [label.copies for label in found] == [2, 1]
    world.edit("stops/1-alash/kk.md", "# Алаш көсемдері", "# Алаш")
    world.bring()
    with world.database.reading() as session:
        assert sum(each.copies for each in register.on_the_wall(session) if each.stale) == 3


def test_the_poster_is_taken_down(world: World) -> None:
    with world.database.reading() as session:
        order = printing.plan_poster(session, Wish(previews=False), HOST)
    poster = printing.make(order, world.folder / "out", draft=False, made_on=TODAY)
    with world.database.writing() as session:
        printing.keep_in_register(session, order, poster, new_base=False)
    assert set(wall(world)) == {None}
    with world.database.writing() as session:
        assert register.take_down(session, "poster") == 1
    assert wall(world) == {}
    with world.database.writing() as session, pytest.raises(AskedWrongly, match="any more"):
        register.take_down(session, "poster")


def test_a_label_that_was_never_printed_cannot_be_lost(world: World) -> None:
    hang(world, Wish(stops="1", previews=False))
    with world.database.reading() as session, pytest.raises(AskedWrongly, match="has been printed"):
        printing.plan(session, Wish(reprint=("2",)), HOST)


def test_a_described_stock_has_to_be_described_again(world: World) -> None:
    hang(world, Wish(stops="1", stock="100x60 2x4", previews=False))
    with world.database.reading() as session, pytest.raises(AskedWrongly, match="100x60-2x4"):
        printing.plan(session, Wish(reprint=("1",)), HOST)


def test_the_first_print_pins_the_address(world: World) -> None:
    hang(world, Wish(stops="1", previews=False))
    with world.database.reading() as session:
        assert register.pinned_base(session) == HOST
        assert register.check_base(session, HOST, new_base=False) == ()
        with pytest.raises(AskedWrongly, match="--new-base"):
            register.check_base(session, NEW_HOST, new_base=False)


def test_a_new_address_names_every_label_with_the_old_one(world: World) -> None:
    hang(world)
    with world.database.reading() as session:
        elsewhere = register.check_base(session, NEW_HOST, new_base=True)
    assert [label.number for label in elsewhere] == [0, 1, 2, 14]
    hang(world, Wish(stops="1", previews=False), NEW_HOST, new_base=True)
    with world.database.reading() as session:
        assert register.pinned_base(session) == NEW_HOST
        elsewhere = register.check_base(session, HOST, new_base=True)
    assert [label.number for label in elsewhere] == [1]


def test_each_label_that_hangs_keeps_its_own_address(world: World) -> None:
    hang(world)
    hang(world, Wish(stops="1", previews=False), NEW_HOST, new_base=True)
    assert {code: label.base_url for code, label in wall(world).items()} == {
        WELCOME: HOST,
        ALASH: NEW_HOST,
        FAMINE: HOST,
        MEMORIAL: HOST,
    }
    with world.database.reading() as session:
        stale = {each.code for each in register.on_the_wall(session) if each.stale}
        assert stale == {WELCOME, FAMINE, MEMORIAL}
        due = printing.plan(session, Wish(changed=True), NEW_HOST, present_base=NEW_HOST)
    assert {label.code for label in due.labels} == stale


def test_labels_are_due_as_soon_as_the_guide_has_another_address(world: World) -> None:
    hang(world, Wish(stops="1,2", previews=False))
    with world.database.reading() as session:
        assert register.changed(session, HOST) == ()
        assert {each.code for each in register.changed(session, NEW_HOST)} == {ALASH, FAMINE}
        (finding,) = register.wall_findings(session, NEW_HOST)
    assert finding.where == HOST
    assert str(finding.what) == (
        "Labels on the wall with this address: 2. The guide's is https://museum.kz now."
    )


def test_an_earlier_address_that_still_hangs_may_be_gone_back_to(world: World) -> None:
    hang(world)
    hang(world, Wish(stops="1", previews=False), NEW_HOST, new_base=True)
    with world.database.reading() as session:
        elsewhere = register.check_base(session, HOST, new_base=False)
        assert [label.code for label in elsewhere] == [ALASH]
    hang(world, Wish(stops="1", previews=False), HOST)
    with world.database.reading() as session:
        assert register.pinned_base(session) == HOST
        assert not [each for each in register.on_the_wall(session) if each.stale]
        with pytest.raises(AskedWrongly, match="--new-base"):
            register.check_base(session, NEW_HOST, new_base=False)


def test_taking_down_the_only_label_of_an_address_ends_it(world: World) -> None:
    hang(world)
    hang(world, Wish(stops="1", previews=False), NEW_HOST, new_base=True)
    with world.database.writing() as session:
        assert register.take_down(session, ALASH) == 1  # and not the paper that it replaced
    with world.database.reading() as session:
        assert register.pinned_base(session) == HOST
        assert register.check_base(session, HOST, new_base=False) == ()
        assert not [each for each in register.on_the_wall(session) if each.stale]


def test_an_empty_wall_holds_no_address(world: World) -> None:
    hang(world, Wish(stops="1", previews=False))
    with world.database.writing() as session:
        register.take_down(session, ALASH)
    with world.database.reading() as session:
        assert register.check_base(session, NEW_HOST, new_base=False) == ()


def test_a_poster_with_another_address_is_said(world: World) -> None:
    with world.database.reading() as session:
        order = printing.plan_poster(session, Wish(previews=False), HOST)
    printed = printing.make(order, world.folder / "out", draft=False, made_on=TODAY)
    with world.database.writing() as session:
        printing.keep_in_register(session, order, printed, new_base=False)
    with world.database.reading() as session:
        (poster,) = register.on_the_wall(session, NEW_HOST)
        assert poster.stale == (Stale.ADDRESS,)
        assert register.changed(session, NEW_HOST) == ()
        assert "--poster" in str(register.wall_findings(session, NEW_HOST)[0])


LONG = {
    "kk": "Қазақстандағы еңбекпен түзеу лагерьлерінің үлкен картасы",
    "ru": "Карта исправительно-трудовых лагерей в Казахстане",
    "en": "Map of Corrective Labour Camps in Kazakhstan",
}
SHORT = {"kk": "Лагерьлер", "ru": "Карта лагерей", "en": "Map of Camps"}


def give_short_titles(world: World) -> None:
    for language, title in LONG.items():
        path = world.media / "stops" / "1-alash" / f"{language}.md"
        rest = path.read_text(encoding="utf-8").split("\n", 1)[1]
        path.write_text(f"# {title}\nLabel: {SHORT[language]}\n{rest}", encoding="utf-8")
    world.bring()


def test_the_register_keeps_the_title_that_stands_on_the_paper(world: World) -> None:
    give_short_titles(world)
    hang(world, Wish(stops="1", stock="L7160", previews=False))
    assert wall(world)[ALASH].titles == SHORT
    hang(world, Wish(stops="1", stock="A5", previews=False))
    assert [label.titles for label in everything(world)] == [SHORT, LONG]
    assert not [label for label in everything(world) if label.stale]


def test_a_short_title_that_is_no_longer_there_makes_its_label_stale(world: World) -> None:
    give_short_titles(world)
    hang(world, Wish(stops="1", stock="L7160", previews=False))
    world.edit("stops/1-alash/ru.md", "# Карта исправительно", "# Карта  всех исправительно")
    world.bring()
    assert not wall(world)[ALASH].stale  # the paper says the short one
    world.edit("stops/1-alash/ru.md", "Label: Карта лагерей", "Label: Лагеря")
    world.bring()
    assert wall(world)[ALASH].stale == (Stale.TITLE,)


def test_a_short_title_given_since_makes_a_label_stale_where_it_would_be_set(world: World) -> None:
    give_short_titles(world)
    for language, short in SHORT.items():
        world.edit(f"stops/1-alash/{language}.md", f"Label: {short}\n", "")
    world.bring()
    hang(world, Wish(stops="1-2", stock="L7160", previews=False))
    hang(world, Wish(stops="1", stock="A5", previews=False))
    assert not [label for label in everything(world) if label.stale]
    give_short_titles(world)
    stale = {label.stock: label.stale for label in everything(world) if label.stale}
    assert stale == {"L7160": (Stale.TITLE,)}  # on a plaque the long one has its room
    with world.database.reading() as session:
        assert [label.stock for label in register.changed(session)] == ["L7160"]
    hang(world, Wish(stops="1", stock="L7160", previews=False))
    assert not [label for label in everything(world) if label.stale]


def everything(world: World) -> list[register.WallLabel]:
    with world.database.reading() as session:
        return list(register.on_the_wall(session))


def test_a_print_that_another_one_overtook_is_not_registered(world: World) -> None:
    order, printed = make(world, Wish(stops="1", previews=False))
    make(world, Wish(stops="2", previews=False))
    with pytest.raises(LabelFailed, match="at the same time"), world.database.writing() as session:
        printing.keep_in_register(session, order, printed, new_base=False)
    printing.withdraw(printed)
    assert printed.pdf.exists()  # it is the other's
    assert wall(world) == {}


def test_a_print_that_is_withdrawn_leaves_no_file(world: World) -> None:
    _, printed = make(world, Wish(stops="1"))
    printing.withdraw(printed)
    assert list((world.folder / "out").iterdir()) == []


def test_a_print_that_is_withdrawn_gives_back_what_it_replaced(world: World) -> None:
    kept = hang(world, Wish(copies="9"))
    names = {path: path.read_bytes() for path in (world.folder / "out").iterdir()}
    _, withdrawn = make(world, Wish(stops="1", cut_marks=True))
    assert withdrawn.pdf == kept.pdf
    assert kept.pdf.read_bytes() != names[kept.pdf]
    printing.withdraw(withdrawn)
    assert {path: path.read_bytes() for path in (world.folder / "out").iterdir()} == names


def test_a_print_whose_pdf_another_removed_gives_back_what_it_replaced(world: World) -> None:
    kept = hang(world, Wish(copies="9"))
    names = {path: path.read_bytes() for path in (world.folder / "out").iterdir()}
    order, printed = make(world, Wish(stops="1", cut_marks=True))
    assert remove(world, world.folder / "out") == (kept.pdf,)
    with pytest.raises(LabelFailed), world.database.writing() as session:
        printing.keep_in_register(session, order, printed, new_base=False)
    printing.withdraw(printed)
    assert {path: path.read_bytes() for path in (world.folder / "out").iterdir()} == names


def test_a_pdf_without_a_row_is_removed_and_no_other_file(world: World) -> None:
    out = world.folder / "out"
    kept = hang(world, Wish(stops="1", previews=False)).pdf
    _, orphan = make(world, Wish(stops="1", stock="L7165", previews=False))
    with world.database.reading() as session:
        order = printing.plan(session, Wish(stops="1", previews=False), HOST)
    draft = printing.make(order, out, draft=True, made_on=TODAY)
    others = [out / "labels-of-ours.pdf", out / "poster-A4.pdf", out / "report.pdf"]
    for path in others:
        path.write_bytes(b"%PDF-1.7 of somebody else")
    assert remove(world, out) == (orphan.pdf,)
    assert not orphan.pdf.exists()
    assert all(path.exists() for path in (kept, draft.pdf, *others))
    assert remove(world, out) == ()


def remove(world: World, out: Path) -> tuple[Path, ...]:
    with world.database.writing() as session:
        return printing.remove_unregistered(session, printing.pdfs_of_ours(out))


def test_the_check_of_the_guide_warns_of_a_label_older_than_its_title(world: World) -> None:
    hang(world)
    world.edit("stops/1-alash/en.md", "# The Leaders of Alash", "# Alash")
    world.bring()
    with world.database.reading() as session:
        found = guide_check.check(session, importing.read(world.media), world.store)
    said = [str(each) for each in found if each.grade == "warning"]
    assert said == [
        (
            f"labels 1 ({ALASH}): The label is older than its title. "
            "Print it again: python3 scripts/print_labels.py --changed."
        )
    ]
