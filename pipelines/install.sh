#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Install debar from this checkout into an environment of its own, and put it on the path of the steps that follow.
#
#   PYTHON       the Python to install with (default: python3)
#   RUNNER_TEMP  where the environment is made
#   GITHUB_PATH  the file that names folders of commands
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
python=${PYTHON:-python3}
home=$RUNNER_TEMP/debar

if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
  echo "::error title=debar::needs Python 3.11 or newer; put a step with actions/setup-python before it"
  exit 4
fi
"$python" -m venv "$home"
bin=$home/bin
[ -d "$bin" ] || bin=$home/Scripts
"$bin/python" -m pip install --quiet --disable-pip-version-check --constraint "$root/constraints.txt" "$root"
echo "$bin" >>"$GITHUB_PATH"
