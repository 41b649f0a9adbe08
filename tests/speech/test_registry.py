from __future__ import annotations

from pathlib import Path

import pytest

from audioguide.engines import ENGINES, Engine, voice_name
from audioguide.languages import Language
from audioguide.speech import registry

EACH = pytest.mark.parametrize("engine", ENGINES, ids=str)


@EACH
def test_the_module_of_each_engine_makes_a_voice_of_its_name(
    engine: Engine, tmp_path: Path
) -> None:
    speaker, _ = registry.choose(engine, "", Language("ru"), tmp_path)
    voice = registry.make(engine, speaker, Language("ru"), tmp_path)
    assert voice.name == voice_name(engine, speaker)


@EACH
def test_a_speaker_that_is_named_is_taken(engine: Engine, tmp_path: Path) -> None:
    assert registry.choose(engine, "somebody", Language("ru"), tmp_path)[0] == "somebody"


def test_an_engine_whose_package_is_absent_says_so(tmp_path: Path) -> None:
    engine = Engine("mbrola", module="mbrola", package="no_mbrola_is_here")
    speaker, why = registry.choose(engine, "", Language("ru"), tmp_path)
    assert speaker == ""
    assert str(why) == "Its package is not installed. Run: python3 scripts/voices.py"
