#!/bin/sh
# The main job on invented operators and partners: judge one inventory on two dates, show what changed between them, and
# say what of a feed may go to a partner.
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

printf '\n$ telvet share decide examples/sharing/feed.json --partner northland-cert --purpose cyber-defence --facts examples/sharing/facts.yaml --as-of 2026-06-15\n\n'
telvet share decide examples/sharing/feed.json --partner northland-cert --purpose cyber-defence --facts examples/sharing/facts.yaml --as-of 2026-06-15
