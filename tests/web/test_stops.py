from __future__ import annotations

import json

import pytest
from sqlalchemy import text, update

from audioguide.languages import LANGUAGES, Language
from audioguide.models import Narration
from audioguide.services.narration import queue
from markup import Markup
from museum import NOTES, World

pytestmark = pytest.mark.thorough


def read(world: World, address: str, language: str = "en") -> Markup:
    answer = world.phone(language).get(address)
    assert answer.status_code == 200
    return Markup(answer.text)


def correct_alash(world: World) -> None:
    world.edit("stops/1-alash/en.md", "Take your time.", "Take all your time.")
    world.bring()


def fail_all(world: World) -> None:
    while (claimed := world.claim()) is not None:
        with world.database.writing() as session:
            queue.fail(session, claimed, "No voice.")


def test_a_stop_shows_its_number_title_hall_and_words(world: World) -> None:
    page = read(world, "/en/stops/alash")
    assert page.one("h1").text == "1. The Leaders of Alash"
    assert "Exposition Hall · section 1 of 2" in page.one("main").text
    words = [each.text for each in page.all("p") if "article" in each.around]
    assert words == [
        "This is The Leaders of Alash. People are remembered here.",
        "Take your time. Read one name.",
    ]


def test_sources_stand_folded_and_in_no_sentence(world: World) -> None:
    page = read(world, "/en/stops/alash")
    shown = [each for each in page.all("li") if "witness" in each.text]
    assert shown
    assert all("details" in each.around for each in shown)
    assert "witness" not in page.one("article").text


def test_every_sentence_has_a_number_of_its_own_in_order(world: World) -> None:
    page = read(world, "/en/stops/alash")
    sentences = [each["id"] for each in page.all("span") if each.get("id")]
    assert sentences == ["s1", "s2", "s3", "s4"]


def test_a_stop_without_sound_says_that_it_is_being_prepared(world: World) -> None:
    page = read(world, "/en/stops/alash")
    assert "The audio is being prepared" in page.one("section", class_="sound").text
    assert not page.all("audio")
    again = [each for each in page.all("a") if "section" in each.around]
    assert [(each["href"], each.text) for each in again] == [("/en/stops/alash", "Refresh")]


def test_a_stop_that_somebody_opens_is_spoken_next(world: World) -> None:
    read(world, "/en/stops/memorial-hall")
    claimed = world.claim()
    assert claimed is not None
    assert (claimed.stop, claimed.language) == ("14 memorial-hall", Language("en"))


def test_the_stop_opened_last_is_spoken_first(world: World) -> None:
    read(world, "/en/stops/memorial-hall")
    read(world, "/ru/stops/famine")
    claimed = world.claim()
    assert claimed is not None
    assert (claimed.stop, claimed.language) == ("2 famine", Language("ru"))


def test_a_stop_whose_sound_is_old_is_spoken_next_when_somebody_opens_it(world: World) -> None:
    world.speak_all()
    correct_alash(world)
    world.edit("stops/0-welcome/en.md", "Take your time.", "Take all your time.")
    world.bring()
    read(world, "/en/stops/alash")
    claimed = world.claim()
    assert claimed is not None
    assert claimed.stop == "1 alash"


def test_a_stop_is_read_even_when_the_queue_cannot_be_changed(world: World) -> None:
    with world.database.writing() as session:
        session.execute(
            text(
                "CREATE TRIGGER stuck BEFORE UPDATE ON narration "
                "BEGIN SELECT RAISE(ABORT, 'disk full'); END"
            )
        )
    page = read(world, "/en/stops/alash")
    assert "People are remembered here." in page.one("article").text


def test_a_failed_narration_is_told_and_not_promised(world: World) -> None:
    fail_all(world)
    page = read(world, "/en/stops/alash")
    assert "There is no audio for this stop yet" in page.one("section", class_="sound").text
    assert "being prepared" not in page.html


