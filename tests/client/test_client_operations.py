# SPDX-License-Identifier: Apache-2.0
"""The client has a method for every operation of the API, which asks for exactly that and takes the answer for what it is."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, get_type_hints
from urllib.parse import unquote

import httpx2
import msgspec
import pytest

from debar.client import asked, calling
from debar.client.asking import Client
from debar.model.deeds import Ask, Recording
from debar.model.measures import Organisation
from debar.model.vocab import Verdict
from debar.web.api import OPERATIONS, sent

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from debar.web.api.declared import Operation

URL = "http://127.0.0.1:8300"
DAYS: asked.Days = {"as_of": "2027-01-31", "known_on": "2027-01-15"}
WANTED = Ask(verdict=Verdict.ACCEPTED, exposures=("exp-1",), reason="until May", expires="2027-05-31")
FILE = Path(__file__)
ELSEWHERE = {
    "send_uploads": "a form, as browsers send it: upload() sends the same as a body, and not what is there already",
    "match_names_of_key": "for screening clients that know a host alone: match() asks the same",
    "search_names_of_key": "for screening clients that know a host alone: search() asks the same",
    "read_entity_of_key": "for screening clients that know a host alone: entity() asks the same",
    "read_catalog_of_key": "for screening clients that know a host alone: catalog() asks the same",
}
"""Operations without a method of their own, and why."""
METHODS: dict[str, Callable[[Client], object]] = {
    "read_me": lambda c: c.me(),
    "set_my_password": lambda c: c.set_password("old", "new"),
    "end_my_sessions": lambda c: c.end_sessions(),
    "list_organisations": lambda c: c.organisations(**DAYS),
    "make_organisation": lambda c: c.make_organisation("Northwind", id_="northwind", admin="p-1"),
    "read_organisation": lambda c: c.tenant(),
    "rename_organisation": lambda c: c.rename("Northwind"),
    "read_facts": lambda c: c.facts(),
    "set_facts": lambda c: c.set_facts(Organisation(name="x", jurisdictions=("us",), kinds=())),
    "list_questions": lambda c: list(c.questions(**DAYS)),
    "read_overview": lambda c: c.overview(**DAYS),
    "read_coverage": lambda c: c.coverage(**DAYS),
    "list_accounts": lambda c: list(c.accounts()),
    "make_account": lambda c: c.make_account("a@b.example", "A", password="p" * 12, is_operator=True),
    "read_account": lambda c: c.account("p-1"),
    "change_account": lambda c: c.change_account("p-1", is_active=False),
    "list_tenants": lambda c: list(c.tenants()),
    "list_shared_changes": lambda c: list(c.shared_changes(by="p-1", since="2027-01-31")),
    "list_members": lambda c: list(c.members()),
    "add_member": lambda c: c.add_member("a@b.example", "viewer", "A"),
    "read_member": lambda c: c.member("p-1"),
    "set_role": lambda c: c.set_role("p-1", "analyst"),
    "remove_member": lambda c: c.remove_member("p-1"),
    "list_keys": lambda c: list(c.keys()),
    "make_key": lambda c: c.make_key("a", "viewer", "2027-01-31"),
    "read_key": lambda c: c.key("0123"),
    "revoke_key": lambda c: c.revoke_key("0123"),
    "list_uploads": lambda c: list(c.uploads(words="a", state=("done", "failed"), is_removed=True)),
    "send_upload": lambda c: c.upload(io.BytesIO(b"{}"), "a/b.json"),
    "send_known": lambda c: c.upload(FILE, "a/b.json"),
    "read_upload": lambda c: c.uploaded("up-1"),
    "download_upload": lambda c: c.download_upload("up-1", "content"),
    "remove_upload": lambda c: c.remove_upload("up-1"),
    "list_jobs": lambda c: list(c.jobs(kind="run", state="queued")),
    "follow_jobs": lambda c: next(iter(c.follow())),
    "read_job": lambda c: c.job("job-1"),
    "cancel_job": lambda c: c.cancel("job-1"),
    "repeat_job": lambda c: c.repeat("job-1"),
    "list_runs": lambda c: list(c.runs(page_size=10)),
    "make_run": lambda c: c.make_run(),
    "read_run": lambda c: c.run("run-1"),
    "compare_runs": lambda c: c.compare_runs("run-1", "latest"),
    "read_report": lambda c: c.report(**DAYS),
    "list_sources": lambda c: list(c.sources(faulty=True, **DAYS)),
    "list_exposures": lambda c: list(c.exposures(status=("prohibited", "required"), sort="due", level=3, **DAYS)),
    "group_exposures": lambda c: list(c.exposure_groups("party", aside=False, **DAYS)),
    "read_exposure": lambda c: c.exposure("exp-1", **DAYS),
    "list_remarks": lambda c: list(c.remarks("exp-1", page_size=5, **DAYS)),
    "add_remark": lambda c: c.remark("exp-1", "seen"),
    "list_assets": lambda c: list(c.assets(exposed=True, gaps=False, sort="asset", **DAYS)),
    "read_asset": lambda c: c.asset("ast-1", **DAYS),
    "list_parties": lambda c: list(c.parties(words="k", sort="status", **DAYS)),
    "read_party": lambda c: c.party("kaspersky", **DAYS),
    "list_measures": lambda c: list(c.measures(jurisdiction="us", **DAYS)),
    "read_measure": lambda c: c.measure("us-1", **DAYS),
    "list_obligations": lambda c: list(c.obligations(state="overdue", due_before="2027-01-31", **DAYS)),
    "read_obligation": lambda c: c.obligation("obl-1", **DAYS),
    "list_decisions": lambda c: list(c.decisions(state="asked", verdict="accepted", **DAYS)),
    "ask_for_decision": lambda c: c.ask(WANTED),
    "reach_of_decision": lambda c: c.reach(WANTED),
    "read_decision": lambda c: c.decision("req-1", **DAYS),
    "approve_decision": lambda c: c.approve("req-1", "yes"),
    "refuse_decision": lambda c: c.refuse("req-1", "no"),
    "withdraw_decision": lambda c: c.withdraw("req-1"),
    "end_decision": lambda c: c.end("req-1", "over", "2027-01-31"),
    "list_records": lambda c: list(c.records(state="counts", **DAYS)),
    "add_record": lambda c: c.record(Recording(duty="obl-1", found="gone")),
    "list_plans": lambda c: list(c.plans(page_size=5, **DAYS)),
    "make_plan": lambda c: c.make_plan(begins="2027-01-31", capacity=3, capacities=(2, 4), **DAYS),
    "read_plan": lambda c: c.plan("plan-1"),
    "preview_move": lambda c: c.preview_move("plan-1", ["s-1", "s-2"], "2027-01-31"),
    "pin_steps": lambda c: c.move_steps("plan-1", ["s-1", "s-2"], "2027-01-31", version=2),
    "unpin_steps": lambda c: c.put_back_steps("plan-1", ["s-1"]),
    "list_papers": lambda c: list(c.papers(words="a")),
    "send_paper": lambda c: c.send_paper(FILE, "notice.html"),
    "read_paper": lambda c: c.paper("ab"),
    "download_paper": lambda c: c.download_paper("ab", "content"),
    "remove_paper": lambda c: c.remove_paper("ab"),
    "list_stories": lambda c: list(c.stories(page_size=5)),
    "read_story": lambda c: c.story("st-1"),
    "choose": lambda c: c.choose("st-1", "l-1", "accept", reason="so it says"),
    "accept_story": lambda c: c.accept_story("st-1"),
    "read_register": lambda c: c.register(**DAYS),
    "compare_register": lambda c: c.compare_register("2026-01-01", "2027-01-01", party="kaspersky"),
    "read_law": lambda c: c.law("us-1"),
    "list_hits": lambda c: list(c.hits(**DAYS)),
    "read_hit": lambda c: c.hit("new-1"),
    "list_additions": lambda c: list(c.additions()),
    "read_addition": lambda c: c.addition("measures/us/us-example-2027.yaml"),
    "reach_of_addition": lambda c: c.addition_reach("measures/us/us-example-2027.yaml", **DAYS),
    "put_addition": lambda c: c.put_addition("measures/us/us-example-2027.yaml", "id: x\n"),
    "set_addition_status": lambda c: c.set_addition_status("measures/us/us-example-2027.yaml", "active", "read"),
    "remove_addition": lambda c: c.remove_addition("measures/us/us-example-2027.yaml"),
    "list_proofs": lambda c: list(c.proofs(**DAYS)),
    "make_proof": lambda c: c.make_proof(("form-1",), with_inputs=True, **DAYS),
    "read_signing_key": lambda c: c.signing_key(),
    "read_proof": lambda c: c.proof("proof-1"),
    "download_proof": lambda c: c.download_proof("proof-1", "content"),
    "check_proof": lambda c: c.check_proof("proof-1"),
    "verify_proof": lambda c: c.verify_proof(FILE),
    "list_folders": lambda c: list(c.folders()),
    "add_folder": lambda c: c.add_folder("/srv/evidence", 30),
    "read_folder": lambda c: c.folder("f-1"),
    "remove_folder": lambda c: c.remove_folder("f-1"),
    "list_changes": lambda c: list(c.changes(action="member.", words="a")),
    "list_hooks": lambda c: list(c.hooks()),
    "add_hook": lambda c: c.add_hook("https://a.example/", events=("run.finished",)),
    "read_hook": lambda c: c.hook("h-1"),
    "set_hook": lambda c: c.set_hook("h-1", is_active=False),
    "remove_hook": lambda c: c.remove_hook("h-1"),
    "test_hook": lambda c: c.test_hook("h-1"),
    "list_messages": lambda c: list(c.messages(hook="h-1")),
    "repeat_message": lambda c: c.repeat_message("m-1"),
    "match_names": lambda c: c.match({"q": "Kaspersky"}, limit=3, threshold=0.8, cutoff=0.4, algorithm="debar"),
    "search_names": lambda c: c.search("Kaspersky", limit=3, offset=1),
    "read_entity": lambda c: c.entity("kaspersky"),
    "read_catalog": lambda c: c.catalog(),
    "list_algorithms": lambda c: c.algorithms(),
}
"""By operation: a call of the method that asks for it."""
LISTS = {
    "list_exposures": asked.ExposuresAsked,
    "group_exposures": asked.ExposuresNarrowed,
    "list_remarks": asked.DaysPages,
    "list_assets": asked.AssetsAsked,
    "list_parties": asked.PartiesAsked,
    "list_measures": asked.MeasuresAsked,
    "list_obligations": asked.ObligationsAsked,
    "list_decisions": asked.DecisionsAsked,
    "list_records": asked.RecordsAsked,
    "list_sources": asked.SourcesAsked,
    "list_uploads": asked.UploadsAsked,
    "list_jobs": asked.JobsAsked,
    "list_papers": asked.PapersAsked,
    "list_messages": asked.MessagesAsked,
    "list_changes": asked.ChangesAsked,
    "list_shared_changes": asked.ChangesAsked,
    "list_runs": asked.Pages,
    "list_stories": asked.Pages,
    "list_plans": asked.DaysPages,
    "list_hits": asked.DaysPages,
    "list_proofs": asked.DaysPages,
}
"""By operation that is a list: what its method can be asked."""
KNOWN = {one.id: one for one in OPERATIONS}


class EndError(Exception):
    """The answer that ends a test: what was asked is known."""


class Heard(NamedTuple):
    """What was sent, and what the answer would have been taken for."""

    requests: list[httpx2.Request]
    kinds: list[Any]


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Heard:
    """Give what will have been asked; no answer comes."""
    monkeypatch.chdir(tmp_path)
    found = Heard([], [])
    asking = calling.Calls.ask

    def ask(self: calling.Calls, method: str, path: str, kind: Any, **more: Any) -> Any:
        found.kinds.append(kind)
        return asking(self, method, path, kind, **more)

    monkeypatch.setattr(calling.Calls, "ask", ask)
    return found


def asked_for(heard: Heard, call: Callable[[Client], object]) -> httpx2.Request:
    """Give the request that a call of a method makes."""

    def handle(request: httpx2.Request) -> httpx2.Response:
        request.read()
        heard.requests.append(request)
        raise EndError

    with (
        Client(URL, "k", organisation="alpha", transport=httpx2.MockTransport(handle)) as client,
        pytest.raises(EndError),
    ):
        call(client)
    return heard.requests[0]


def test_every_operation_has_a_method() -> None:
    """What the API can do the client can do, and a reason stands beside what it leaves to others."""
    assert METHODS.keys() | ELSEWHERE.keys() == KNOWN.keys()
    assert not METHODS.keys() & ELSEWHERE.keys()


class Naming:
    """What says which methods are called, and does nothing."""

    def __init__(self) -> None:
        """Begin with none."""
        self.named: set[str] = set()

    def __getattr__(self, name: str) -> Callable[..., Iterator[object]]:
        self.named.add(name)
        return lambda *_, **__: iter([None])


def test_every_method_is_of_an_operation() -> None:
    """No method asks for what the API does not have."""
    beside = {"sign_in", "sign_out", "organisation", "wait"}
    naming: Any = Naming()
    for call in METHODS.values():
        call(naming)
    assert {name for name in dir(Client) if not name.startswith("_")} == naming.named | beside


@pytest.mark.parametrize("id_", sorted(METHODS))
def test_a_method_asks_for_its_operation(heard: Heard, id_: str) -> None:
    """Method, address, parameters and body are those of the operation, and the answer is taken for what it gives."""
    one = KNOWN[id_]
    request = asked_for(heard, METHODS[id_])
    assert request.method == one.method
    path = re.sub(r"\\\{(\w+)(:path)?\\\}", lambda found: ".+" if found[2] else "[^/]+", re.escape(one.path))
    assert re.fullmatch(path, unquote(request.url.path)), (request.url.path, one.path)
    assert set(request.url.params) <= parameters(one), id_
    if one.sent is not None:
        assert isinstance(sent.decoded(request.content, one.sent), one.sent)
    else:
        assert one.raw.takes or request.content == b""
    if heard.kinds:
        assert heard.kinds == [one.gives or type(None)]
    else:
        assert one.raw.takes or one.raw.gives


def parameters(one: Operation) -> set[str]:
    """Give the parameters of an address that an operation takes."""
    fields = {field.encode_name for field in msgspec.structs.fields(one.asked)} if one.asked else set()
    more = {"sort"} if one.sorts else set()
    return (
        fields | more | ({"page_size"} if one.is_list else set()) | ({"as_of", "known_on"} if one.has_days else set())
    )


def test_every_list_is_typed() -> None:
    """Every operation that is a list stands in the table of what lists can be asked."""
    assert LISTS.keys() == {one.id for one in OPERATIONS if one.is_list}


@pytest.mark.parametrize("id_", sorted(LISTS))
def test_lists_can_be_asked_everything(id_: str) -> None:
    """The keyword arguments of a list are the parameters of its operation, each of them."""
    own = {"by"} if id_ == "group_exposures" else set()
    assert get_type_hints(LISTS[id_]).keys() == parameters(KNOWN[id_]) - own
