#!/bin/sh
# Pin every dependency with hashes; the files name no index, host or path.
set -eu
cd "$(dirname "$0")/.."
export CUSTOM_COMPILE_COMMAND="make pins"
pin() {
    python -m piptools compile --quiet --generate-hashes --no-strip-extras --allow-unsafe --no-emit-index-url \
        --no-emit-find-links --no-emit-trusted-host --no-emit-options --no-config --upgrade "$@" pyproject.toml
}
pin --output-file requirements/run.txt
pin --constraint requirements/run.txt --extra evidence --output-file requirements/evidence.txt
pin --constraint requirements/run.txt --extra share --output-file requirements/share.txt
pin --constraint requirements/run.txt --extra postgres --output-file requirements/postgres.txt
pin --constraint requirements/run.txt --extra evidence --extra share --extra dev --output-file requirements/dev.txt
pin --constraint requirements/run.txt --extra bench --output-file requirements/bench.txt
# An extra is spelled as those who require it spell it: older installers take `html-clean` and `html_clean` for two.
sed -i 's/^lxml\[html-clean\]/lxml[html_clean]/' requirements/*.txt