def test_a_stop_that_sounds_offers_the_sound_and_says_who_speaks(world: World) -> None:
    world.speak_all()
    page = read(world, "/en/stops/alash")
    audio = page.one("audio")
    assert "controls" in audio.attributes
    assert "autoplay" not in audio.attributes
    assert audio["preload"] == "none"
    # A browser takes the first that it can play: the smaller one, and else the one for everyone.
    types = [each["type"] for each in page.all("source")]
    assert types == ["audio/webm; codecs=opus", "audio/mpeg"]
    assert page.one("track")["srclang"] == "en"
    assert "1:01 · Computer voice, " in page.one("section", class_="sound").text
    assert "older" not in page.html


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_a_page_lets_one_hear_can_be_fetched(world: World, language: Language) -> None:
    world.speak_all()
    phone = world.phone(language)
    page = Markup(phone.get(f"/{language}/stops/alash").text)
    for source in page.all("source"):
        answer = phone.get(source["src"])
        assert answer.content_type == source["type"].partition(";")[0]
    assert phone.get(page.one("track")["src"]).data.startswith(b"WEBVTT")


def test_a_sound_of_before_there_was_a_second_format_is_offered_as_it_is(world: World) -> None:
    world.speak_all()
    with world.database.writing() as session:
        session.execute(update(Narration).values(webm=None, webm_size_bytes=None))
    assert read(world, "/en/stops/alash").one("source")["type"] == "audio/mpeg"


def test_the_player_has_a_name(world: World) -> None:
    world.speak_all()
    assert (
        read(world, "/en/stops/alash").one("audio")["aria-label"] == "Listen: The Leaders of Alash"
    )


def test_at_a_quiet_stop_the_sound_stands_small_below_the_text(world: World) -> None:
    world.speak_all()
    page = read(world, "/en/stops/memorial-hall")
    sound = page.one("section", class_="sound quiet")
    assert page.place(page.one("article")) < page.place(sound) < page.place(page.one("audio"))
    assert "place of silence" in sound.text


def test_the_script_gets_its_words_from_the_page(world: World) -> None:
    world.speak_all()
    player = read(world, "/ru/stops/alash").one("div", class_="player")
    assert (player["data-listen"], player["data-pause"]) == ("Слушать", "Пауза")
    assert json.loads(player["data-minute"]) == {
        "one": "{0} минута",
        "few": "{0} минуты",
        "many": "{0} минут",
    }
    assert player["data-title"] == "1. Лидеры Алаша"


def test_a_sound_older_than_its_text_is_said_to_be(world: World) -> None:
    world.speak_all()
    correct_alash(world)
    page = read(world, "/en/stops/alash")
    assert "Take all your time." in page.one("article").text
    assert "A new version is being made" in page.html
    assert page.all("audio")


def test_no_new_sound_is_promised_when_its_making_failed(world: World) -> None:
    world.speak_all()
    correct_alash(world)
    fail_all(world)
    page = read(world, "/en/stops/alash")
    assert "The text has changed since this was recorded." in page.html
    assert "being prepared" not in page.html


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_content_note_stands_before_the_sound_with_two_ways_on(
    world: World, language: Language
) -> None:
    world.speak_all()
    page = read(world, f"/{language}/stops/famine")
    note, audio = page.one("aside"), page.one("audio")
    assert NOTES[language] in note.text
    assert page.place(note) < page.place(audio) < page.place(page.one("article"))
    ways = [each["href"] for each in page.all("a") if "aside" in each.around]
    assert ways == ["#text", f"/{language}/stops/memorial-hall"]
    assert page.one("article")["id"] == "text"


def test_a_stop_without_a_content_note_has_none(world: World) -> None:
    assert not read(world, "/en/stops/alash").all("aside")


def test_a_stop_leads_to_the_next_and_the_one_before(world: World) -> None:
    page = read(world, "/en/stops/alash")
    assert page.one("a", rel="next")["href"] == "/en/stops/famine"
    assert page.one("a", rel="next").text == "2Next stop: The Famine→"
    assert page.one("a", rel="prev")["href"] == "/en/stops/welcome"


def test_the_first_stop_has_none_before_and_the_last_none_after(world: World) -> None:
    assert not read(world, "/en/stops/welcome").all("a", rel="prev")
    assert not read(world, "/en/stops/memorial-hall").all("a", rel="next")


def test_the_route_line_lists_the_sections_and_marks_where_one_is(world: World) -> None:
    page = read(world, "/en/stops/famine")
    route = [each for each in page.all("a") if "ol" in each.around]
    assert [each.text for each in route] == ["1. The Leaders of Alash", "2. The Famine"]
    assert [each.get("aria-current") for each in route] == [None, "page"]


