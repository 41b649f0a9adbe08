"""What the command line says of itself, in three languages and by the argparse of this Python."""

from __future__ import annotations

import argparse
import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest

from audioguide import cli
from audioguide.cli import asking, serve
from audioguide.languages import LANGUAGES, Language
from audioguide.words import translator
from sentences_said import SAID_BY_ARGPARSE, strings_of_argparse
from started import command

OTHERS = [language for language in LANGUAGES if language != Language("en")]
THE_SAME = {"N", "DX,DY"}  # figures have no language
WORD = re.compile(r"[A-Za-z]{2}")
NAME = re.compile(r"--[\w-]+|\{[\w,]+\}|^ +[a-z-]+$")  # of an option, its values, a command
PLACE = re.compile(r"%(?:\(\w+\))?[sr]")

# What argparse can say and our parsers cannot make it say, and why.
OUT_OF_REACH = {
    " (default: %(default)s)": "no formatter of ours adds defaults",
    "%(heading)s:": "has no word",
    "%(prog)s: error: %(message)s\n": "our parser says a mistake itself",
    "%(prog)s: warning: %(message)s\n": "nothing of ours is marked as deprecated",
    "%r is not callable": "a mistake of who writes a parser",
    "'required' is an invalid argument for positionals": "a mistake of who writes a parser",
    ".__call__() not defined": "a mistake of who writes a parser",
    'argument "-" with mode %r': "no FileType is used",
    "argument '%(argument_name)s' is deprecated": "nothing of ours is marked as deprecated",
    "can't open '%(filename)s': %(error)s": "no FileType is used",
    "cannot have multiple subparser arguments": "a mistake of who writes a parser",
    "cannot merge actions - two groups are named %r": "a mistake of who writes a parser",
    "command '%(parser_name)s' is deprecated": "nothing of ours is marked as deprecated",
    "conflicting option string: %s": "a mistake of who writes a parser",
    "conflicting option strings: %s": "a mistake of who writes a parser",
    "conflicting subparser alias: %s": "a mistake of who writes a parser",
    "conflicting subparser: %s": "a mistake of who writes a parser",
    "description": "the name of an argument, no sentence",
    "dest= is required for options like %r": "a mistake of who writes a parser",
    "expected %s argument": "no option takes one value by number",
    "expected at most one argument": "no option takes one value or none",
    "invalid conflict_resolution value: %r": "a mistake of who writes a parser",
    "invalid option string %(option)r: must start with a character %(prefix_chars)r": (
        "a mistake of who writes a parser"
    ),
    "mutually exclusive arguments must be optional": "a mistake of who writes a parser",
    "one of the arguments %s is required": "no group of options is required",
    "option '%(option)s' is deprecated": "nothing of ours is marked as deprecated",
    "subcommands": "every list of commands has a title of ours",
    "title": "the name of an argument, no sentence",
    "unexpected option string: %s": "argparse asks itself for options alone",
    "unknown parser %(parser_name)r (choices: %(choices)s)": "said as a choice that is invalid",
}

MISTAKES = [
    "",
    "lables",
    "labels",
    "voices nothing",
    "--frob",
    "import --fast",
    "check here",
    "serve --port",
    "serve --port abc",
    "serve --port=-1",
    "serve --port 70000",
    "labels print --s 1",
    "labels print --poster --stops 1",
    "labels print --stock A6 --plaques A5",
    "import --json=yes",
    "check --strict=1",
    "narrate --drop-take 1",
    "narrate --reviewed",
    "narrate --language xx",
    "explain",
    "explain 9",
    "history 9 kk --show two",
    "history 9 kk --show 2 --bring-back 1",
    "explain 9 xx",
    "listen 9",
    "staff add Aigul",
    "staff add Aigul --role boss",
    "staff remove",
    "voices install",
    "labels taken-down",
]


def parsers(parser: asking.Parser | None = None) -> Iterator[asking.Parser]:
    """Every parser, the whole program's first."""
    parser = parser or cli.parser()
    yield parser
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for below in action.choices.values():
                yield from parsers(below)


def in_language(language: Language) -> list[asking.Parser]:
    whole = cli.parser()
    asking.translate(whole, translator(language))
    return list(parsers(whole))


def parts(parser: asking.Parser) -> Iterator[str]:
    """What a parser says, always in the same order."""
    yield parser.description or ""
    yield parser.example_title
    for group in parser._action_groups:
        yield group.title or ""
    for action in parser._actions:
        yield action.help or ""
        yield from action.metavar if isinstance(action.metavar, tuple) else [action.metavar or ""]
        if isinstance(action, argparse._SubParsersAction):
            yield from (listed.help or "" for listed in action._choices_actions)


def test_every_option_and_command_says_what_it_is_for() -> None:
    for parser in parsers():
        assert parser.description, parser.prog
        for action in parser._actions:
            is_list = isinstance(action, argparse._SubParsersAction)
            assert is_list or action.help, (parser.prog, action)
            assert action.metavar or action.choices or action.nargs == 0, (parser.prog, action)


@pytest.mark.parametrize("language", OTHERS)
def test_nothing_of_help_is_left_in_english(language: Language) -> None:
    for english, other in zip(parsers(), in_language(language), strict=True):
        pairs = zip(parts(english), parts(other), strict=True)
        same = {one for one, two in pairs if one == two and WORD.search(one)}
        assert same - THE_SAME == set(), english.prog


