# SPDX-License-Identifier: Apache-2.0
"""Everything that the pages can do, programs can do: every page and every form has operations, for whoever may use it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from debar.web.api import OPERATIONS
from debar.web.here import Needed, Signed, declared, routes

if TYPE_CHECKING:
    from served import Service

ORG = "/o/{organisation}"
PAGES: dict[str, tuple[str, ...]] = {
    "GET /": ("list_organisations", "read_me"),
    "GET /organisations.csv": ("list_organisations",),
    "GET /account": ("read_me",),
    "POST /account/password": ("set_my_password",),
    "POST /account/sessions": ("end_my_sessions",),
    "GET /operate": ("list_tenants", "list_accounts", "read_account", "list_shared_changes"),
    "GET /operate/organisations.csv": ("list_tenants",),
    "GET /operate/accounts.csv": ("list_accounts",),
    "POST /operate/organisations": ("make_organisation",),
    "POST /operate/accounts": ("make_account",),
    "POST /operate/accounts/{person}": ("change_account",),
    "GET ORG/": ("read_overview", "list_obligations", "list_decisions", "list_uploads"),
    "GET ORG/runs": ("list_runs", "read_run"),
    "GET ORG/runs.csv": ("list_runs",),
    "GET ORG/runs/changes": ("compare_runs", "list_runs"),
    "GET ORG/runs/changes.csv": ("compare_runs",),
    "GET ORG/coverage.csv": ("read_coverage",),
    "GET ORG/events": ("follow_jobs",),
    "GET ORG/measures": ("list_measures",),
    "GET ORG/measures.csv": ("list_measures",),
    "GET ORG/measures/{measure}": ("read_measure", "read_law", "list_obligations"),
    "GET ORG/exposures": ("list_exposures", "group_exposures"),
    "GET ORG/exposures.csv": ("list_exposures",),
    "GET ORG/exposures/{exposure}": ("read_exposure", "list_remarks"),
    "GET ORG/exposures/{exposure}/acts.csv": ("read_exposure",),
    "POST ORG/exposures/{exposure}/remarks": ("add_remark",),
    "GET ORG/assets": ("list_assets", "read_coverage"),
    "GET ORG/assets.csv": ("list_assets",),
    "GET ORG/assets/{asset}": ("read_asset", "list_exposures"),
    "GET ORG/assets/{asset}/evidence.csv": ("read_asset",),
    "GET ORG/parties": ("list_parties",),
    "GET ORG/parties.csv": ("list_parties",),
    "GET ORG/parties/{party}": ("read_party",),
    "GET ORG/parties/{party}/products.csv": ("read_party",),
    "GET ORG/duties": ("list_obligations",),
    "GET ORG/duties.csv": ("list_obligations",),
    "GET ORG/duties/{duty}": ("read_obligation", "list_records"),
    "POST ORG/duties/{duty}/records": ("add_record",),
    "GET ORG/decisions": ("list_decisions",),
    "GET ORG/decisions.csv": ("list_decisions",),
    "GET ORG/decisions/ask": ("reach_of_decision", "list_exposures", "list_papers"),
    "POST ORG/decisions/ask": ("reach_of_decision",),
    "POST ORG/decisions": ("ask_for_decision",),
    "GET ORG/decisions/{decision}": ("read_decision",),
    "POST ORG/decisions/{decision}/approve": ("approve_decision",),
    "POST ORG/decisions/{decision}/refuse": ("refuse_decision",),
    "POST ORG/decisions/{decision}/withdraw": ("withdraw_decision",),
    "POST ORG/decisions/{decision}/end": ("end_decision",),
    "GET ORG/plan": ("list_plans", "read_plan"),
    "POST ORG/plan": ("make_plan",),
    "GET ORG/plan/{plan}": ("read_plan",),
    "GET ORG/plan/{plan}/would": ("preview_move",),
    "GET ORG/plan/{plan}/steps.csv": ("read_plan",),
    "POST ORG/plan/{plan}/move": ("pin_steps",),
    "POST ORG/plan/{plan}/back": ("unpin_steps",),
    "GET ORG/evidence": ("list_proofs", "read_signing_key"),
    "GET ORG/evidence.csv": ("list_proofs",),
    "POST ORG/evidence": ("make_proof",),
    "GET ORG/evidence/key.pem": ("read_signing_key",),
    "POST ORG/evidence/verify": ("verify_proof",),
    "GET ORG/evidence/{proof}": ("read_proof", "check_proof"),
    "GET ORG/evidence/{proof}/proof.zip": ("download_proof",),
    "GET ORG/uploads": ("list_uploads", "list_jobs"),
    "GET ORG/uploads.csv": ("list_uploads",),
    "GET ORG/jobs.csv": ("list_jobs",),
    "POST ORG/uploads": ("send_upload", "send_uploads", "send_known"),
    "GET ORG/uploads/{upload}": ("read_upload", "download_upload", "list_sources"),
    "GET ORG/uploads/{upload}/sources.csv": ("list_sources",),
    "POST ORG/uploads/{upload}/remove": ("remove_upload",),
    "POST ORG/jobs/run": ("make_run",),
    "POST ORG/jobs/{job}/cancel": ("cancel_job",),
    "POST ORG/jobs/{job}/again": ("repeat_job",),
    "GET ORG/documents": ("list_papers", "list_stories", "list_jobs"),
    "GET ORG/documents.csv": ("list_stories",),
    "GET ORG/papers.csv": ("list_papers",),
    "POST ORG/documents": ("send_paper",),
    "GET ORG/documents/{story}": ("read_story", "read_paper", "download_paper"),
    "POST ORG/documents/{story}/choices": ("choose",),
    "POST ORG/documents/{story}/accept": ("accept_story",),
    "POST ORG/papers/{paper}/remove": ("remove_paper",),
    "GET ORG/register": ("compare_register", "read_register", "list_additions", "list_hits", "read_hit"),
    "GET ORG/register.csv": ("compare_register",),
    "GET ORG/register/additions.csv": ("list_additions",),
    "GET ORG/register/{path:path}": ("read_addition", "reach_of_addition"),
    "POST ORG/register/status": ("set_addition_status",),
    "POST ORG/register/remove": ("remove_addition",),
    "GET ORG/settings": ("read_facts", "list_questions", "read_organisation"),
    "POST ORG/settings": ("set_facts",),
    "POST ORG/settings/file": ("set_facts",),
    "GET ORG/settings/members": ("list_members", "read_member"),
    "GET ORG/settings/members.csv": ("list_members",),
    "POST ORG/settings/members": ("add_member",),
    "POST ORG/settings/members/{person}": ("set_role", "remove_member"),
    "GET ORG/settings/keys": ("list_keys", "read_key"),
    "GET ORG/settings/keys.csv": ("list_keys",),
    "POST ORG/settings/keys": ("make_key",),
    "POST ORG/settings/keys/{prefix}/revoke": ("revoke_key",),
    "GET ORG/settings/folders": ("list_folders", "read_folder"),
    "GET ORG/settings/folders.csv": ("list_folders",),
    "POST ORG/settings/folders": ("add_folder",),
    "POST ORG/settings/folders/{folder}/remove": ("remove_folder",),
    "GET ORG/settings/hooks": ("list_hooks", "read_hook", "list_messages"),
    "GET ORG/settings/hooks/told.csv": ("list_hooks",),
    "GET ORG/settings/hooks/messages.csv": ("list_messages",),
    "POST ORG/settings/hooks": ("add_hook",),
    "POST ORG/settings/hooks/calendar": ("make_key",),  # its address is made of the key of a viewer
    "POST ORG/settings/hooks/{hook}/test": ("test_hook",),
    "POST ORG/settings/hooks/{hook}/state": ("set_hook",),
    "POST ORG/settings/hooks/{hook}/remove": ("remove_hook",),
    "POST ORG/settings/hooks/messages/{message}/again": ("repeat_message",),
    "GET ORG/audit": ("list_changes",),
    "GET ORG/audit.csv": ("list_changes",),
}
"""By method and address of a page or form: the operations that do the same. ORG stands for the address of an organisation."""
BESIDE = {
    "GET /sign-in": "people sign in, programs bring a key",
    "POST /sign-in": "people sign in, programs bring a key",
    "GET /sign-in/provider": "people sign in, programs bring a key",
    "GET /sign-in/back": "people sign in, programs bring a key",
    "POST /sign-out": "people sign in, programs bring a key",
    "GET /set-up": "the first account is made by whoever reads the terminal",
    "POST /set-up": "the first account is made by whoever reads the terminal",
    "GET /healthz": "an answer for programs itself",
    "GET /readyz": "an answer for programs itself",
    "GET /metrics": "an answer for programs itself",
    "GET /calendar/{token}.ics": "an answer for programs itself; list_obligations gives the same in more words",
    "GET /llms.txt": "an answer for programs itself",
}
"""What needs no operation, and why."""
ONLY = {
    "read_report": "debar scan writes it: the pages show it in parts",
    "read_job": "the pages list jobs",
    "rename_organisation": "debar admin and the API alone",
    "put_addition": "the pages have stories make drafts; files are for programs",
    "match_names": "for screening clients",
    "search_names": "for screening clients",
    "read_entity": "for screening clients",
    "read_catalog": "for screening clients",
    "match_names_of_key": "for screening clients",
    "search_names_of_key": "for screening clients",
    "read_entity_of_key": "for screening clients",
    "read_catalog_of_key": "for screening clients",
    "list_algorithms": "for screening clients",
}
"""What only programs can do, and why."""
KNOWN = {one.id: one for one in OPERATIONS}
RANKS = ("none", "signed-in", "read", "work", "approve", "administer", "operate")


def permission(needs: Needed | Signed | None) -> str:
    """Give what a route needs, in the words of the API."""
    if isinstance(needs, Needed):
        return needs.permission.value
    if isinstance(needs, Signed):
        return "operate" if needs.operates else "signed-in"
    return "none"


@pytest.fixture(scope="module")
def pages(service: Service) -> dict[str, str]:
    """Give what each page and form needs, by method and address."""
    own = {one.path for one in OPERATIONS}
    return {
        f"{method} {(route.path or '').replace(ORG, 'ORG')}": permission(declared(route))
        for route in routes(service.app.routes)
        for method in route.methods or ()
        if method != "HEAD" and not (route.path or "").startswith("/api/") and route.path not in own
    }


def test_every_page_has_operations(pages: dict[str, str]) -> None:
    """No page, no form and no file of a table is without operations, or without a reason why it needs none."""
    assert pages.keys() == PAGES.keys() | BESIDE.keys()


def test_operations_are_there(pages: dict[str, str]) -> None:
    """The table names operations that there are, and every operation is in it, or only programs need it."""
    named = {id_ for those in PAGES.values() for id_ in those}
    assert named <= KNOWN.keys()
    assert KNOWN.keys() - named == ONLY.keys() - named


@pytest.mark.parametrize("page", sorted(PAGES))
def test_whoever_may_use_a_page_may_use_its_operations(pages: dict[str, str], page: str) -> None:
    """A form and its operation need the same permission; what a page shows needs no more than the page does."""
    for id_ in PAGES[page]:
        if page.startswith("POST ") and KNOWN[id_].method != "GET":
            assert KNOWN[id_].permission == pages[page], id_
        else:
            assert RANKS.index(KNOWN[id_].permission) <= RANKS.index(pages[page]), id_
    assert not page.startswith("POST ") or any(KNOWN[id_].method != "GET" for id_ in PAGES[page])
