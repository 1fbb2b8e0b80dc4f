# SPDX-License-Identifier: Apache-2.0
"""Methods of the client about what people decide and do: decisions, records, plans, proofs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from debar.client import sending
from debar.client.organised import Organised
from debar.model.deeds import Ask, Done, Planned, PlanRow, Proof, Recording, Request
from debar.model.exchanged import Reached, SigningKey
from debar.model.portfolio import Job, Page

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Unpack

    from debar.client.asked import Days, DaysPages, DecisionsAsked, RecordsAsked
    from debar.proof.verify import Verdict


class Decided(Organised):
    """What people decide and do."""

    def decisions(self, **asked: Unpack[DecisionsAsked]) -> Iterator[Request]:
        """List what was asked for."""
        return self._list(Page[Request], asked, "decisions")

    def decision(self, id_: str, **days: Unpack[Days]) -> Request:
        """Give what was asked for together."""
        return self._get(Request, "decisions", id_, **days)

    def ask(self, wanted: Ask) -> Request:
        """Ask for a decision; another person answers."""
        return self._post(Request, wanted, "decisions")

    def reach(self, wanted: Ask) -> int:
        """Say on how many exposures a decision would be about."""
        return self._post(Reached, wanted, "decisions", "reach").exposures

    def approve(self, id_: str, answer: str = "") -> Request:
        """Approve what another person has asked for, as somebody who is signed in: no key may."""
        return self._post(Request, {"answer": answer}, "decisions", id_, "approve")

    def refuse(self, id_: str, answer: str) -> Request:
        """Refuse what another person has asked for, and say why, as somebody who is signed in."""
        return self._post(Request, {"answer": answer}, "decisions", id_, "refuse")

    def withdraw(self, id_: str) -> Request:
        """Take back what was asked for."""
        return self._post(Request, None, "decisions", id_, "withdraw")

    def end(self, id_: str, answer: str, day: str = "") -> Request:
        """End what was approved before it expires, as somebody who is signed in; `day` is the last on which it holds."""
        return self._post(Request, {"answer": answer, "day": day}, "decisions", id_, "end")

    def records(self, **asked: Unpack[RecordsAsked]) -> Iterator[Done]:
        """List what was put on record."""
        return self._list(Page[Done], asked, "records")

    def record(self, wanted: Recording) -> Done:
        """Put on record what was done."""
        return self._post(Done, wanted, "records")

    def plans(self, **asked: Unpack[DaysPages]) -> Iterator[PlanRow]:
        """List plans."""
        return self._list(Page[PlanRow], asked, "plans")

    def make_plan(
        self,
        *,
        begins: str = "",
        deadline: str = "",
        capacity: int | None = None,
        capacities: Sequence[int] = (),
        healthy_within: int = 30,
        **days: Unpack[Days],
    ) -> Job:
        """Have a plan made; the result of the job is its id."""
        wishes = {
            "begins": begins,
            "deadline": deadline,
            "capacity": capacity,
            "capacities": list(capacities),
            "healthy_within": healthy_within,
        }
        return self._post(Job, wishes, "plans", **days)

    def plan(self, id_: str) -> Planned:
        """Give a plan."""
        return self._get(Planned, "plans", id_)

    def preview_move(self, plan: str, steps: Sequence[str], day: str) -> Planned:
        """Give a plan as it would be with steps on another day, and what would come of that; nothing is kept."""
        return self._get(Planned, "plans", plan, "moved", steps=list(steps), day=day)

    def move_steps(self, plan: str, steps: Sequence[str], day: str, *, version: int | None = None) -> Planned:
        """Put steps on another day, and say what comes of that; `version` is that of the plan which was seen."""
        return self._post(Planned, {"steps": list(steps), "day": day, "version": version}, "plans", plan, "pin")

    def put_back_steps(self, plan: str, steps: Sequence[str] = (), *, version: int | None = None) -> Planned:
        """Put steps back on the days on which the plan has them; all where none is named."""
        return self._post(Planned, {"steps": list(steps), "version": version}, "plans", plan, "unpin")

    def proofs(self, **asked: Unpack[DaysPages]) -> Iterator[Proof]:
        """List proofs."""
        return self._list(Page[Proof], asked, "proofs")

    def make_proof(self, forms: Sequence[str] = (), *, with_inputs: bool = False, **days: Unpack[Days]) -> Job:
        """Have a proof made; the result of the job is its id."""
        return self._post(Job, {"forms": list(forms), "with_inputs": with_inputs}, "proofs", **days)

    def proof(self, id_: str) -> Proof:
        """Give a proof in figures."""
        return self._get(Proof, "proofs", id_)

    def download_proof(self, id_: str, to: Path | str) -> Path:
        """Put the zip file of a proof where `to` says, and give where it is."""
        return sending.saved(self._calls, self._path("proofs", id_, "content"), Path(to))

    def check_proof(self, id_: str) -> Verdict:
        """Say what a proof that was made here is worth now."""
        from debar.proof.verify import Verdict  # with all that looks at proofs, which nothing else here needs

        return self._get(Verdict, "proofs", id_, "check")

    def verify_proof(self, file: Path | str) -> Verdict:
        """Say what a proof is worth that lies in a zip file; the service keeps nothing of it."""
        from debar.proof.verify import Verdict

        return sending.posted(self._calls, self._path("proofs", "verify"), Path(file), Verdict)

    def signing_key(self) -> SigningKey:
        """Give the public key by which anybody checks whose the proofs are."""
        return self._get(SigningKey, "proofs", "key")
