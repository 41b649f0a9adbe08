"""Check format, lint, types, import contracts and tests: `python3 scripts/check.py`.

With --without-tests the tests are left out, and what they ask of the pages' scripts is asked here
(format, lint, types), if npm's packages are there; anything else is handed to pytest. Tests that
were not chosen are counted: which lines and branches they reach, with a floor. That costs time, and
--without-coverage leaves it out.
"""

import os
import shutil
import subprocess
import sys

import environment

STEPS = (
    ("format", ["ruff", "format", "--check", "."]),
    ("lint", ["ruff", "check", "."]),
    ("types", ["mypy"]),
    ("types of the scripts", ["mypy", "--no-explicit-package-bases", "scripts", ".ci"]),
    ("import contracts", ["lint-imports"]),
)
BROWSER = environment.ROOT / "tests" / "browser"
OF_NPM = ("format", "lint", "types")  # the scripts of package.json; tests ask for them, too
WITHOUT_TESTS = "--without-tests"
WITHOUT_COVERAGE = "--without-coverage"
# Of lines and branches, in per cent; what a whole run with every part of the system reports at its
# end, less one, for what depends on the moment.
LEAST_COVERED = 80


def main(given: list[str]) -> int:
    """Take every step, also after one that failed, and say at the end which did."""
    environment.prepare(environment.TEST)
    os.chdir(environment.ROOT)
    failed = []
    if WITHOUT_TESTS in given:
        failed += _look_at_scripts()
    for name, command in STEPS if WITHOUT_TESTS in given else (*STEPS, *_tests(given)):
        print(f"== {name}", flush=True)
        if environment.call(*command):
            failed.append(name)
    print("failed: " + ", ".join(failed) if failed else "all checks passed", flush=True)
    return 1 if failed else 0


def _tests(given: list[str]) -> list[tuple[str, list[str]]]:
    """Return the tests as steps, with what they reach of the program if all of them run."""
    pytest = ["pytest", "-n", "auto", "--dist", "worksteal"]
    if given:
        return [("tests", [*pytest, *(each for each in given if each != WITHOUT_COVERAGE)])]
    return [
        ("coverage of before, away", ["coverage", "erase"]),
        ("tests", ["coverage", "run", "-m", *pytest]),
        ("coverage, put together", ["coverage", "combine", "--quiet"]),
        ("coverage", ["coverage", "report", "--skip-covered", f"--fail-under={LEAST_COVERED}"]),
    ]


def _look_at_scripts() -> list[str]:
    """Return what failed of the gates for the pages' scripts, where npm's packages are there."""
    if not (BROWSER / "node_modules" / ".package-lock.json").is_file():
        print("left out: the scripts of the pages; npm ci --prefix tests/browser", flush=True)
        return []
    npm = shutil.which("npm")
    failed = []
    for name in OF_NPM:
        print("== " + name + " of the pages' scripts", flush=True)
        if npm is None or subprocess.run([npm, "run", "--silent", name], cwd=BROWSER).returncode:
            failed.append(name + " of the pages' scripts")
    return failed


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
