from __future__ import annotations

from collections.abc import Callable

import pytest

from audioguide.content.proof import StopText
from audioguide.content.proof.names import check, read_people
from audioguide.errors import PackBroken
from museum import THREE

Tell = Callable[..., StopText]

PEOPLE = read_people(
    "bokeikhan\tӘлихан Бөкейхан; Бөкейханов\tАлихан Букейханов; Бокейхан\tAlikhan Bokeikhan\n"
    "baitursynuly\tАхмет Байтұрсынұлы\tАхмет Байтурсынов; Байтурсынулы\tAkhmet Baitursynuly\n"
    "ryskulov\tТұрар Рысқұлов\tТурар Рыскулов\tTurar Ryskulov\n"
    "shokay\tМұстафа Шоқай\tМустафа Шокай\tMustafa Shokay\n"
    "zhurgenov\tТемірбек Жүргенов\tТемирбек Жургенов\tTemirbek Zhurgenov\n",
    "names.tsv",
    THREE,
)


def misspelled(text: StopText) -> list[str]:
    return [each.what.values["word"] for each in check([text], PEOPLE)]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("kk", "Бөкейханның, Бөкейханға, Байтұрсынұлына, Байтұрсынұлын, Рысқұловтың сөзі."),
        ("kk", "Шоқайдың, Шоқайға, Жүргеновтің, Жүргеновке."),
        ("ru", "Букейханову, Букейхановым, Байтурсынова, Рыскуловых, Мустафы Шокая, Шокаю."),
        ("en", "Bokeikhan’s daughter, Ryskulov's letter, Mustafa Shokay."),
    ],
)
def test_a_name_with_an_ending_is_spelled_right(tell: Tell, language: str, text: str) -> None:
    assert misspelled(tell(language, text)) == []


@pytest.mark.parametrize(
    ("language", "text", "word"),
    [
        ("kk", "Ол Букейханға жазды.", "Букейханға"),
        ("kk", "Сол Байтурсынұлының кітабы.", "Байтурсынұлының"),
        ("kk", "Оны Рыскұлов айтты.", "Рыскұлов"),
        ("kk", "Нарком Жургеновтің үйі.", "Жургеновтің"),
        ("kk", "Дастан Байтұрсынұлыға арналды.", "Байтұрсынұлыға"),
        ("kk", "Бұл Рысқулов.", "Рысқулов"),
        ("ru", "Писал Букеханов.", "Букеханов"),
        ("ru", "О Байтурсинове.", "Байтурсинове"),
        ("ru", "Письмо Рыскуллова.", "Рыскуллова"),
        ("ru", "Нарком Жургенев.", "Жургенев"),
        ("en", "He wrote to Bukeikhanov.", "Bukeikhanov"),
        ("en", "It was Baytursynov's book.", "Baytursynov's"),
        ("en", "Then Riskulov wrote.", "Riskulov"),
        ("en", "The minister Zhurgenev.", "Zhurgenev"),
    ],
)
def test_another_spelling_of_a_name_is_an_error(
    tell: Tell, language: str, text: str, word: str
) -> None:
    assert misspelled(tell(language, text)) == [word]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("kk", "Қайрат Рысқұлбековтің көшесі. Шоқан, Шымкент. Қашан? Бүкілхалықтық."),
        ("ru", "Улица Кайрата Рыскулбекова, Чокан, отец Рыскул, Бухара, Байконур."),
        ("en", "Kairat Ryskulbekov, Shokan, Bukhara, Baikonur."),
    ],
)
def test_another_person_is_not_taken_for_one_of_the_gallery(
    tell: Tell, language: str, text: str
) -> None:
    assert misspelled(tell(language, text)) == []


def test_a_variant_may_stand_once_at_a_stop(tell: Tell) -> None:
    once = "Алихан Букейханов, по-казахски Бокейхан."
    assert misspelled(tell("ru", once)) == []
    assert misspelled(tell("ru", f"{once} Бокейхана арестовали.")) == ["Бокейхана"]


def test_a_variant_of_two_words_stands_once_as_a_whole(tell: Tell) -> None:
    people = read_people(
        "z\tОраз Жандосов\tУраз Джандосов; Ораз Жандосов\tOraz Zhandosov", "n", THREE
    )
    text = tell("ru", "Ураз Джандосов, по-казахски Ораз Жандосов.")
    assert list(check([text], people)) == []


def test_a_first_name_is_looked_at_before_its_surname(tell: Tell) -> None:
    assert misspelled(tell("ru", "Алехан Букейханов.")) == ["Алехан"]
    assert misspelled(tell("ru", "Алехан и другие.")) == []


def test_a_first_name_is_looked_at_alone_in_its_own_portrait(tell: Tell) -> None:
    text = tell(
        "en",
        "Alykhan wrote.",
        title="Alikhan Bokeikhan",
        slug="bokeikhan",
        number=102,
        kind="portrait",
    )
    assert misspelled(text) == ["Alykhan"]


def test_the_title_of_a_portrait_is_the_listed_name(tell: Tell) -> None:
    text = tell("en", "He wrote.", title="Shokay", slug="shokay", kind="portrait")
    (found,) = check([text], PEOPLE)
    assert str(found.what) == "The title is “Shokay”, the listed name “Mustafa Shokay”."


def test_a_portrait_that_is_not_listed_is_an_error(tell: Tell) -> None:
    text = tell("en", "He wrote.", slug="somebody", kind="portrait")
    assert [str(each.what) for each in check([text], PEOPLE)] == [
        "The list of names has no somebody."
    ]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("kk", "Әзиза Рысқұлова, Рысқұлованың күйеуі Тұрар Рысқұлов, Рысқұловтың хаты."),
        ("ru", "Азизу Рыскулову и Турара Рыскулова; Рыскуловой, Рыскуловым."),
        ("en", "Aziza Ryskulova, Turar Ryskulov's wife, and Ryskulova's son."),
    ],
)
def test_a_wife_with_a_line_of_her_own_is_not_her_husband_misspelled(
    tell: Tell, language: str, text: str
) -> None:
    wife = read_people("-\tӘзиза Рысқұлова\tАзиза Рыскулова\tAziza Ryskulova\n", "names.tsv", THREE)
    assert list(check([tell(language, text)], [*PEOPLE, *wife])) == []


def test_a_wife_is_misspelled_like_anybody_else(tell: Tell) -> None:
    assert misspelled(tell("kk", "Әзиза Рысқұлова.")) == ["Рысқұлова"]
    wife = read_people("-\tӘзиза Рысқұлова\tАзиза Рыскулова\tAziza Ryskulova\n", "names.tsv", THREE)
    (found,) = check([tell("kk", "Азиза Рысқұлова.")], [*PEOPLE, *wife])
    assert str(found.what) == "“Азиза” is another spelling of Әзиза Рысқұлова."


def test_the_line_of_a_misspelled_name_is_told(tell: Tell) -> None:
    (found,) = check([tell("kk", "Сөз.\n\nБукейхан.")], PEOPLE)
    assert found.where == "media/stops/9-alzhir/kk.md:5"


def test_a_line_with_a_column_too_few_is_refused() -> None:
    with pytest.raises(PackBroken, match=r"names.tsv:2: The line has 3 columns, not 4\."):
        read_people("# names\nshokay\tМұстафа Шоқай\tМустафа Шокай\n", "names.tsv", THREE)
