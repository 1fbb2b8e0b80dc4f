#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Scan in a GitHub job: annotations, a summary, reports in a folder, and outputs. The job fails in a later step, once the
# reports are kept.
#
#   SOURCES              what to scan, one a line
#   FORMATS              more reports, one a line, each FORMAT=NAME
#   REPORTS              folder for reports (default: debar-report)
#   DEBAR_*              options of debar scan
#   GITHUB_OUTPUT        the file that outputs are written to
#   GITHUB_STEP_SUMMARY  the file that the summary is added to
set -euo pipefail

reports=${REPORTS:-debar-report}

refuse() {
  echo "::error title=debar::$1"
  exit 2
}

# Yield each line without the blanks around it, and no empty ones.
lines() {
  sed -e 's/^[[:space:]]*//' -e 's/[[:space:]]*$//' -e '/^$/d' <<<"${1:-}"
}

case $reports in
  *$'\n'* | '' | -*) refuse "reports: a folder is one line, and does not begin with a hyphen" ;;
esac

sources=()
while IFS= read -r source; do
  # A hyphen would be an option, or standard input, which nobody writes to here.
  case $source in -*) refuse "sources: $source begins with a hyphen; write ./$source" ;; esac
  sources+=("$source")
done < <(lines "${SOURCES:-}")
[ ${#sources[@]} -gt 0 ] || refuse "sources: nothing is named"

outputs=(-o github -o "json=$reports/debar.json" -o "sarif=$reports/debar.sarif" -o "github-summary=$reports/summary.md")
while IFS= read -r format; do
  case $format in
    -* | */* | =* | *=) refuse "formats: $format is not FORMAT=NAME, with a name and no folder" ;;
    *=*) outputs+=(-o "${format%%=*}=$reports/${format#*=}") ;;
    *) refuse "formats: $format is not FORMAT=NAME" ;;
  esac
done < <(lines "${FORMATS:-}")

mkdir -p "$reports"
code=0
debar scan "${outputs[@]}" "${sources[@]}" || code=$?

case $code in
  0) verdict=clear ;;
  1) verdict=due ;;
  3) verdict=unread ;;
  *) verdict=broken ;;
esac
{
  echo "exit-code=$code"
  echo "verdict=$verdict"
} >>"$GITHUB_OUTPUT"
# Where the scan could not even begin, what lies there is of an earlier one, or nothing.
if [ $code -eq 0 ] || [ $code -eq 1 ] || [ $code -eq 3 ]; then
  [ ! -f "$reports/summary.md" ] || cat "$reports/summary.md" >>"$GITHUB_STEP_SUMMARY"
  [ ! -f "$reports/debar.json" ] || echo "json=$reports/debar.json" >>"$GITHUB_OUTPUT"
  [ ! -f "$reports/debar.sarif" ] || echo "sarif=$reports/debar.sarif" >>"$GITHUB_OUTPUT"
fi