def test_a_section_is_counted_by_its_place_and_not_by_its_number(world: World) -> None:
    world.edit("museum.toml", "number = 2\n", "number = 18\n")
    world.edit("museum.toml", "stops = [0, 2, 14]", "stops = [0, 18, 14]")
    (world.media / "stops/2-famine").rename(world.media / "stops/18-famine")
    world.bring()
    page = read(world, "/en/stops/famine")
    assert "Exposition Hall · section 2 of 2" in page.one("main").text
    assert page.one("h1").text.startswith("18.")
    route = [each for each in page.all("a") if "ol" in each.around]
    assert [each.get("aria-current") for each in route] == [None, "page"]
    assert "section 1 of 2" in read(world, "/en/stops/alash").one("main").text


def test_a_stop_that_is_no_section_has_no_route_line(world: World) -> None:
    assert not read(world, "/en/stops/memorial-hall").all("ol")


def test_a_slug_of_earlier_days_leads_to_the_present_one(world: World) -> None:
    rename_alash(world, "alash", "alash-orda")
    answer = world.phone().get("/ru/stops/alash")
    assert (answer.status_code, answer.location) == (301, "/ru/stops/alash-orda")


def test_a_slug_that_comes_back_leads_no_browser_in_a_circle(world: World) -> None:
    rename_alash(world, "alash", "alash-orda")
    assert world.phone().get("/ru/stops/alash").headers["Cache-Control"] == "no-cache"
    rename_alash(world, "alash-orda", "alash")
    assert world.phone().get("/ru/stops/alash").status_code == 200
    assert world.phone().get("/ru/stops/alash-orda").location == "/ru/stops/alash"


def rename_alash(world: World, old: str, new: str) -> None:
    world.edit("museum.toml", f'slug = "{old}"', f'slug = "{new}"')
    (world.media / f"stops/1-{old}").rename(world.media / f"stops/1-{new}")
    world.bring()


@pytest.mark.parametrize(
    "slug",
    [
        "nothing",
        "baitursynuly",
        "",
        "%00",
        "..",
        "1",
        "ALASH",
        "a" * 5000,
        "%F0%9F%98%80",
    ],
)
def test_a_stop_that_is_not_there_is_404_with_the_keypad(world: World, slug: str) -> None:
    answer = world.phone("en").get(f"/en/stops/{slug}")
    assert answer.status_code == 404
    assert Markup(answer.text).one("form")["action"] == "/en/number"


def test_the_list_shows_every_published_stop_by_hall(world: World) -> None:
    page = read(world, "/en/")
    assert [each.text for each in page.all("h2")] == ["Tours", "Exposition Hall", "Memorial Hall"]
    stops = [each["href"] for each in page.all("a") if each["href"].startswith("/en/stops/")]
    assert stops == [
        f"/en/stops/{slug}" for slug in ("welcome", "alash", "famine", "memorial-hall")
    ]


def test_a_tour_in_the_list_says_how_long_it_is(world: World) -> None:
    tour = read(world, "/en/").one("a", href="/en/tours/short")
    assert tour.text == "A short tour10 min"


def test_the_list_leads_to_each_of_its_halls(world: World) -> None:
    page = read(world, "/en/")
    ways = [each for each in page.all("a") if each["href"].startswith("#hall")]
    assert [each.text for each in ways] == ["Exposition Hall", "Memorial Hall"]
    for way in ways:
        assert page.one("h2", id=way["href"][1:]).text == way.text


def test_an_empty_guide_says_so(world: World) -> None:
    empty = World(world.folder / "empty")
    try:
        page = read(empty, "/en/")
        assert "The guide has no stops yet." in page.one("main").text
        assert empty.phone().get("/en/museum").status_code == 404
    finally:
        empty.close()


def test_the_museum_page_tells_hours_and_telephone(world: World) -> None:
    page = read(world, "/en/museum")
    assert page.one("h1").text == "The Museum"
    assert "Mon–Fri: 09:00–18:00" in [each.text for each in page.all("dd")]
    assert page.one("a", href="tel:+77252210140").text == "+7 (7252) 21-01-40"


def test_the_museum_page_says_first_whether_it_is_open(world: World) -> None:
    page = read(world, "/en/museum")
    status = page.one("p", class_="now")
    assert status.text.startswith(("Open now, until", "Closed now. Opens:"))
    assert page.place(page.one("h1")) < page.place(status) < page.place(page.all("dl")[0])


def test_words_of_the_museum_are_never_markup(world: World) -> None:
    world.edit("stops/1-alash/en.md", "Read one name.", "Read one < two & “name”.")
    world.bring()
    page = read(world, "/en/stops/alash")
    assert "Read one < two & “name”." in page.one("article").text
