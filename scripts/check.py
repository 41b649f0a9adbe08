"""Check format, lint, types, import contracts and tests: `python3 scripts/check.py`."""

import argparse
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
TESTS = environment.PYTEST
STATIC = "audioguide/web/static"
# Of lines and branches, in per cent: what the tests without browsers reach, less one for what
# depends on the moment. The others prove more, and reach little besides; counted, they take twice
# as long.
LEAST_COVERED = 91
COUNTED = (
    ("coverage of before, away", ["coverage", "erase"]),
    ("tests, counted", ["coverage", "run", "-m", *TESTS]),
    ("coverage, put together", ["coverage", "combine", "--quiet"]),
    ("coverage", ["coverage", "report", "--skip-covered", f"--fail-under={LEAST_COVERED}"]),
    ("tests that the first left out", [*TESTS, "--left-out"]),
)
EVERY_CHANGE = ("tests/test_architecture.py", "tests/test_words.py")  # what any file can break


def main() -> int:
    """Take every step, also after one that failed, and say at the end which did."""
    asked, for_pytest = _asked()
    environment.prepare(environment.TEST)
    os.chdir(environment.ROOT)
    if asked.map:
        return environment.call("python", "tests/house_map.py")
    steps, failed = list(STEPS), []
    if asked.without_tests:
        failed += _look_at_scripts()
    elif asked.fast:
        changed = _changed()
        if any(path.startswith(STATIC) for path in changed):
            failed += _look_at_scripts()
        tests = _tests_of_the_change(changed)
        steps.append(("tests of the change", [*TESTS, *for_pytest, *tests]))
    elif asked.without_coverage or for_pytest:
        steps.append(("tests", [*TESTS, "--all", *for_pytest]))
    else:
        steps += COUNTED
    for name, command in steps:
        print("== " + name, flush=True)
        if environment.call(*command):
            failed.append(name)
    print("failed: " + ", ".join(failed) if failed else "all checks passed", flush=True)
    return 1 if failed else 0


def _asked() -> tuple[argparse.Namespace, list[str]]:
    parser = argparse.ArgumentParser(description=__doc__, epilog="the rest is handed to pytest")
    how = parser.add_mutually_exclusive_group()
    how.add_argument(
        "--fast", action="store_true", help="test the change at hand by the tests that mirror it"
    )
    how.add_argument(
        "--without-tests",
        action="store_true",
        help="leave the tests out, but check the pages' scripts if npm's packages are there",
    )
    how.add_argument(
        "--map", action="store_true", help="draw the house into docs/house.svg, and check nothing"
    )
    parser.add_argument(
        "--without-coverage", action="store_true", help="do not count which lines tests reach"
    )
    return parser.parse_known_args()


def _tests_of_the_change(changed: list[str]) -> list[str]:
    """Return the test files that mirror what was changed, and say of which files there are none."""
    asked = set(EVERY_CHANGE)
    for path in changed:
        found = [name for name in _tests_of(path) if (environment.ROOT / name).is_file()]
        if not found:
            print("no test mirrors " + path + "; python3 scripts/test.py --all", flush=True)
        asked.update(found)
    return sorted(asked)


def _tests_of(path: str) -> list[str]:
    """Name the tests of a changed file: the file that mirrors it, else those that speak of it."""
    folder, _, name = path.rpartition("/")
    stem = name.partition(".")[0]
    room = folder.replace("audioguide", "tests", 1)
    mirror = room + "/test_" + stem + ".py"
    if folder.split("/")[0] == "tests":
        return [path] if name.startswith("test_") else []
    if folder.split("/")[0] == "docs" or name.endswith(".md"):
        return ["tests/test_documents.py", "tests/test_true_papers.py"]
    if folder.startswith((STATIC, "audioguide/web/templates")):
        return [
            "tests/web/test_javascript.py",
            "tests/web/test_style.py",
            "tests/web/test_stops.py",
        ]
    if (environment.ROOT / mirror).is_file():
        return [mirror]
    return _git("grep", "--files-with-matches", "--word-regexp", stem, "--", room + "/test_*.py")


def _changed() -> list[str]:
    """Return what differs from the last commit or, where nothing does, what that changed."""
    changed = _git("diff", "--name-only", "HEAD") + _git("ls-files", "-o", "--exclude-standard")
    return changed or _git("diff", "--name-only", "HEAD~1")


def _git(*command: str) -> list[str]:
    try:
        ended = subprocess.run(["git", *command], capture_output=True, text=True)
    except OSError as error:
        environment.stop(2, "--fast asks git what has changed: " + str(error))
    return ended.stdout.splitlines() if ended.returncode == 0 else []


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
    sys.exit(main())
