# SPDX-License-Identifier: Apache-2.0
"""Settings: who the organisation is, as questions that decide something; who may do what; keys, folders, who is told."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Annotated

import msgspec
from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.concurrency import run_in_threadpool

from debar import dates
from debar.errors import DebarError, UsageError
from debar.model.measures import Organisation
from debar.model.portfolio import Folder, Key, Member
from debar.model.vocab import AddresseeKind
from debar.model.vocab.portfolio import Role
from debar.obligations.organisation import answers
from debar.portfolio import folders, keys, membership, running, tenants, views
from debar.portfolio.register_of import register_of
from debar.register import yamlfile
from debar.register.dump import dump
from debar.web.here import Administering, Here, Reading
from debar.web.kept import kept
from debar.web.pages import showing
from debar.web.pages.sheets import sheet

router = APIRouter(prefix="/o/{organisation}")
Text = Annotated[str, Form()]
_OFFERED = [kind for kind in AddresseeKind if kind not in (AddresseeKind.ANYONE, AddresseeKind.DOMESTIC_PERSON)]
_DAYS = 90


@router.get("/settings")
@kept
def settings(request: Request, here: Reading) -> HTMLResponse:
    """Show what is known of the organisation, with the questions that would change an answer first."""
    return _facts(request, here)


def _facts(request: Request, here: Here, fault: str = "", *, text: str = "", status: int = 200) -> HTMLResponse:
    facts = here.estate.tenant.facts
    known = answers(register_of(here.estate), facts.waivers)
    questions = views.view(here.estate, here.clock).law.questions
    asked = {one.fact for one in questions}
    stated = [(fact, value, sorted(known.get(fact, ()))) for fact, value in facts.facts.items() if fact not in asked]
    return showing.page(
        request, here, "settings.html", status=status, section="settings", tab="facts", facts=facts, kinds=_OFFERED,
        questions=questions, stated=stated, fault=fault, text=text or dump(facts),
    )  # fmt: skip


@router.post("/settings")
async def save(request: Request, here: Administering) -> Response:
    """Say what is known of the organisation, by the questions of the form."""
    form = await request.form()
    return await run_in_threadpool(_save, request, here, [(name, str(value)) for name, value in form.multi_items()])


def _save(request: Request, here: Here, said: list[tuple[str, str]]) -> Response:
    before = here.estate.tenant.facts
    try:
        first = dict(reversed(said))
        places = tuple(first.get("jurisdictions", "").lower().replace(",", " ").split())
        kinds = tuple(AddresseeKind(value) for name, value in said if name == "kind" and value in set(AddresseeKind))
        facts = {**before.facts, **{name[5:]: value.strip() for name, value in said if name.startswith("fact:")}}
        called = first.get("name", "").strip() or before.name
        told = msgspec.structs.replace(
            before, name=called, jurisdictions=places, kinds=kinds, facts={name: value for name, value in facts.items() if value}
        )  # fmt: skip
        tenants.set_facts(here.portfolio, here.estate, told, register_of(here.estate))
    except DebarError as e:
        return _facts(request, here, f"{e.message}. {e.hint}.", status=422)
    running.ask(here.portfolio, here.estate)
    return showing.back(request, here, "settings", said="saved")


@router.post("/settings/file")
def save_file(request: Request, here: Administering, text: Text) -> Response:
    """Say everything that is known of the organisation, as its file has it: systems, contracts, waivers and owners too."""
    try:
        told = yamlfile.parse(text.replace("\r\n", "\n"), Organisation)
        tenants.set_facts(here.portfolio, here.estate, told, register_of(here.estate))
    except yamlfile.YamlError as e:
        return _facts(request, here, f"Line {e.line}: {e.message}.", text=text, status=422)
    except DebarError as e:
        return _facts(request, here, f"{e.message}. {e.hint}.", text=text, status=422)
    running.ask(here.portfolio, here.estate)
    return showing.back(request, here, "settings", said="saved")


@router.get("/settings/members")
@kept
def members(request: Request, here: Reading) -> HTMLResponse:
    """Show who is a member, and what each may do."""
    found = membership.members(here.portfolio, here.estate)
    return showing.page(
        request, here, "members.html", section="settings", tab="members", members=found, roles=list(Role)
    )


@router.get("/settings/members.csv")
def members_as_csv(here: Reading) -> Response:
    """Give the members as a file."""
    return sheet(here, "members", membership.members(here.portfolio, here.estate), Member)


@router.post("/settings/members")
def join(request: Request, here: Administering, email: Text, role: Text, name: Text = "") -> RedirectResponse:
    """Make somebody a member."""
    membership.join(here.portfolio, here.estate, email=email, name=name, role=_role(role))
    return showing.back(request, here, "settings", "members", said="member")


@router.post("/settings/members/{person}")
def set_role(request: Request, here: Administering, person: str, role: Text = "") -> RedirectResponse:
    """Give a member another role, or take them out."""
    membership.set_role(here.portfolio, here.estate, person, _role(role) if role else None)
    return showing.back(request, here, "settings", "members", said="member")


@router.get("/settings/keys")
def listed_keys(request: Request, here: Administering) -> HTMLResponse:
    """Show the keys of the organisation for programs."""
    return _keys(request, here)


@router.get("/settings/keys.csv")
def keys_as_csv(here: Administering) -> Response:
    """Give the keys as a file: what is known of them, as nobody keeps the keys themselves."""
    return sheet(here, "keys", keys.listed(here.portfolio, here.estate), Key)


def _keys(request: Request, here: Here, secret: str = "", fault: str = "", status: int = 200) -> HTMLResponse:
    now = datetime.now(UTC)
    return showing.page(
        request, here, "keys.html", status=status, section="settings", tab="keys", keys=keys.listed(here.portfolio, here.estate),
        roles=[role for role in Role if role is not Role.APPROVER], secret=secret, fault=fault, now=dates.present(),
        expires=(now + timedelta(days=_DAYS)).date().isoformat(), url=here.settings.url,
    )  # fmt: skip


@router.post("/settings/keys")
def make_key(request: Request, here: Administering, name: Text, role: Text, expires: Text) -> HTMLResponse:
    """Make a key, and show it this once."""
    try:
        _, secret = keys.make(here.portfolio, here.estate, name, _role(role), expires)
    except UsageError as e:
        return _keys(request, here, fault=f"{e.message}. {e.hint}.", status=422)
    return _keys(request, here, secret)


@router.post("/settings/keys/{prefix}/revoke")
def revoke(request: Request, here: Administering, prefix: str) -> RedirectResponse:
    """Have a key open nothing from now on."""
    keys.revoke(here.portfolio, here.estate, prefix)
    return showing.back(request, here, "settings", "keys", said="revoked")


@router.get("/settings/folders")
def listed_folders(request: Request, here: Reading) -> HTMLResponse:
    """Show the folders of the server that are looked through."""
    roots = [str(root) for root in here.settings.data_roots]
    return showing.page(
        request, here, "folders.html", section="settings", tab="folders", folders=folders.listed(here.estate), roots=roots
    )  # fmt: skip


@router.get("/settings/folders.csv")
def folders_as_csv(here: Reading) -> Response:
    """Give the folders as a file."""
    return sheet(here, "folders", folders.listed(here.estate), Folder)


@router.post("/settings/folders")
def add_folder(
    request: Request, here: Administering, path: Text, every: Annotated[int, Form()] = 60
) -> RedirectResponse:
    """Have a folder looked through."""
    folders.add(here.estate, path, every, [str(root) for root in here.settings.data_roots])
    return showing.back(request, here, "settings", "folders", said="folder")


@router.post("/settings/folders/{folder}/remove")
def remove_folder(request: Request, here: Administering, folder: str) -> RedirectResponse:
    """Have a folder looked through no more."""
    folders.remove(here.estate, folder)
    return showing.back(request, here, "settings", "folders", said="folder")


def _role(text: str) -> Role:
    if text not in set(Role):
        raise UsageError(f"{text[:40]!r} is no role", hint=f"one of: {', '.join(Role)}")
    return Role(text)
