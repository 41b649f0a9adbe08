from __future__ import annotations

from collections.abc import Callable

import pytest

from audioguide.labels.address import payload, typed_address
from audioguide.labels.drawing import Label
from audioguide.languages import LANGUAGES

MakeLabel = Callable[..., Label]


@pytest.fixture(scope="session")
def make_label() -> MakeLabel:
    def make(
        number: int = 9,
        code: str = "7K2MX",
        titles: tuple[str, str, str] = ("АЛЖИР", "АЛЖИР", "ALZHIR"),
        base: str = "https://guide.museum.kz",
    ) -> Label:
        return Label(
            number=number,
            code=code,
            payload=payload(base, code),
            typed_address=typed_address(base, code),
            titles=dict(zip(LANGUAGES, titles, strict=True)),
            stem=f"{number:02d}-stop",
        )

    return make


TITLES = (
    ("Қош келдіңіз", "Добро пожаловать", "Welcome"),
    ("Алаш көсемдері", "Лидеры Алаша", "The Leaders of Alash"),
    ("Ашаршылық", "Голод. Ашаршылык", "The Famine (Asharshylyq)"),
    ("Созақ көтерілісі", "Созакское восстание", "The Sozak Uprising"),
    (
        "Адай көтерілісі, 1929–1931",
        "Восстание адаевцев, 1929–1931",
        "The Aday Uprising, 1929–31",
    ),
    (
        "Қазақстандағы еңбекпен түзеу лагерьлерінің картасы",
        "Карта исправительно-трудовых лагерей в Казахстане",
        "Map of Labour Camps in Kazakhstan",
    ),
    (
        "Оңтүстік Қазақстанның жазықсыз құрбандары",
        "Невинные жертвы Южного Казахстана",
        "Innocent Victims of Southern Kazakhstan",
    ),
    ("Тергеу бөлмесі", "Комната допросов", "The Interrogation Room"),
    ("Карлаг", "Карлаг", "Karlag"),
    ("АЛЖИР", "АЛЖИР", "ALZHIR"),
    ("Тоталитаризм қасіреті", "Трагедия тоталитаризма", "The Tragedy of Totalitarianism"),
    ("Депортация", "Депортация", "Deportation"),
    (
        "1986 жылғы Желтоқсан оқиғасы",
        "Декабрь 1986 года. Желтоксан",
        "December 1986 (Zheltoksan)",
    ),
    (
        "«Репрессия» мүсіндік композициясы",
        "Скульптурная композиция «Репрессия»",
        "“Repression” sculptural composition",
    ),
    ("Ғибадат залы", "Зал поклонения", "Memorial Hall"),
    ("Кинозал", "Кинозал", "Cinema Hall"),
    ("Портреттер галереясы", "Портретная галерея", "The Portrait Gallery"),
    ("Сау болыңыз", "На прощание", "Farewell"),
)


@pytest.fixture(scope="session")
def museum_labels(make_label: MakeLabel) -> tuple[Label, ...]:
    """The eighteen stops that are numbered through: more than one sheet of L7163."""
    return tuple(
        make_label(number, f"7K{number:02d}X", titles) for number, titles in enumerate(TITLES)
    )
