# SPDX-License-Identifier: Apache-2.0
"""Promises about the exchange of indicators as STIX 2.1: what goes out is valid, and comes back as it was."""

import io
import json
from pathlib import Path
from typing import Any

import pytest
import stix2

import composed
from debar.errors import RegisterError
from debar.match.compile import compile_index
from debar.match.kernel import meet
from debar.model.inventory import Indicator
from debar.model.vocab import Kind, Operator
from debar.register import Register, own, stix
from debar.writers.register import Part
from debar.writers.register.stix import write

ROOT = Path(__file__).parents[3]
SHIPPED = composed.shipped()


def exported(*parties: str) -> dict[str, Any]:
    """Give the bundle of some parties, or of all."""
    chosen = tuple(SHIPPED.parties[id_] for id_ in parties) or tuple(SHIPPED.parties.values())
    out = io.StringIO()
    write(
        Part(
            register=SHIPPED,
            measures=(),
            provisions=frozenset(),
            parties=chosen,
            on="2026-01-01",
            narrowed={"party": parties[0]} if parties else {},
        ),
        out,
    )
    bundle: dict[str, Any] = json.loads(out.getvalue())
    return bundle


WHOLE = exported()
INDICATORS = [o for o in WHOLE["objects"] if o["type"] == "indicator"]


def of(id_: str) -> Indicator:
    """Give a shipped indicator."""
    return next(i for i in SHIPPED.indicators if i.id == id_)


def test_a_bundle_is_what_the_standard_asks_for() -> None:
    """The reference library of the standard's makers reads every object and parses every pattern."""
    bundle = stix2.parse(json.dumps(exported("kaspersky")))
    assert {"extension-definition", "identity", "indicator", "relationship"} == {o.type for o in bundle.objects}
    assert {"stix", "debar"} == {o.pattern_type for o in bundle.objects if o.type == "indicator"}


def test_the_same_register_gives_the_same_bytes() -> None:
    """Identifiers are derived and days are those of the release, so that a bundle can be compared."""
    assert WHOLE == exported()


def test_what_went_out_comes_back_as_it_was() -> None:
    """Every indicator of the register survives the way there and back whole."""
    found, faults = stix.indicators(json.dumps(WHOLE).encode(), SHIPPED)
    assert [] == faults
    assert sorted(SHIPPED.indicators, key=lambda i: i.id) == sorted((i for _, i in found), key=lambda i: i.id)


def test_a_pattern_says_the_same_to_others() -> None:
    """Without the extension, a pattern still meets each example of its indicator, and no counterexample."""
    patterned = [o for o in INDICATORS if o["pattern_type"] == "stix"]
    assert len(patterned) > 100
    for written in patterned:
        plain = {name: value for name, value in written.items() if name != "extensions"}
        found, faults = stix.indicators(json.dumps({"type": "bundle", "objects": [plain]}).encode(), SHIPPED)
        assert [] == faults
        source = of(written["name"])
        index = compile_index([i for _, i in found])
        kind = found[0][1].kind
        assert all(meet(index.tables[kind], example) for example in source.examples), source.id
        assert not any(meet(index.tables[kind], c) for c in source.counterexamples), source.id


def foreign(pattern: str, **more: Any) -> dict[str, Any]:
    """Give an indicator as others write it."""
    return {
        "type": "indicator",
        "spec_version": "2.1",
        "id": "indicator--8e2e2d2b-17d4-4cbf-938f-98ee46b3cd3f",
        "created": "2024-01-01T00:00:00Z",
        "modified": "2024-01-01T00:00:00Z",
        "pattern": pattern,
        "pattern_type": "stix",
        "valid_from": "2024-01-01T00:00:00Z",
        "labels": ["debar-party:kaspersky"],
        **more,
    }


def read(*objects: dict[str, Any]) -> tuple[list[Indicator], list[str]]:
    """Give what a bundle of objects comes to."""
    found, faults = stix.indicators(json.dumps({"type": "bundle", "objects": objects}).encode(), SHIPPED)
    return [i for _, i in found], faults


@pytest.mark.parametrize(
    ("pattern", "kind", "operator", "value"),
    [
        ("[domain-name:value = 'a.example']", Kind.DOMAIN, Operator.EQUALS, "a.example"),
        ("[ domain-name:value LIKE '%.a.example' ]", Kind.DOMAIN, Operator.SUFFIX, "a.example"),
        ("[ipv4-addr:value ISSUBSET '192.0.2.0/24']", Kind.IP, Operator.WITHIN, "192.0.2.0/24"),
        ("[ipv6-addr:value = '2001:db8::1']", Kind.IP, Operator.EQUALS, "2001:db8::1"),
        ("[autonomous-system:number = 64500]", Kind.ASN, Operator.EQUALS, "AS64500"),
        ("[file:name MATCHES '^kl.*\\\\.sys$']", Kind.FILE, Operator.REGEX, "^kl.*\\.sys$"),
        ("[file:name LIKE 'kl%.sys']", Kind.FILE, Operator.REGEX, "^kl.*\\.sys$"),
        ("[software:vendor = 'O\\'Neil']", Kind.PUBLISHER, Operator.EQUALS, "O'Neil"),
        ("[file:name IN ('a.exe', 'b.exe')]", Kind.FILE, Operator.EQUALS, "b.exe"),
        ("[file:name = 'a'] OR [process:name = 'b']", Kind.PROCESS, Operator.EQUALS, "b"),
    ],
)
def test_patterns_of_others_are_read(pattern: str, kind: Kind, operator: Operator, value: str) -> None:
    """A comparison becomes the operator that says the same, with the text that was escaped."""
    found, faults = read(foreign(pattern))
    assert [] == faults
    assert (kind, operator, value) in [(i.kind, i.operator, v) for i in found for v in i.patterns]


