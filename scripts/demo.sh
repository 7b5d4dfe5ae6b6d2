#!/bin/sh
# The main job on invented operators: judge one inventory on two dates, and show what changed between them.
set -eu
cd "$(dirname "$0")/.."
EARLIER=2023-12-01
LATER=2024-01-15

assess() {
    printf '\n$ telvet assess examples/inventory.csv --operators examples/operators.yaml --overlay examples/overlays.yaml %s\n\n' "$*"
    telvet assess examples/inventory.csv --operators examples/operators.yaml --overlay examples/overlays.yaml "$@"
}

assess --as-of "$EARLIER"
assess --as-of "$LATER" --since "$EARLIER"
