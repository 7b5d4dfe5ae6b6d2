#!/bin/sh
# Every check, in the order of what fails soonest; all of them run, and the last line says which failed.
cd "$(dirname "$0")/.." || exit 1
failed=""
run() {
    name=$1; shift
    printf '\n== %s: %s\n' "$name" "$*"
    "$@" || failed="$failed $name"
}
run lint ruff check .
run format ruff format --check .
run types mypy
run rooms lint-imports --no-logo
run tests python -m pytest -q
run reference python scripts/build_reference.py --check
run law-lint telvet law lint
run law-test telvet law test
if [ -n "$failed" ]; then
    printf '\nfailed:%s\n' "$failed"
    exit 1
fi
printf '\nall checks passed\n'
