from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from audioguide.web.modules import Bundle, bundle, read

SUM = 'import { one, two } from "./number/small.js";\n\nconsole.log(one + two());\n'
SMALL = """\
import { half } from "../half.js";

const hidden = 2; // of nobody's business
export const one = half * 2;
export function two() {
  return hidden;
}
"""
HALF = "export const half = 0.5;\n"
SOURCES = {"sum.js": SUM, "number/small.js": SMALL, "half.js": HALF}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for path, text in SOURCES.items():
        write(tmp_path, path, text)
    return tmp_path


def write(folder: Path, path: str, text: str) -> None:
    (folder / path).parent.mkdir(exist_ok=True)
    (folder / path).write_text(text, encoding="utf-8")


def run(folder: Path, *bundles: tuple[str, Bundle]) -> str:
    """Let Node run the last of some bundles."""
    for name, each in bundles:
        (folder / name).write_text(each.text, encoding="utf-8")
    ended = subprocess.run(
        ["node", bundles[-1][0]], cwd=folder, capture_output=True, text=True, check=False
    )
    assert ended.returncode == 0, ended.stderr
    return ended.stdout


@pytest.mark.needs_npm
def test_modules_are_joined_to_one_script_that_does_the_same(folder: Path) -> None:
    made = bundle(folder, "sum.js")
    assert list(made.modules) == ["half.js", "number/small.js", "sum.js"]
    assert run(folder, ("joined.mjs", made)) == "3\n"


def test_comments_and_spaces_are_not_sent(folder: Path) -> None:
    text = bundle(folder, "sum.js").text
    assert "nobody" not in text
    assert "  " not in text


@pytest.mark.needs_npm
def test_no_name_of_a_module_is_seen_by_another(folder: Path) -> None:
    write(folder, "half.js", "const one = 5;\nexport const half = one / 10;\n")
    write(folder, "sum.js", SUM + "const hidden = typeof half;\nconsole.log(hidden);\n")
    assert run(folder, ("joined.mjs", bundle(folder, "sum.js"))) == "3\nundefined\n"


@pytest.mark.needs_npm
def test_what_every_page_has_is_loaded_from_there_and_not_twice(folder: Path) -> None:
    write(folder, "every.js", 'import { half } from "./half.js";\n\nconsole.log(half);\n')
    every = bundle(folder, "every.js")
    made = bundle(folder, "sum.js", every, "./every.mjs")
    assert list(made.modules) == ["number/small.js", "sum.js"]
    assert "0.5" not in made.text
    assert run(folder, ("every.mjs", every), ("joined.mjs", made)) == "0.5\n3\n"


@pytest.mark.parametrize(
    "line",
    [
        'import half from "../half.js";',
        'import * as all from "../half.js";',
        'import "../half.js";',
        'import { half as part } from "../half.js";',
        'import { half } from "half";',
        'import { half } from "https://example.org/half.js";',
        'const late = import("../half.js");',
        "const here = import.meta.url;",
        'export * from "../half.js";',
        "export default 3;",
        "export let three = 3;",
        "export const [three] = [3];",
        "export { hidden };",
        "export async function* three() {}",
        "const three = await Promise.resolve(3);",
        "await Promise.resolve(3);",
    ],
)
def test_what_is_not_understood_is_refused_with_the_file(folder: Path, line: str) -> None:
    write(folder, "number/small.js", f"{SMALL}{line}\n")
    with pytest.raises(ValueError, match=r"^number/small\.js: "):
        bundle(folder, "sum.js")


def test_only_the_first_module_may_wait_for_something(folder: Path) -> None:
    write(folder, "sum.js", f"{SUM}await Promise.resolve(two());\n")
    assert "await Promise" in bundle(folder, "sum.js").text


@pytest.mark.parametrize(
    ("path", "text", "said"),
    [
        ("sum.js", 'import { one } from "./gone.js";\n', r"sum\.js: there is no gone\.js"),
        ("half.js", "export const third = 0.3;\n", r"half\.js does not export \['half'\]"),
        ("half.js", 'import { one } from "./number/small.js";\n', "half.js|small.js: it imports"),
    ],
)
def test_an_import_that_leads_nowhere_is_refused(
    folder: Path, path: str, text: str, said: str
) -> None:
    write(folder, path, text)
    with pytest.raises(ValueError, match=said):
        bundle(folder, "sum.js")


def test_two_imports_from_one_module_are_one(folder: Path) -> None:
    write(folder, "a.js", 'import { one } from "./b.js";\nimport { two } from "./b.js";\n')
    assert read(folder, "a.js").imports == {"b.js": ("one", "two")}
