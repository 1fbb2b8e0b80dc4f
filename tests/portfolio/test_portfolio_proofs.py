# SPDX-License-Identifier: Apache-2.0
"""Promises about proofs: whole, signed, each after the one before; and what was changed in one is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

import acted
import pytest
from acted import CLOCK, NOON

import staffed
import worked
from debar.errors import ForbiddenError, LimitError, NotThereError, UsageError
from debar.model.portfolio import Clock
from debar.model.vocab import Verdict
from debar.model.vocab.portfolio import Role
from debar.portfolio import asking, papers, proofs, reports
from debar.proof import held, stored, verify

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from debar.model.deeds import Proof
    from debar.portfolio.databases import Portfolio


@pytest.fixture
def portfolio(tmp_path: Path) -> Iterator[Portfolio]:
    """Give a portfolio in which something was found."""
    with acted.found(tmp_path) as found:
        yield found


def made(portfolio: Portfolio, clock: Clock = CLOCK, **more: object) -> Proof:
    """Give a new proof."""
    proofs.make(portfolio, acted.analyst(portfolio), clock, **more)  # type: ignore[arg-type]
    (said,) = [one for one in worked.at_once(portfolio) if "inputs" in one]
    assert said
    return proofs.listed(acted.admin(portfolio), Clock(as_of=clock.as_of)).items[0]


def test_a_proof_is_intact_and_by_the_key_of_the_organisation(portfolio: Portfolio) -> None:
    """Whoever has the file and the public key can check it without this program's service."""
    proof = made(portfolio)
    admin = acted.admin(portfolio)
    found = proofs.check(admin, proof.id)
    assert (found.intact, found.signed, found.proof) == (True, verify.TRUSTED, proof.id)
    assert proofs.public_key(admin)[0] == proof.key
    content = proofs.content(admin, proof.id).read_bytes()
    sent = proofs.verified(admin, [content[:1000], content[1000:]])
    assert (sent.intact, sent.signed, sent.proof) == (True, verify.TRUSTED, "")
    other = staffed.estate(portfolio, "beta-2")
    assert proofs.verified(other, [content]).signed == verify.UNTRUSTED
    with pytest.raises(NotThereError):
        proofs.content(other, proof.id)


def test_it_holds_the_report_of_the_day_and_its_inputs(portfolio: Portfolio) -> None:
    """Copies of the inputs are in it where they are asked for; each is one of the files that were sent."""
    proof = made(portfolio, with_inputs=True)
    whole = stored.read(proofs.content(acted.admin(portfolio), proof.id))
    names = set(whole.parts)
    assert {"report.json", "report.txt", "report.html", "organisation.json"} <= names
    assert len([name for name in names if name.startswith("inputs/")]) == proof.inputs == len(acted.FILES)
    assert (proof.as_of, proof.exposures) == (acted.DAY, len(acted.rows(portfolio)))


def test_each_follows_the_one_before(portfolio: Portfolio) -> None:
    """The series is told to be whole, and one that was taken out is missed."""
    three = [made(portfolio, Clock(as_of=day)) for day in ("2024-10-05", "2024-10-06", "2024-12-01")]
    admin = acted.admin(portfolio)
    verdicts = [proofs.check(admin, proof.id) for proof in three]
    assert all(verdict.intact for verdict in verdicts)
    assert [proof.after for proof in three] == ["", three[0].head, three[1].head]
    assert verify.series(verdicts) == []
    assert verify.series([verdicts[0], verdicts[2]])


def test_whatever_byte_is_changed_is_told(portfolio: Portfolio) -> None:
    """At its beginning, in the middle and at its end; cut off, and with more behind it."""
    content = proofs.content(acted.admin(portfolio), made(portfolio).id).read_bytes()
    for place in (0, 100, len(content) // 2, len(content) - 40, len(content) - 1):
        changed = bytearray(content)
        changed[place] ^= 1
        assert not proofs.verified(acted.admin(portfolio), [bytes(changed)]).intact, place
    for other in (content[:-1], content + b"\0", b"", b"PK"):
        assert not proofs.verified(acted.admin(portfolio), [other]).intact


def test_what_is_kept_here_is_checked_as_well(portfolio: Portfolio) -> None:
    """Whoever changes the file on the disk is found out."""
    proof = made(portfolio)
    file = proofs.content(acted.admin(portfolio), proof.id)
    content = bytearray(file.read_bytes())
    content[len(content) // 3] ^= 1
    file.write_bytes(content)
    found = proofs.check(acted.admin(portfolio), proof.id)
    assert not found.intact
    assert found.faults


def test_decisions_stand_in_it_with_their_papers(portfolio: Portfolio) -> None:
    """What people decided by the day is proven as it was approved, and the paper itself is there."""
    paper = papers.put(portfolio, acted.analyst(portfolio), "waiver.txt", [b"granted"])
    wanted = acted.accepted(
        min(acted.rows(portfolio)),
        verdict=Verdict.WAIVED,
        measure="us-dhs-bod-17-01",
        granted_by="DHS",
        document=paper.sha256,
    )
    request = asking.ask(portfolio, acted.analyst(portfolio), wanted, at=NOON)
    asking.approve(portfolio, acted.approver(portfolio), request, at=NOON)
    proof = made(portfolio)
    whole = stored.read(proofs.content(acted.admin(portfolio), proof.id))
    assert f"decided/{paper.sha256}" in whole.parts
    assert acted.approver(portfolio).caller.email.encode() in held.content(whole.parts["decisions.yaml"], 1 << 20)
    assert proofs.check(acted.admin(portfolio), proof.id).intact


def test_what_cannot_be_proven_is_refused(portfolio: Portfolio, monkeypatch: pytest.MonkeyPatch) -> None:
    """Forms that there are none of, days before anything was found, who may only look, and what is too large."""
    with pytest.raises(UsageError, match="no form"):
        proofs.make(portfolio, acted.analyst(portfolio), CLOCK, forms=["none"])
    with pytest.raises(UsageError, match="nothing yet"):
        proofs.make(portfolio, acted.analyst(portfolio), Clock(as_of="2020-01-01"))
    with pytest.raises(ForbiddenError):
        proofs.make(portfolio, staffed.estate(portfolio, "alpha", Role.VIEWER), CLOCK)
    with pytest.raises(NotThereError):
        reports.report(acted.admin(portfolio), Clock(as_of="2020-01-01"))
    monkeypatch.setattr(proofs, "LARGEST", 10)
    with pytest.raises(LimitError):
        proofs.verified(acted.admin(portfolio), [b"x" * 11])