@pytest.mark.parametrize("language", OTHERS)
def test_help_as_it_is_printed_has_no_line_of_english(
    language: Language, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", "300")  # no line of a few names alone, which are the same
    for parser in parsers():
        asked = [*parser.prog.removeprefix(asking.PROGRAM).split(), "--help"]
        english, other = (printed(asked, each, capsys) for each in (Language("en"), language))
        same = {line for line in english & other if WORD.search(NAME.sub("", line))}
        assert same == {f"  {asking.PROGRAM} {parser.example}"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_help_fits_a_terminal_but_for_an_example_which_stays_whole(
    language: Language, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    for parser in parsers():
        asked = [*parser.prog.removeprefix(asking.PROGRAM).split(), "--help"]
        wide = {line for line in printed(asked, language, capsys) if len(line) > 80}
        assert wide <= {f"  {asking.PROGRAM} {parser.example}"}


def printed(asked: list[str], language: Language, capsys: pytest.CaptureFixture[str]) -> set[str]:
    with pytest.raises(SystemExit) as ended:
        asking.read(cli.parser(), asked, language)
    assert ended.value.code == 0
    return set(capsys.readouterr().out.splitlines())


def test_every_example_is_a_command_that_is_understood() -> None:
    for parser in parsers():
        of_it = parser.prog.removeprefix(asking.PROGRAM).strip()
        assert parser.example.startswith(of_it)
        assert asking.read(cli.parser(), shlex.split(parser.example), Language("en")).run


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_said_in_few_lines_of_her_language(
    mistake: str,
    language: Language,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("AUDIOGUIDE_LANGUAGE", language)
    assert cli.run(mistake.split()) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert 1 <= len(said.err.splitlines()) <= 2
    english = [piece for sentence in SAID_BY_ARGPARSE for piece in pieces(sentence)]
    if language != Language("en"):
        assert [piece for piece in english if piece in said.err.lower()] == []
        assert re.search("[а-я]{3}", said.err.splitlines()[0])


def pieces(sentence: str) -> list[str]:
    """What stands between the places of a sentence, where it is long enough to be known again."""
    return [each.strip() for each in PLACE.split(sentence) if len(each.strip()) > 5]


@pytest.mark.parametrize(
    ("mistake", "helped"),
    [
        ("", "--help"),
        ("import --fast", "import --help"),
        ("labels print extra", "labels print --help"),
        ("labels print --poster --stops 1", "labels print --help"),
        ("staff add Aigul", "staff add --help"),
    ],
)
def test_a_mistake_names_the_help_of_the_command_that_was_meant(
    mistake: str,
    helped: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("AUDIOGUIDE_LANGUAGE", "ru")
    assert cli.run(mistake.split()) == 2
    last = capsys.readouterr().err.splitlines()[-1]
    assert last == f"Справка: python3 scripts/audioguide.py {helped}"


@pytest.mark.parametrize("word", ["{", "{wrong}", "%s", "%(prog)s", "%"])
def test_what_was_typed_is_shown_as_it_was_typed(
    word: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.run(["check", word]) == 2
    assert word in capsys.readouterr().err.splitlines()[0]


def test_the_command_itself_speaks_her_language(tmp_path: Path) -> None:
    environment = {"AUDIOGUIDE_LANGUAGE": "kk", "AUDIOGUIDE_DATA": str(tmp_path / "instance")}
    wrong = command("import", "--fast", environment=environment)
    assert (wrong.returncode, wrong.stdout) == (2, "")
    assert wrong.stderr.splitlines() == [
        "Артық не қате терілген: --fast",
        "Анықтама: python3 scripts/audioguide.py import --help",
    ]
    helped = command("labels", "--help", environment=environment)
    assert (helped.returncode, helped.stderr) == (0, "")
    assert helped.stdout.startswith("жазылуы: python3 scripts/audioguide.py labels ӘРЕКЕТ ...\n")
    assert not (tmp_path / "instance").exists()  # no database is opened for it


def test_help_is_had_with_a_language_that_there_is_not(tmp_path: Path) -> None:
    environment = {"AUDIOGUIDE_LANGUAGE": "de", "LC_ALL": "C", "AUDIOGUIDE_DATA": str(tmp_path)}
    assert command("--help", environment=environment).stdout.startswith("usage: ")
    wrong = command("check", environment=environment)
    assert (wrong.returncode, wrong.stdout) == (2, "")
    assert wrong.stderr == "AUDIOGUIDE_LANGUAGE must be kk, ru or en, and it is de.\n"


def test_what_this_python_can_say_is_translated_or_out_of_reach() -> None:
    assert strings_of_argparse() - SAID_BY_ARGPARSE - set(OUT_OF_REACH) == set()
    assert SAID_BY_ARGPARSE.isdisjoint(OUT_OF_REACH)


def test_the_reasons_why_something_is_out_of_reach_hold() -> None:
    for parser in parsers():
        assert parser.conflict_handler == "error"
        assert not any(group.required for group in parser._mutually_exclusive_groups)
        for action in parser._actions:  # of a type the translations say: a whole number
            assert action.nargs not in ("?", 1)
            assert action.type in (None, Path, int, serve._port)
            assert not getattr(action, "deprecated", False)


def test_argparse_has_its_own_words_again_afterwards() -> None:
    before = vars(argparse)["_"], vars(argparse)["ngettext"]
    asking.read(cli.parser(), ["check"], Language("kk"))
    cli.run(["check", "--fast"])
    assert (vars(argparse)["_"], vars(argparse)["ngettext"]) == before


def test_a_sentence_that_no_catalogue_has_stays_english() -> None:
    with asking._argparse_saying(translator(Language("kk"))):
        own = vars(argparse)
        assert own["_"]("said by a Python of tomorrow: %s") == "said by a Python of tomorrow: %s"
        assert own["_"](None) is None  # in 3.11, for a list of commands without a description
        assert own["ngettext"]("%s day", "%s days", 2) == "%s days"
