# SPDX-License-Identifier: Apache-2.0
"""The methods of the client: one for each thing that people and programs ask of an organisation."""

from __future__ import annotations

import time
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Self, TypeVar
from urllib.parse import quote

from debar.client import calling, sending
from debar.errors import DebarError, UsageError
from debar.model.deeds import (
    Addition,
    Ask,
    Done,
    InUse,
    Paper,
    Planned,
    PlanRow,
    Proof,
    Recording,
    Request,
    StoryRow,
    StoryTold,
)
from debar.model.exchanged import MadeKey, Reached
from debar.model.intake import Chosen
from debar.model.measures import Organisation
from debar.model.named import Catalog, MatchResponse
from debar.model.portfolio import Caller, Change, Folder, Job, Key, Member, Page, Remark, Tenant, Upload
from debar.model.results import OpenQuestion, Report, Run
from debar.model.viewed import (
    AssetRow,
    CoverageTold,
    ExposureRow,
    ExposureTold,
    GroupRow,
    MeasureRow,
    Overview,
    Owed,
    PartyRow,
    SourceRow,
    SummaryRow,
)
from debar.model.vocab.portfolio import JobState, Role

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    import httpx2

T = TypeVar("T")
_OVER = frozenset({JobState.DONE, JobState.FAILED, JobState.CANCELLED})
_LOOK, _SELDOM = 0.5, 5.0
"""Seconds between two looks at a job: at first, and later."""


