# SPDX-License-Identifier: Apache-2.0
"""Each disagreement between the parts of a proof is told by itself, whoever made them and whatever was signed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from debar.proof import agreement, evidence, log
from debar.proof.held import Part, in_folder, of_bytes
from debar.proof.statement import Statement, opened

if TYPE_CHECKING:
    from pathlib import Path

    from debar.proof.log import Chain

replace = msgspec.structs.replace


class Whole:
    """A proof taken apart, to be put together wrongly."""

    def __init__(self, proof: Path) -> None:
        """Take the folder of an intact proof."""
        self.parts: dict[str, Part] = dict(in_folder(proof).parts)
        self.statement: Statement = opened((proof / evidence.ENVELOPE).read_bytes()).statement
        self.chain: Chain = log.read((proof / evidence.LOG).read_bytes())

    def faults(self) -> list[str]:
        """Give the disagreements."""
        return list(agreement.faults(self.statement, self.chain, self.parts))

    def predicate(self, **changed: Any) -> None:
        """Change what the statement says of the log."""
        self.statement = replace(self.statement, predicate=replace(self.statement.predicate, **changed))

    def entry(self, place: int, **changed: Any) -> None:
        """Change an entry of the log, with the chain as it is."""
        entries = list(self.chain.entries)
        entries[place] = replace(entries[place], **changed)
        self.chain = self.chain._replace(entries=tuple(entries))


@pytest.fixture
def whole(made: Path) -> Whole:
    """Give the proof, taken apart."""
    return Whole(made / "proof")


def test_an_intact_proof_agrees(whole: Whole) -> None:
    """There is nothing to tell."""
    assert whole.faults() == []


def test_statement_and_log(whole: Whole) -> None:
    """Head, number of entries and time are those of the log."""
    whole.predicate(head="f" * 64, entries=1, time="2020-01-01T00:00:00Z")
    said = " ".join(whole.faults())
    assert "is not the head that was signed" in said
    assert "and the statement says 1" in said
    assert "entry 0 is of 2024-10-02T08:00:00Z, and the statement of 2020-01-01T00:00:00Z" in said


def test_subjects_stand_once_and_in_order(whole: Whole) -> None:
    """Another order, a second time, and a name that leads elsewhere are told."""
    first, *others = whole.statement.subject
    for subject in ((*others, first), (first, first, *others)):
        whole.statement = replace(whole.statement, subject=subject)
        assert f"{evidence.ENVELOPE}: its subjects do not stand once each, in order" in whole.faults()
    whole.statement = replace(whole.statement, subject=(replace(first, name="../x"), *others))
    assert any(fault.startswith("../x: ") for fault in whole.faults())


def test_the_first_entry_names_what_it_follows(whole: Whole) -> None:
    """The hash that the chain begins with is the head of the proof that is named, or 64 zeros."""
    body = whole.chain.entries[0].body
    whole.entry(0, previous="a" * 64)
    assert any("does not carry the head" in fault for fault in whole.faults())
    whole.entry(0, previous=log.NONE, body={**body, "after": {"head": "a" * 64, "envelope": "b" * 64, "time": ""}})
    assert any("does not carry the head" in fault for fault in whole.faults())
    whole.entry(0, body={**body, "after": "yesterday"})
    assert any(fault.startswith(f"{evidence.LOG}: entry 0: ") for fault in whole.faults())


def test_sizes_and_sums(whole: Whole) -> None:
    """The log says how long each file is, and the sums list what the statement does."""
    place, entry = next((n, e) for n, e in enumerate(whole.chain.entries) if e.body.get("name") == "report.txt")
    whole.entry(place, body={**entry.body, "size": 1})
    whole.parts[evidence.SUMS] = of_bytes(b"")
    said = whole.faults()
    assert any(fault.startswith("report.txt: the log says that it has 1 bytes") for fault in said)
    assert f"{evidence.SUMS}: does not list what the statement does" in said


@pytest.mark.parametrize("name", [evidence.INPUTS, "register.json", evidence.REPORT])
@pytest.mark.parametrize("text", [b"", b"{}\n", b"[" * 100_000 + b"\n", b"null\n"])
def test_what_cannot_be_read_is_told(whole: Whole, name: str, text: bytes) -> None:
    """Whatever stands in the place of a file that has to agree, it is told and nothing is raised."""
    whole.parts[name] = of_bytes(text)
    assert f"{name}: cannot be read as what it is" in whole.faults()
    del whole.parts[name]
    assert f"{name}: is missing" in whole.faults()


def test_the_register_is_the_one_of_the_report(whole: Whole) -> None:
    """A register that fits its own digest and is not the one of the report is told."""
    text = whole.parts["register.json"].file
    assert text is not None
    content = text.read_bytes().replace(b'"age":0', b'"age":1')
    whole.parts["register.json"] = of_bytes(content)
    assert f"{evidence.REPORT}: rests on another register than register.json names" in whole.faults()


def test_every_source_of_the_report_is_an_input(whole: Whole) -> None:
    """A list of inputs that leaves out one that the report read, or has another digest for it, is told."""
    inputs = [entry for entry in whole.chain.entries if entry.kind == log.INPUT]
    short = msgspec.json.encode([inputs[0].body], order="sorted") + b"\n"
    whole.parts[evidence.INPUTS] = of_bytes(short)
    said = whole.faults()
    assert f"{evidence.INPUTS}: does not list the inputs that the log names" in said
    assert f"{evidence.INPUTS}: does not hold {inputs[1].body['path']} as the report read it" in said
    other = msgspec.json.encode([{**one.body, "sha256": "0" * 64} for one in inputs], order="sorted") + b"\n"
    whole.parts[evidence.INPUTS] = of_bytes(other)
    assert f"{evidence.INPUTS}: does not hold {inputs[0].body['path']} as the report read it" in whole.faults()


def test_a_copy_belongs_to_an_input(whole: Whole) -> None:
    """A copy that no input names, and one that is named and not there, are told."""
    whole.parts["inputs/0"] = of_bytes(b"x")
    assert "inputs/0: is the copy of no input" in whole.faults()
    inputs = [{**e.body, "copy": f"inputs/{e.body['sha256']}"} for e in whole.chain.entries if e.kind == log.INPUT]
    whole.parts[evidence.INPUTS] = of_bytes(msgspec.json.encode(inputs, order="sorted") + b"\n")
    path = inputs[0]["path"]
    assert f"{evidence.INPUTS}: the copy of {path} is not there under its digest" in whole.faults()


def test_the_log_counts_what_the_report_holds(whole: Whole) -> None:
    """Register, findings and forms of which the log says something else are told, and a form that it does not name."""
    for kind, name in (("register", "register.json"), ("findings", evidence.REPORT), ("form", "forms/")):
        place = next(n for n, entry in enumerate(whole.chain.entries) if entry.kind == kind)
        before = whole.chain
        body = {key: 99 if isinstance(value, int) else value for key, value in whole.chain.entries[place].body.items()}
        whole.entry(place, body=body)
        said = [fault for fault in whole.faults() if "the log says something else of it" in fault]
        assert [fault.startswith(name) for fault in said] == [True], kind
        whole.chain = before
    whole.parts["forms/other.json"] = of_bytes(b"{}\n")
    assert "forms/other.json: the log and the files disagree about it" in whole.faults()


@pytest.mark.parametrize("time", ["yesterday", "2024-10-02", "2024-10-02T08:00:00+00:00", "2024-10-02T10:00:00+02:00"])
def test_the_time_is_an_instant(whole: Whole, time: str) -> None:
    """Anything else is no time of a proof, whoever signed it."""
    whole.predicate(time=time)
    assert f"{evidence.ENVELOPE}: its time {time!r} is no instant in UTC" in whole.faults()
