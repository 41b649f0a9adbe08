from __future__ import annotations

import pytest

from audioguide.languages import LANGUAGES, Language
from audioguide.speech.script import prepare, unspeakable

SAID = {
    Language("ru"): [
        ("5 < 7", "пять меньше семи"),
        ("5 > 3", "пять больше трёх"),
        ("5≤7", "пять меньше или равно семи"),
        ("до +5 °C", "до плюс пяти градусов Цельсия"),
        ("от -5 до +5 °C", "от минус пяти до плюс пяти градусов Цельсия"),
        ("±2 %", "плюс-минус два процента"),
        ("≈ 300 человек", "примерно триста человек"),
        ("30 × 40 см", "тридцать на сорок сантиметров"),
        ("10^2", "десять в квадрате"),
        ("10^6", "десять в степени шесть"),
        ("5²", "пять в квадрате"),
        ("10²", "десять в квадрате"),
        ("10⁶", "десять в степени шесть"),
        ("10⁻³", "десять в степени минус три"),
        ("√9", "корень из девяти"),
        ("CO₂", "CO два"),
        ("5€", "пять евро"),
        ("€1.50", "одна целая и пятьдесят сотых евро"),
        ("5₽", "пять рублей"),
        ("₸500", "пятьсот тенге"),
        ("₸500 млн", "пятьсот миллионов тенге"),
        ("100$", "сто долларов"),
        ("500 km²", "пятьсот квадратных километров"),
        ("5 kg", "пять килограммов"),
        ("∞", "бесконечность"),
        ("§ 5 закона", "параграф пять закона"),
        ("§§ 5–7", "параграфы пять-семь"),
        ("и/или", "и, или"),
        ("info@museum", "info собака museum"),
        ("5 ‰", "пять промилле"),
        ("90 км/ч", "девяносто километров в час"),
        ("№ 5", "номер пять"),
        ("18+", "восемнадцать плюс"),
        ("Соль & перец", "Соль и перец"),
        ("<<ГУЛАГ>>", "Гулаг"),
        ("слово*", "слово"),
        ("по ст. 58(10)", "по пятьдесят восьмой статье, десять"),
        ("Кaзaхстан", "Казахстан"),
        (
            "+7 (7252) 21-01-40",
            "плюс семь, семьдесят два пятьдесят два, двадцать один, ноль один, сорок",
        ),
    ],
    Language("kk"): [
        ("5 < 7", "бес жетіден кіші"),
        ("7 > 5", "жеті бестен үлкен"),
        ("5 ≤ 7", "бес жетіден кіші немесе тең"),
        ("+5 °C", "плюс бес градус Цельсий"),
        ("±2 %", "плюс-минус екі пайыз"),
        ("≈ 300 адам", "шамамен үш жүз адам"),
        ("30 × 40 см", "отызға қырық сантиметр"),
        ("10²", "он квадраты"),
        ("10⁶", "онның алтыншы дәрежесі"),
        ("10⁻³", "онның минус үшінші дәрежесі"),
        ("√9", "тоғыздың квадрат түбірі"),
        ("5€", "бес еуро"),
        ("5 ₽", "бес рубль"),
        ("₸500", "бес жүз теңге"),
        ("₸500 млн", "бес жүз миллион теңге"),
        ("500 km²", "бес жүз шаршы километр"),
        ("∞", "шексіздік"),
        ("§ 5", "бесінші параграф"),
        ("және/немесе", "және, немесе"),
        ("5 ‰", "бес промилле"),
        ("Қазақстaн hалық əлі", "Қазақстан һалық әлі"),
    ],
    Language("en"): [
        ("5 < 7", "five is less than seven"),
        ("< 5 people", "less than five people"),
        ("5 > 3", "five is greater than three"),
        ("+5 °C", "plus five degrees Celsius"),
        ("±2%", "plus or minus two per cent"),
        ("≈ 300 people", "about three hundred people"),
        ("2 + 2 = 4", "two plus two equals four"),
        ("30 × 40 cm", "thirty by forty centimetres"),
        ("10²", "ten squared"),
        ("10⁶", "ten to the power of six"),
        ("10⁻³", "ten to the power of minus three"),
        ("√9", "the square root of nine"),
        ("H₂O", "H two O"),
        ("5€", "five euros"),
        ("10-20 €", "ten to twenty euros"),
        ("$5–10", "five to ten dollars"),
        ("5 ₽", "five roubles"),
        ("₸500", "five hundred tenge"),
        ("∞", "infinity"),
        ("10^6", "ten to the power of six"),
        ("§ 5", "section five"),
        ("§§ 5–7", "sections five to seven"),
        ("and/or", "and, or"),
        ("info@museum", "info at museum"),
        ("60 km/h", "sixty kilometres per hour"),
        ("Art. 58(10)", "Article fifty-eight, ten"),
        ("Kazаkhstan", "Kazakhstan"),
    ],
}
ALL = [(language, *pair) for language, pairs in SAID.items() for pair in pairs]


@pytest.mark.parametrize(("language", "written", "spoken"), ALL)
def test_a_sign_is_said_as_a_reader_says_it(language: Language, written: str, spoken: str) -> None:
    assert prepare(written, language) == spoken


@pytest.mark.parametrize(("language", "written", "spoken"), ALL)
def test_a_script_with_signs_prepared_again_stays(
    language: Language, written: str, spoken: str
) -> None:
    assert written != spoken
    assert prepare(spoken, language) == spoken


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("sign", tuple("<>^§+±≈№×=%‰&@/#~*_≤≥÷→•"))
def test_no_sign_between_numbers_or_words_is_unspeakable(language: Language, sign: str) -> None:
    for written in (f"5 {sign} 7", f"5{sign}7", f"{sign} 5", f"5 {sign}", f"a {sign} o"):
        assert unspeakable(prepare(written, language), language) == (), written
