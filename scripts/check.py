"""Check format, lint, types, import contracts and tests: `python3 scripts/check.py`.

With --without-tests the tests are left out; anything else is handed to pytest.
"""

import os
import sys

import environment

STEPS = (
    ("format", ["ruff", "format", "--check", "."]),
    ("lint", ["ruff", "check", "."]),
    ("types", ["mypy"]),
    ("import contracts", ["lint-imports"]),
)
WITHOUT_TESTS = "--without-tests"


def main(given):
    """Take every step, also after one that failed, and say at the end which did."""
    environment.prepare(environment.TEST)
    os.chdir(environment.ROOT)
    tests = ("tests", ["pytest", "-n", "auto", "--dist", "worksteal", *given])
    failed = []
    for name, command in STEPS if WITHOUT_TESTS in given else (*STEPS, tests):
        print(f"== {name}", flush=True)
        if environment.call(*command):
            failed.append(name)
    print("failed: " + ", ".join(failed) if failed else "all checks passed", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
