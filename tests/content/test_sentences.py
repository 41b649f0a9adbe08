"""What an editor would call a sentence, marked by hand: | stands where one ends."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audioguide.characters import has_words
from audioguide.content.sentences import split, split_text
from audioguide.languages import LANGUAGES, Language

KAZAKH = """
Ол 1937 ж. тұтқындалды. | Кейін атылды.
Ол атылды, бұл 1937 ж. | Кейін ақталды.
1931–1933 жж. Қазақстанда ашаршылық болды. | Ел қырылды.
Ахмет Байтұрсынұлы (1872–1937 жж.) Алаштың көсемі болды. | Ол атылды.
А. Байтұрсынұлы мен М. Дулатов келді. | Олар жазды.
Ә. Бөкейхан, Ж. Аймауытов, Ғ. Мүсірепов келді. | Олар ақталды.
А.Б. Байтұрсынов жазды. | Ол кетті.
І. Есенберлин роман жазды. | Ол оқылды.
Шымкент қ. тұрғыны еді. | Ол осында.
Бұл – ұлы көш. | Ел кетті.
Абай көш. 12 үйде тұрды. | Ол кетті.
Кітапта бес бет. | Бұл аз.
Кітаптың бет. 5 қарасын. | Бұл аз.
Мұғалімдер, дәрігерлер т.б. келді. | Олар жоқ.
Мұғалімдер, дәрігерлер т. б. | Олар жоқ.
ХХ ғ. басында ел көшті. | Ол кез ауыр.
Бұл ХХ ғ. | Ол кез ауыр.
1,5 млн. адам қырылды. | Бұл аз емес.
Адам саны 1,5 млн. | Бұл аз емес.
Қырылғаны екі мың. | Бұл аз емес.
«Неге?» – деп сұрады ол. | Жауап болмады.
«Жоқ!» | Ол кетті.
Ол: «Қайтамын», – деді. | Қайтпады.
Ол кетті… | Ешкім көрмеді.
Ол… кетті. | Ешкім көрмеді.
Проф. Жұбанов сабақ берді. | Ол атылды.
Акад. Сәтбаев келді. | Ол көрді.
Түркістан обл. Шымкент қ. туған. | Ол жас еді.
Қарсы бет 2.5 есе көп. | Бұл рас.
№ 58 бап. | Осы бап.
Кім ол? | Білмейміз.
Ол келді (неге?) Алматыға. | Көп тұрмады.
(Төменнен қара.) | Енді ары жүр.
Б.з.д. бұл жерде сақтар тұрды. | Іздері қалды.
"""

RUSSIAN = """
Об этом писал А. Б. Сухов. | Потом он молчал.
Об этом писал А.Б. Сухов. | Потом он молчал.
Об этом писал А.Б.Сухов. | Потом он молчал.
М. Ауэзов и Ш. Уалиханов жили тут. | Они писали.
Дж. Неру приезжал. | Он видел.
В. И. Вернадский бывал в степи. | Он ждал.
Н. Э. Масанов считал иначе. | Он спорил.
Это случилось в 1937 г. | Его арестовали.
Это случилось в 1937 году. | Его арестовали.
В 1937 г. Сталин подписал списки. | Их было много.
5 марта 1953 г. Сталин умер. | Страна ждала.
Умер 5 марта 1953 г. | Страна ждала.
Так было в 1931–1933 гг. и позже. | Люди ждали.
Ахмет Байтурсынулы (1872–1937 гг.) Алаш не предал. | Он погиб.
Он жил на ул. Абая. | Там есть музей.
Он родился в г. Шымкент. | Он умер в г. Алматы.
В XX в. население выросло. | Так было не всегда.
В XIX в. Казахстан был степью. | Люди кочевали.
Было 3.5 тыс. человек. | Осталось 1,5 млн.
Их стало 1,5 млн. | Потом меньше.
Кто он? | Никто не знает.
«Нет!» — сказал он. | Все молчали.
«Где он?» | Никто не ответил.
Он сказал: «Да». | И ушёл.
Он сказал: «Нет.» | И ушёл.
Он спросил: „Где?“ | Никто не ответил.
Он ушёл… | Никто не видел.
Он... ушёл. | Никто не видел.
Там были дети, женщины и т. д. | Они ждали.
Там были дети и т.д. и т.п. | Они ждали.
Пришли учителя, врачи и др. | Их расстреляли.
См. стр. 5. | Там написано.
Народ, т. е. Алаш, просил земли. | Ему отказали.
Это стоило 100 руб. | Дорого.
Николай II правил до 1917 г. | Потом пришли другие.
Так было при Николае I. | Потом иначе.
Ок. 1500 человек погибло. | Многих не нашли.
Его судили по ст. 58 п. 10. | Он ждал.
Тов. Мирзоян подписал. | Гр. Иванов молчал.
Приехал (когда?) Иванов. | Он молчал.
(Смотри ниже.) | Потом будет иначе.
Да!!! | Нет?! | Всё.
До н. э. здесь жили саки. | Их следы видны.
Проф. Жубанов учил детей. | Его убили.
Приказ № 00447 подписали летом. | Начались аресты.
"""

ENGLISH = """
Mr. Smith came. | He left.
Dr. A. Baitursynuly taught. | He was shot.
He met J. R. R. Hill. | He smiled.
He met J.R.R. Hill. | He smiled.
Zh. Aimautov wrote. | Sh. Ualikhanov did too.
He said no. | Then he left.
Order No. 00447 was signed. | It was July.
See p. 5. | It is there.
They came at 5 a.m. | He slept.
It was 5 a.m. when they came. | He slept.
Teachers, doctors, etc. | They were shot.
Teachers, doctors, etc. were shot. | Nobody asked.
About 1.5 million died. | Nobody counted.
Some 8,000 women were held there. | Many died.
Why? | Nobody knows.
“No!” he said. | They left.
“Where?” | Nobody answered.
He said, “No.” | Then he left.
He said ‘No.’ | Then he left.
He was here. | "Where?" she asked.
He waited… | Nobody came.
He waited... and left. | Nobody came.
He was born c. 1890. | He died young.
See e.g. Alash and i.e. Orda. | They are there.
St. Petersburg was far. | He went.
It was in 500 B.C. | It was long ago.
Gen. Petrov signed. | Col. Ivanov did not.
Lt. Ivanov came. | Capt. Petrov left.
(See below.) | Then go on.
The Union (it was in 1922.) Kept growing. | It ended.
Prof. Zhubanov taught. | He was shot.
The case Smith vs. Jones was heard. | It ended.
Is it?! | Yes.
It ended in 1937. | Silence followed.
He was shot in 1938. | 20 years later he was cleared.
"""


def cases(marked: str, language: Language) -> list[tuple[Language, tuple[str, ...]]]:
    return [
        (language, tuple(part.strip() for part in line.split("|")))
        for line in marked.strip().split("\n")
    ]


CASES = [
    *cases(KAZAKH, Language("kk")),
    *cases(RUSSIAN, Language("ru")),
    *cases(ENGLISH, Language("en")),
]


@pytest.mark.parametrize(("language", "sentences"), CASES)
def test_a_paragraph_is_split_as_an_editor_would(
    language: Language, sentences: tuple[str, ...]
) -> None:
    assert split(" ".join(sentences), language) == sentences


@pytest.mark.parametrize("language", LANGUAGES)
def test_there_are_hard_cases_in_every_language(language: Language) -> None:
    assert sum(each == language for each, _ in CASES) >= 20


def test_a_text_is_split_by_paragraph() -> None:
    assert split_text("One. Two.\n\nThree.", Language("en")) == (("One.", "Two."), ("Three.",))


def test_an_empty_text_has_no_sentence() -> None:
    assert split_text("", Language("kk")) == split_text("\n\n \n\n", Language("kk")) == ()


WRITTEN = st.text(alphabet="абгвсжАБГIVqQ19.!?…,;:()[]«»“”„'\"–—№ ", max_size=80)
ANYTHING = st.text(max_size=80)
LANGUAGE = st.sampled_from(LANGUAGES)


@given(WRITTEN | ANYTHING, LANGUAGE)
def test_the_sentences_joined_are_the_paragraph(written: str, language: Language) -> None:
    paragraph = " ".join(written.split())
    assert " ".join(split(paragraph, language)) == paragraph


@given(WRITTEN | ANYTHING, LANGUAGE)
def test_no_sentence_is_empty(written: str, language: Language) -> None:
    assert all(sentence.strip() for sentence in split(written, language))


@given(WRITTEN, LANGUAGE)
def test_a_sentence_that_is_not_the_last_ends_with_a_mark(written: str, language: Language) -> None:
    for sentence in split(written, language)[:-1]:
        assert set(sentence[-4:]) & set(".!?…") or sentence[-1] in "\"'”“»)]"


@given(st.lists(WRITTEN, max_size=4), LANGUAGE)
def test_no_paragraph_is_lost(written: list[str], language: Language) -> None:
    paragraphs = [" ".join(each.split()) for each in written if any(map(str.isalnum, each))]
    split_up = split_text("\n\n".join(paragraphs), language)
    assert [" ".join(sentences) for sentences in split_up] == paragraphs


@pytest.mark.parametrize(
    ("paragraph", "language", "sentences"),
    [
        ("Tried under Art. 58(10). Then shot.", Language("en"), 2),
        ("Tried under cl. 5(1) of it. Then shot.", Language("en"), 2),
        ("Cl. 5(1) and Sect. 5(2), subsec. 5(3). Then shot.", Language("en"), 2),
        ("Tried under art. 58 (10). Then shot.", Language("en"), 2),
        ("Arts. 58 and 59 were used. Next.", Language("en"), 2),
        ("He loved art. 58 paintings hang here.", Language("en"), 2),
        ("Осуждён по ст. 58(10). Потом расстрелян.", Language("ru"), 2),
        ("По ст. 58 (10) УК. Ещё.", Language("ru"), 2),
        ("58-бап (10) бойынша. Содан кейін.", Language("kk"), 2),
    ],
)
def test_an_article_of_a_law_is_no_end_of_a_sentence(
    paragraph: str, language: Language, sentences: int
) -> None:
    assert len(split(paragraph, language)) == sentences


@pytest.mark.parametrize("marks", ["…", "***", "—", '"', "• • •", "②", "ꞌ", "ʻ", "ь"])
def test_marks_alone_are_no_sentence(marks: str) -> None:
    assert split(f"Он ушёл. {marks} Она ждала.", Language("ru"))[0].startswith("Он ушёл.")
    assert all(map(has_words, split(f"Да. {marks} Нет.", Language("ru"))))
    assert split_text(f"One.\n\n{marks}\n\nTwo.", Language("en")) == (("One.",), ("Two.",))