class Client:
    """A service, asked with a key; the organisation is the one that the key opens, unless another is named.

    Lists are iterators over all pages; their keyword arguments are the parameters that the document of the API names, such as
    `status="prohibited"` or `as_of="2027-01-31"`. ProblemError tells what the service refuses.
    """

    def __init__(
        self,
        url: str,
        key: str,
        *,
        organisation: str = "",
        timeout: float = 30.0,
        retries: int = calling.RETRIES,
        ca: str = "",
        transport: httpx2.BaseTransport | None = None,
    ) -> None:
        """Take where the service is and a key of it; nothing is asked yet."""
        self._calls = calling.Calls(url, key, timeout=timeout, retries=retries, ca=ca, transport=transport)
        self._organisation = organisation

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._calls.close()

    # who asks

    def me(self) -> Caller:
        """Say who asks, and what they may."""
        return self._calls.ask("GET", f"{calling.BASE}/me", Caller)

    @property
    def organisation(self) -> str:
        """Give the id of the organisation; UsageError where whoever asks is a member of several and none was named."""
        if not self._organisation:
            roles = self.me().roles
            if len(roles) != 1:
                raise UsageError("which organisation is meant is not said", hint=f"one of: {', '.join(sorted(roles))}")
            self._organisation = next(iter(roles))
        return self._organisation

    def organisations(self, **days: str) -> tuple[SummaryRow, ...]:
        """List the organisations of whoever asks, with the figures of each."""
        return self._calls.ask("GET", f"{calling.BASE}/organisations", Page[SummaryRow], query=days).items

    def tenant(self) -> Tenant:
        """Give the organisation with what is known of it."""
        return self._get(Tenant)

    def set_facts(self, facts: Organisation) -> Organisation:
        """Say what is known of the organisation."""
        return self._calls.ask("PUT", self._path("facts"), Organisation, sent=facts)

    def members(self) -> Iterator[Member]:
        """List members."""
        return self._list(Page[Member], {}, "members")

    def add_member(self, email: str, role: Role | str, name: str = "") -> Member:
        """Make somebody a member."""
        return self._post(Member, {"email": email, "role": str(role), "name": name}, "members")

    def keys(self) -> Iterator[Key]:
        """List keys."""
        return self._list(Page[Key], {}, "keys")

    def make_key(self, name: str, role: Role | str, expires: str) -> MadeKey:
        """Make a key, as somebody who is signed in: a key makes none."""
        return self._post(MadeKey, {"name": name, "role": str(role), "expires": expires}, "keys")

    def revoke_key(self, prefix: str) -> None:
        """Have a key open nothing from now on."""
        self._delete("keys", prefix)

    def folders(self) -> Iterator[Folder]:
        """List the folders of the server that are looked through."""
        return self._list(Page[Folder], {}, "folders")

    def changes(self, **asked: Any) -> Iterator[Change]:  # noqa: ANN401 - parameters of the list
        """List what was changed, the newest first."""
        return self._list(Page[Change], asked, "audit")

    # what is there

    def overview(self, **days: str) -> Overview:
        """Say how it stands."""
        return self._get(Overview, "overview", **days)

    def coverage(self, **days: str) -> CoverageTold:
        """Say what was and what was not looked at."""
        return self._get(CoverageTold, "coverage", **days)

    def questions(self, **days: str) -> Iterator[OpenQuestion]:
        """List what nobody has answered."""
        return self._list(Page[OpenQuestion], days, "questions")

    def exposures(self, **asked: Any) -> Iterator[ExposureRow]:  # noqa: ANN401
        """List exposures."""
        return self._list(Page[ExposureRow], asked, "exposures")

    def exposure_groups(self, by: str, **asked: Any) -> Iterator[GroupRow]:  # noqa: ANN401
        """List groups of exposures."""
        return self._list(Page[GroupRow], {"by": by, **asked}, "exposures", "groups")

    def exposure(self, id_: str, **days: str) -> ExposureTold:
        """Give one exposure with everything that is known of it."""
        return self._get(ExposureTold, "exposures", id_, **days)

    def remark(self, exposure: str, text: str) -> Remark:
        """Write a remark under an exposure."""
        return self._post(Remark, {"text": text}, "exposures", exposure, "remarks")

    def remarks(self, exposure: str, **days: str) -> Iterator[Remark]:
        """List what people wrote under an exposure."""
        return self._list(Page[Remark], days, "exposures", exposure, "remarks")

    def assets(self, **asked: Any) -> Iterator[AssetRow]:  # noqa: ANN401
        """List assets."""
        return self._list(Page[AssetRow], asked, "assets")

    def parties(self, **asked: Any) -> Iterator[PartyRow]:  # noqa: ANN401
        """List parties of which something is there."""
        return self._list(Page[PartyRow], asked, "parties")

    def measures(self, **asked: Any) -> Iterator[MeasureRow]:  # noqa: ANN401
        """List measures that reach or ask something."""
        return self._list(Page[MeasureRow], asked, "measures")

    def obligations(self, **asked: Any) -> Iterator[Owed]:  # noqa: ANN401
        """List what is to be done."""
        return self._list(Page[Owed], asked, "obligations")

    def sources(self, **asked: Any) -> Iterator[SourceRow]:  # noqa: ANN401
        """List what was read, and what could not be."""
        return self._list(Page[SourceRow], asked, "sources")

    def runs(self) -> Iterator[Run]:
        """List the runs that were kept, the newest first."""
        return self._list(Page[Run], {}, "runs")

    def make_run(self) -> Job:
        """Have a run made of everything that is there now."""
        return self._post(Job, None, "runs")

    def report(self, **days: str) -> Report:
        """Give the whole report of a day."""
        return self._get(Report, "report", **days)

    def register(self, **days: str) -> InUse:
        """Say which register answers."""
        return self._get(InUse, "register", **days)

    def additions(self) -> Iterator[Addition]:
        """List the files that the organisation adds to the register."""
        return self._list(Page[Addition], {}, "register", "additions")

    # what is sent

    def upload(
        self, file: Path | str | IO[bytes], name: str = "", told: Callable[[int], None] = lambda _: None
    ) -> Upload:
        """Send a file, unless the service has it already, and give the upload; `told` hears of the bytes that went."""
        if isinstance(file, str):
            file = Path(file)
        if not isinstance(file, Path):
            if not name:
                raise UsageError("what is sent has no name", hint="name it")
            return sending.sent(self._calls, self._path(), file, name, told)
        name = name or file.name
        found = sending.known(self._calls, self._path(), sending.digest(file), name)
        return found or sending.sent(self._calls, self._path(), file, name, told)

    def uploads(self, **asked: Any) -> Iterator[Upload]:  # noqa: ANN401
        """List uploads, the newest first."""
        return self._list(Page[Upload], asked, "uploads")

    def uploaded(self, id_: str) -> Upload:
        """Give an upload."""
        return self._get(Upload, "uploads", id_)

    def remove_upload(self, id_: str) -> None:
        """Take an upload out of what counts."""
        self._delete("uploads", id_)

    def jobs(self, **asked: Any) -> Iterator[Job]:  # noqa: ANN401
        """List jobs, the newest first."""
        return self._list(Page[Job], asked, "jobs")

    def job(self, id_: str) -> Job:
        """Give a job."""
        return self._get(Job, "jobs", id_)

    def wait(self, job: Job | str, seconds: float = 3600.0, told: Callable[[Job], None] = lambda _: None) -> Job:
        """Wait until a job is over, and give it; `told` hears how far it is. DebarError where it takes longer."""
        id_ = job if isinstance(job, str) else job.id
        until, pause = time.monotonic() + seconds, _LOOK
        while (found := self.job(id_)).state not in _OVER:
            told(found)
            if time.monotonic() >= until:
                raise DebarError(f"{id_}: is not over after {seconds:.0f} seconds", hint="it goes on; look again later")
            calling.pause(pause)
            pause = min(_SELDOM, pause * 1.5)
        return found

    # what people decide and do

    def decisions(self, **asked: Any) -> Iterator[Request]:  # noqa: ANN401
        """List what was asked for."""
        return self._list(Page[Request], asked, "decisions")

    def decision(self, id_: str, **days: str) -> Request:
        """Give what was asked for together."""
        return self._get(Request, "decisions", id_, **days)

    def ask(self, wanted: Ask) -> Request:
        """Ask for a decision; another person answers."""
        return self._post(Request, wanted, "decisions")

    def reach(self, wanted: Ask) -> int:
        """Say on how many exposures a decision would be about."""
        return self._post(Reached, wanted, "decisions", "reach").exposures

    def withdraw(self, id_: str) -> Request:
        """Take back what was asked for."""
        return self._post(Request, None, "decisions", id_, "withdraw")

    def records(self, **asked: Any) -> Iterator[Done]:  # noqa: ANN401
        """List what was put on record."""
        return self._list(Page[Done], asked, "records")

    def record(self, wanted: Recording) -> Done:
        """Put on record what was done."""
        return self._post(Done, wanted, "records")

    def plans(self, **days: str) -> Iterator[PlanRow]:
        """List plans."""
        return self._list(Page[PlanRow], days, "plans")

    def make_plan(self, **wishes: Any) -> Job:  # noqa: ANN401
        """Have a plan made; the result of the job is its id."""
        return self._post(Job, wishes, "plans")

    def plan(self, id_: str) -> Planned:
        """Give a plan."""
        return self._get(Planned, "plans", id_)

    def proofs(self, **days: str) -> Iterator[Proof]:
        """List proofs."""
        return self._list(Page[Proof], days, "proofs")

    def make_proof(self, forms: Sequence[str] = (), *, with_inputs: bool = False) -> Job:
        """Have a proof made; the result of the job is its id."""
        return self._post(Job, {"forms": list(forms), "with_inputs": with_inputs}, "proofs")

    def download_proof(self, id_: str) -> bytes:
        """Give the file of a proof."""
        client, path = self._calls.opened(), self._path("proofs", id_, "content")
        return self._calls.again(lambda: client.get(path)).content

    # papers

    def papers(self, **asked: Any) -> Iterator[Paper]:  # noqa: ANN401
        """List papers."""
        return self._list(Page[Paper], asked, "papers")

    def stories(self) -> Iterator[StoryRow]:
        """List the stories that papers tell."""
        return self._list(Page[StoryRow], {}, "stories")

    def story(self, id_: str) -> StoryTold:
        """Give one story."""
        return self._get(StoryTold, "stories", id_)

    def choose(self, story: str, line: str, choice: str, *, value: str = "", reason: str = "") -> Chosen:
        """Keep what somebody chose for a line of a draft."""
        sent = {"line": line, "choice": choice, "value": value, "reason": reason}
        return self._post(Chosen, sent, "stories", story, "choices")

    # names

    def match(self, names: Mapping[str, str], dataset: str = "register", **options: Any) -> MatchResponse:  # noqa: ANN401
        """Say whom names may mean; they are given by whatever the answers are to be called."""
        queries = {id_: {"schema": "LegalEntity", "properties": {"name": [name]}} for id_, name in names.items()}
        path = self._path("match", dataset)
        return self._calls.ask("POST", path, MatchResponse, query=options, sent={"queries": queries})

    def catalog(self) -> Catalog:
        """List the lists that can be asked."""
        return self._get(Catalog, "catalog")

    def _path(self, *parts: str) -> str:
        inside = (quote(part, safe="") for part in (self.organisation, *parts))
        return f"{calling.BASE}/organisations/{'/'.join(inside)}"

    def _get(self, kind: type[T], *parts: str, **query: Any) -> T:  # noqa: ANN401 - whatever the operation takes
        return self._calls.ask("GET", self._path(*parts), kind, query=query)

    def _post(self, kind: type[T], sent: object, *parts: str) -> T:
        return self._calls.ask("POST", self._path(*parts), kind, sent=sent)

    def _delete(self, *parts: str) -> None:
        self._calls.ask("DELETE", self._path(*parts), type(None))

    def _list(self, kind: Any, query: Mapping[str, Any], *parts: str) -> Iterator[Any]:  # noqa: ANN401 - a page of anything
        path = self._path(*parts)
        return calling.pages(lambda token: self._calls.ask("GET", path, kind, query={**query, "page_token": token}))
