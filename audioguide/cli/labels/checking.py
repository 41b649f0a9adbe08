"""`audioguide labels check`: follow every printed code over the network, as a phone does."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from audioguide.cli.terminal import Bar, Terminal
from audioguide.operations.opening import open_guide
from audioguide.operations.pack import bring_pack
from audioguide.settings import Settings

if TYPE_CHECKING:
    from audioguide.errors import Finding
    from audioguide.languages import Languages
    from audioguide.services.labels.link_check import PrintedPayload, Report, Resolved


def add_to(actions: Any) -> None:
    """Add the action."""
    parser = actions.add_parser(
        "check",
        help="check that every printed label leads to a page with sound",
        description="Follow every printed code in every language. Status 1 if anything is found.",
        example="labels check --base http://127.0.0.1:8000",
    )
    parser.add_argument(
        "--base", metavar="ADDRESS", help="ask there, and not at the address that was printed"
    )
    parser.add_argument("--json", action="store_true", help="print the result as JSON")
    parser.set_defaults(run=run)


def run(asked: argparse.Namespace, settings: Settings, terminal: Terminal) -> int:
    """Check; 1 where anything needs doing."""
    from audioguide.services import museum_languages  # noqa: PLC0415
    from audioguide.services.labels import link_check, register  # noqa: PLC0415

    opened = open_guide(settings, terminal.problem)
    bring_pack(opened)
    with opened.database.reading() as session:
        printed = link_check.printed_payloads(session, asked.base)
        wrong = register.wall_findings(session, settings.base_url)
        languages = museum_languages.of_museum(session)
    report = _resolve(printed, languages, terminal, as_json=asked.json)
    findings = (*report.findings, *wrong)
    if asked.json:
        terminal.json(
            {
                "ok": not findings,
                "labels": [_record(each) for each in report.resolved],
                "findings": [_finding(each) for each in findings],
            }
        )
    else:
        _tell(report.resolved, findings, languages, terminal)
    return 1 if findings else 0


def _resolve(
    printed: Sequence[PrintedPayload], languages: Languages, terminal: Terminal, *, as_json: bool
) -> Report:
    """Follow every address; a machine that reads JSON is shown no progress."""
    from audioguide.services.labels import link_check  # noqa: PLC0415

    if as_json:
        return link_check.resolve(printed, lambda _done: None, languages)
    bar = Bar(terminal, len(printed))
    report = link_check.resolve(printed, bar.show, languages)
    bar.clear()
    return report


def _tell(
    resolved: tuple[Resolved, ...],
    findings: tuple[Finding, ...],
    languages: Languages,
    terminal: Terminal,
) -> None:
    if not resolved:
        terminal.line("No label has been printed for the wall yet.")
    for each in resolved:
        terminal.plain(_row(each, languages))
    for finding in findings:
        terminal.plain(f"! {terminal.finding(finding)}")
    if resolved:
        terminal.line(
            "Printed addresses: {count}, all in order: {good}. Findings: {findings}.",
            count=len(resolved),
            good=sum(each.is_good for each in resolved),
            findings=len(findings),
        )


def _row(each: Resolved, languages: Languages) -> str:
    number = "" if each.printed.number is None else str(each.printed.number)
    answers = {answer.language: answer for answer in each.answers}
    columns = "  ".join(
        f"{language} {answers[language].sign if language in answers else '–':5}"
        for language in languages
    )
    return f"{number:>4}  {each.printed.code or '':5}  {columns}  {each.printed.address}"


def _record(each: Resolved) -> dict[str, Any]:
    return {
        "number": each.printed.number,
        "code": each.printed.code,
        "payload": each.printed.payload,
        "address": each.printed.address,
        "ok": each.is_good,
        "answers": {
            str(answer.language): {
                "ok": answer.is_good,
                "status": answer.status,
                "page": answer.page,
                "has_sound": answer.has_sound,
            }
            for answer in each.answers
        },
    }


def _finding(each: Finding) -> dict[str, str]:
    return {
        "grade": each.grade,
        "where": each.where,
        "what": str(each.what),
        "do": str(each.do),
    }
