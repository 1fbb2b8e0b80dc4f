# SPDX-License-Identifier: Apache-2.0
"""Rules of a SARIF log: one for each act under a measure, with the passages behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from debar.model.vocab import Status
from debar.writers import cases, references

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from debar.model.results import Because, Report
    from debar.writers.cases import Case

LEVELS = {
    Status.PROHIBITED: "error",
    Status.LICENCE_REQUIRED: "error",
    Status.REQUIRED: "error",
    Status.UNDETERMINED: "warning",
    Status.UNAVAILABLE: "warning",
    Status.AT_RISK: "warning",
    Status.ADVISED: "note",
    Status.PROPOSED: "note",
    Status.SUSPENDED: "note",
    Status.EXEMPT: "note",
}
"""What is permitted is no result."""
UNJUDGED, SET_ASIDE = "debar/no-measure", "debar/set-aside"
"""Rules for what no measure is about, and for what somebody decided not to count."""
_OWN = {
    UNJUDGED: "A supplier's technology about which no measure of the register says anything on that day.",
    SET_ASIDE: "Something was recognised, and a person decided that it does not count.",
}
TAGS = 20
"""Of a rule, that GitHub accepts."""


def level(case: Case) -> str:
    """Give the level of a result; what is still to come warns and does not fail."""
    now = LEVELS[case.finding.status]
    return "warning" if case.time is cases.Time.LATER and now == "error" else now


def rule_id(case: Case) -> str:
    """Give the id of the rule that a case falls under; it is the same in every report."""
    return f"{case.finding.measure}/{case.finding.act}"


def rules(firsts: Mapping[str, Case], report: Report) -> list[dict[str, Any]]:
    """Give the descriptors of all rules: debar's own two first, then those of measures by the gravest case of each."""
    own = [
        {
            "id": id_,
            **{key: {"text": text} for key in ("shortDescription", "fullDescription", "help")},
            "defaultConfiguration": {"level": "note"},
        }
        for id_, text in _OWN.items()
    ]
    return own + [_rule(id_, case, report) for id_, case in firsts.items()]


def _rule(id_: str, case: Case, report: Report) -> dict[str, Any]:
    finding = case.finding
    brief = report.measures.get(finding.measure)
    title = brief.title if brief else finding.measure
    rule: dict[str, Any] = {
        "id": id_,
        "name": "".join(word.capitalize() for word in id_.replace("/", "-").replace(".", "-").split("-")),
        "shortDescription": {"text": plain(f"{finding.act}: {title}")},
        "fullDescription": {"text": plain(finding.text)},
        "help": {"text": plain(_help(case, report))},
        "defaultConfiguration": {"level": level(case)},
        "properties": {
            "tags": ["compliance", finding.act.value, *([brief.instrument.value] if brief else ())][:TAGS],
            "cite": cases.cite(report, finding.measure),
            "grade": finding.grade.value,
        },
    }
    if urls := addresses(finding.because):
        rule["helpUri"] = urls[0]
    return rule


def _help(case: Case, report: Report) -> str:
    finding = case.finding
    lines = [finding.text, finding.action, finding.consequence]
    lines += [f"Measure: {cases.cite(report, finding.measure)} [{finding.provision}], {finding.grade} source."]
    lines += [f"{because.citation} {because.url}".strip() for because in finding.because]
    return "\n".join(line for line in lines if line)


def addresses(because: Iterable[Because]) -> list[str]:
    """Give the web addresses of passages, each once."""
    return list(dict.fromkeys(url for one in because if (url := references.link(one.url))))


def plain(text: str) -> str:
    """Give a text as a message that holds neither placeholders nor links (SARIF 2.1.0, 3.11.5 and 3.11.6)."""
    for character, written in (("\\", "\\\\"), ("[", "\\["), ("]", "\\]"), ("{", "{{"), ("}", "}}")):
        text = text.replace(character, written)
    return text
