from __future__ import annotations

import pytest

from audioguide.languages import Language
from audioguide.speech.script import prepare

# The spoken forms are written by hand from the dossier (D1, D2, H4).
YEARS = [
    ("shot in 1937", "shot in nineteen thirty-seven"),
    ("in 2001", "in two thousand and one"),
    ("in 2000", "in two thousand"),
    ("since 2021", "since twenty twenty-one"),
    ("in 1905", "in nineteen oh five"),
    ("in 1900", "in nineteen hundred"),
    ("in 1872 he", "in eighteen seventy-two he"),
    ("by 1937 he was", "by nineteen thirty-seven he was"),
    ("December 1986", "December nineteen eighty-six"),
    ("the 1930s", "the nineteen-thirties"),
    ("in the 1930's", "in the nineteen-thirties"),
    ("the 1860s", "the eighteen-sixties"),
    ("the 1920s and 1930s", "the nineteen-twenties and nineteen-thirties"),
    ("the famine of 1930–33", "the famine of nineteen thirty to thirty-three"),
    ("1930-33", "from nineteen thirty to thirty-three"),
    ("In 1929-31", "From nineteen twenty-nine to thirty-one"),
    ("the 1929–31 uprising", "the nineteen twenty-nine to thirty-one uprising"),
    ("in 1937-38", "in nineteen thirty-seven and thirty-eight"),
    ("1937–1938", "nineteen thirty-seven and thirty-eight"),
    ("Shakarim (1858–1931)", "Shakarim, from eighteen fifty-eight to nineteen thirty-one"),
    ("c. 1930", "about nineteen thirty"),
    ("1500 people", "one thousand five hundred people"),
    ("1200 km", "one thousand two hundred kilometres"),
    ("In 1928 animals were taken", "In nineteen twenty-eight animals were taken"),
    (
        "In 1937 and 1938 people heard shots",
        "In nineteen thirty-seven and nineteen thirty-eight people heard shots",
    ),
    ("From 1938 women were held", "From nineteen thirty-eight women were held"),
    (
        "between 1300 and 1500 people",
        "between thirteen hundred and one thousand five hundred people",
    ),
    ("The 1937 census", "The nineteen thirty-seven census"),
    ("pre-1991", "pre-nineteen ninety-one"),
    ("more than 1500", "more than one thousand five hundred"),
    ("2500 names", "two thousand five hundred names"),
]
DAYS_AND_CENTURIES = [
    ("2 November 2001", "the second of November, two thousand and one"),
    ("on 2 November", "on the second of November"),
    ("On 25 February 1938", "On the twenty-fifth of February, nineteen thirty-eight"),
    (
        "On 8 December 1937 he was shot",
        "On the eighth of December, nineteen thirty-seven, he was shot",
    ),
    (
        "17 July–16 December 1986",
        "the seventeenth of July to the sixteenth of December, nineteen eighty-six",
    ),
    ("9:00–18:00", "from nine o'clock to six o'clock in the evening"),
    ("at 10 a.m. on", "at ten A M on"),
    ("the 26th of May", "the twenty-sixth of May"),
    ("31 May", "the thirty-first of May"),
    ("November 2, 2001", "November the second, two thousand and one"),
    ("25.02.1938", "the twenty-fifth of February, nineteen thirty-eight"),
    ("1–5 May", "the first to the fifth of May"),
    ("12 Dec. 1986", "the twelfth of December, nineteen eighty-six"),
    ("from 10:00 to 18:30", "from ten o'clock to six thirty in the evening"),
    ("the 20th century", "the twentieth century"),
    ("XX century", "twentieth century"),
    ("the XIX and XX centuries", "the nineteenth and twentieth centuries"),
    ("World War II", "World War Two"),
    ("Nicholas II", "Nicholas the Second"),
]
NUMBERS = [
    ("2,500 names", "two thousand five hundred names"),
    ("113,000 people", "one hundred and thirteen thousand people"),
    ("7,277", "seven thousand two hundred and seventy-seven"),
    ("16,691", "sixteen thousand six hundred and ninety-one"),
    ("25 000 women", "twenty-five thousand women"),
    ("1,001", "one thousand and one"),
    ("1.5 million", "one and a half million"),
    ("2.5 thousand", "two and a half thousand"),
    ("2.3 million", "two point three million"),
    ("97.7 per cent", "ninety-seven point seven per cent"),
    ("97.7%", "ninety-seven point seven per cent"),
    ("38–42%", "thirty-eight to forty-two per cent"),
    ("between 38 and 42 %", "between thirty-eight and forty-two per cent"),
    ("Order No. 723", "Order number seven hundred and twenty-three"),
    ("Order 00447", "Order zero-zero four-four-seven"),
    ("Order No. 00486", "Order zero-zero four-eight-six"),
    ("under Article 58", "under Article Fifty-Eight"),
    ("14A Ryskulbekov Street", "fourteen A Ryskulbekov Street"),
    ("the 1st", "the first"),
    ("the 26th", "the twenty-sixth"),
    ("the 12th stop", "the twelfth stop"),
    ("a 21-year-old man", "a twenty-one-year-old man"),
    ("5 km", "five kilometres"),
    ("1 km away", "one kilometre away"),
    ("40 sq km", "forty square kilometres"),
    ("25 ha", "twenty-five hectares"),
    ("-40 °C", "minus forty degrees Celsius"),
    (
        "+7 (7252) 21-01-40",
        "plus seven, seventy-two fifty-two, twenty-one, zero one, forty",
    ),
    ("0", "zero"),
    ("2/3 of them", "two thirds of them"),
    ("$1.5 million", "one and a half million dollars"),
    ("the 16th–17th", "the sixteenth to seventeenth"),
]
ABBREVIATIONS = [
    ("the NKVD", "the N K V D"),
    ("the NKVD's order", "the N K V D's order"),
    ("the OGPU", "the O G P U"),
    ("the KGB", "the K G B"),
    ("the GULAG", "the Gulag"),
    ("in the USSR", "in the Soviet Union"),
    ("in USSR", "in the Soviet Union"),
    ("the CPSU", "the Communist Party"),
    ("the KazASSR", "the Kazakh autonomous republic"),
    ("Dr Asfendiyarov", "Doctor Asfendiyarov"),
    ("Mr. Ryskulov", "Mister Ryskulov"),
    ("St Petersburg", "Saint Petersburg"),
    ("in St. Petersburg", "in Saint Petersburg"),
    ("Ryskulbekov St.", "Ryskulbekov Street."),
    ("A. Baitursynov", "A Baitursynov"),
    ("M. O. Auezov", "M O Auezov"),
    ("letters, photographs, etc.", "letters, photographs, and so on."),
    ("a writer, i.e. an enemy", "a writer, that is an enemy"),
    ("Alash & Orda", "Alash and Orda"),
]
ALL = YEARS + DAYS_AND_CENTURIES + NUMBERS + ABBREVIATIONS


def test_the_table_is_as_long_as_promised() -> None:
    assert len(dict(ALL)) >= 60


@pytest.mark.parametrize(("written", "spoken"), ALL)
def test_an_english_script_says_what_is_written(written: str, spoken: str) -> None:
    assert prepare(written, Language("en")) == spoken


@pytest.mark.parametrize(("written", "spoken"), ALL)
def test_an_english_script_is_the_same_inside_a_sentence(written: str, spoken: str) -> None:
    sentence = prepare(f"Here, {written.rstrip('.')}, they said.", Language("en"))
    opening, closing = "Here, ", ", they said."

    assert sentence.startswith(opening)
    assert sentence.endswith(closing)
    if not written.endswith("."):
        assert sentence == opening + spoken + closing


@pytest.mark.parametrize("spoken", [spoken for _, spoken in ALL])
def test_an_english_script_prepared_again_stays(spoken: str) -> None:
    assert prepare(spoken, Language("en")) == spoken


def test_a_letter_that_ends_a_sentence_is_not_an_initial() -> None:
    assert prepare("So did I.", Language("en")) == "So did I."