@pytest.mark.parametrize(
    ("pattern", "said"),
    [
        ("[file:name = 'a' AND file:size = 3]", "joined by OR"),
        ("[file:name = 'a'] FOLLOWEDBY [file:name = 'b']", "joined by OR"),
        ("[file:name != 'a']", "joined by OR"),
        ("[NOT file:name = 'a']", "joined by OR"),
        ("[file:name = 'a'] WITHIN 5 SECONDS", "joined by OR"),
        ("[mutex:name = 'a']", "no equal"),
        ("[file:name = 'a", "joined by OR"),
        ("", "empty"),
    ],
)
def test_what_cannot_be_said_here_is_refused(pattern: str, said: str) -> None:
    """Half of a condition would find too much, so all of it is refused, and the fault says what and where."""
    found, (fault,) = read(foreign(pattern))
    assert [] == found
    assert fault.startswith("/objects/0: ") and said in fault


def test_nothing_of_others_is_proof() -> None:
    """However sure its author is, an indicator of others is strong at most; without a word it is moderate."""
    levels = [read(foreign("[file:name = 'a']", confidence=c))[0][0].level for c in (100, 60, 30, 0)]
    assert ([4, 3, 2, 1], 3) == (levels, read(foreign("[file:name = 'a']"))[0][0].level)


def test_a_party_is_named_by_a_label_or_by_an_identity() -> None:
    """Who it points to stands in a label, or in an identity that it is related to, by any name the register knows."""
    identity = {"type": "identity", "id": "identity--1", "name": "Kaspersky Lab"}
    related = {"type": "relationship", "source_ref": foreign("")["id"], "target_ref": "identity--1"}
    (found,), _ = read(foreign("[file:name = 'a']", labels=[]), identity, related)
    assert "kaspersky" == found.party
    assert "names no party" in read(foreign("[file:name = 'a']", labels=[]))[1][0]
    assert "not in the register" in read(foreign("[file:name = 'a']", labels=["debar-party:nobody"]))[1][0]


def test_what_was_withdrawn_is_left_out() -> None:
    """A revoked indicator points to nothing any more."""
    assert ([], []) == read(foreign("[file:name = 'a']", revoked=True))


@pytest.mark.parametrize(
    "content", ["", "[]", "{}", '{"type":"bundle"}', '{"type":"bundle","objects":3}', "[" * 9000, "\0"]
)
def test_what_is_no_bundle_is_said_to_be_none(tmp_path: Path, content: str) -> None:
    """A file that is something else is a fault with its name, and never a crash."""
    file = tmp_path / "some.json"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(RegisterError) as raised:
        own.with_indicators(SHIPPED, [file])
    assert "some.json" in str(raised.value)


def added(tmp_path: Path, text: str, name: str = "own.yaml") -> Register:
    """Give the register with the indicators of one file."""
    (tmp_path / name).write_text(text, encoding="utf-8")
    return own.with_indicators(SHIPPED, [tmp_path])


OWN = """\
- id: our-appliance
  party: kaspersky
  kind: name
  operator: phrase
  patterns: [Mail Guard 3000]
  level: 4
  meaning: embedded
  examples: [Mail Guard 3000 rev B]
  counterexamples: [Mail Guard]
  falsepositives: None known.
  grade: secondary
  references: [the maker's data sheet of 2021]
"""


def test_own_indicators_stand_beside_the_shipped_ones(tmp_path: Path) -> None:
    """They are the same data; the digest changes with them, and the report names where they are from."""
    wider = added(tmp_path, OWN)
    assert {"our-appliance"} == {i.id for i in wider.indicators} - {i.id for i in SHIPPED.indicators}
    assert SHIPPED.sha256 != wider.sha256 != added(tmp_path, OWN.replace("3000", "4000")).sha256
    assert tmp_path.name in wider.added


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (OWN.replace("party: kaspersky", "party: kasperski"), "own.yaml:2: party 'kasperski' is not in the register"),
        (OWN.replace("level: 4", "level: 7"), "own.yaml:6: level 7"),
        (
            OWN.replace("our-appliance", "kaspersky-purl-npm-scope"),
            "own.yaml:1: id 'kaspersky-purl-npm-scope' is taken",
        ),
        (OWN.replace("phrase", "fuzzy"), "own.yaml:4: "),
        (OWN.replace("phrase", "regex").replace("[Mail Guard 3000]", "['(']"), "own.yaml:5: "),
        (OWN + OWN.replace("level: 4", "level: 3"), "own.yaml:13: id 'our-appliance' is taken"),
    ],
)
def test_a_fault_is_named_with_file_and_line(tmp_path: Path, text: str, said: str) -> None:
    """Somebody who writes the first indicator of their own sees what to mend."""
    with pytest.raises(RegisterError) as raised:
        added(tmp_path, text)
    assert said in str(raised.value)


def test_what_was_exported_can_be_given_back(tmp_path: Path) -> None:
    """Indicators that the register has word for word add nothing and are no fault."""
    assert SHIPPED.indicators == added(tmp_path, json.dumps(exported("kaspersky")), "back.json").indicators


def test_an_empty_folder_is_no_silence(tmp_path: Path) -> None:
    """Who names a folder without indicators hears of it."""
    with pytest.raises(RegisterError, match=r"has no \.yaml or \.json file"):
        own.with_indicators(SHIPPED, [tmp_path])
