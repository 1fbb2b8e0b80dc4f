# SPDX-License-Identifier: Apache-2.0
"""What the document of the API says in words, and what is sent as an example."""

from __future__ import annotations

from typing import Any

ABOUT = """\
Everything that the pages can do. Names are snake_case, instants are ISO 8601 in UTC, days are ISO dates; an empty text says that \
there is nothing.

**Lists** give `{items, next_page_token, total}`. Send `next_page_token` back as `page_token` for what comes after; it is empty at \
the end. Lists that say so give CSV to `Accept: text/csv`: all rows, without pages.

**Two days.** What is true on `as_of` (today), with the knowledge of `known_on` (all that is known now).

**Reading** gives an `ETag`; send it as `If-None-Match`, and 304 says that nothing has changed. **Changing** takes it as `If-Match`: \
412 says that somebody else was quicker. **Making** takes an `Idempotency-Key`: the same request with the same key is done once, and \
answered alike for a day.

**Work** that takes longer answers 202 with a job; follow it at its address, or all of them as server-sent events.

**What goes wrong** is `application/problem+json` (RFC 9457), with a `hint` at what to do next. An organisation of which you are no \
member answers like one that does not exist.

Every operation names the permission that it needs (`x-permission`). What it says is no legal advice."""
TAGS = {
    "Organisations": "Who asks, the organisations that they see, and what is known of each.",
    "Accounts": "For whoever runs the whole: accounts, organisations, and what was changed outside of organisations.",
    "Members and keys": "Who may do what in an organisation, people and programs.",
    "Uploads": "Sources: any file that `debar scan` reads.",
    "Jobs": "Work behind the pages.",
    "Runs": "What all sources of an organisation said together, kept.",
    "What is there": "What is there on a day, and what the law says of it.",
    "Decisions": "One person asks, and another one answers.",
    "Duties": "What was done, put on record.",
    "Plans": "In which order what was found is removed.",
    "Papers": "Notices and news, the stories they tell, and drafts of measures.",
    "Register": "The law, what changed in it, and what the organisation adds.",
    "Proofs": "What a report rests on, signed.",
    "Settings": "What admins set, and the log of changes.",
    "Hooks": "Who is told of what happens, and what they were told.",
    "Matching": "Names against lists of parties, in the words of existing screening clients.",
}
PERMISSIONS = {
    "read": "Needs the permission to read in the organisation.",
    "work": "Needs the permission to work in the organisation.",
    "approve": "Needs the permission to approve in the organisation, which no key has.",
    "administer": "Needs the permission to administer the organisation.",
    "signed-in": "Needs a key, or somebody who is signed in.",
    "operate": "Needs whoever runs the whole.",
}
NAMES = {
    "organisation": "Id of the organisation.",
    "person": "Id of the account.",
    "prefix": "Prefix of the key.",
    "upload": "Id of the upload.",
    "job": "Id of the job.",
    "run": "Id of the run.",
    "exposure": "Id of the exposure.",
    "asset": "Id of the asset.",
    "party": "Id of the party.",
    "measure": "Id of the measure.",
    "obligation": "Id of the obligation.",
    "decision": "Id of the request for decisions.",
    "plan": "Id of the plan.",
    "paper": "SHA-256 of the paper.",
    "story": "Id of the story.",
    "hit": "Id of the change.",
    "path": "Path of the file in the register, such as measures/us/us-example-2027.yaml; its slashes may be written as %2F.",
    "proof": "Id of the proof.",
    "folder": "Id of the folder.",
    "hook": "Id of one of those who are told.",
    "message": "Id of the message.",
    "dataset": "Name of a list: register, or the id of an upload.",
    "entity": "Id of the party.",
}
OF_PAGES: tuple[dict[str, Any], ...] = (
    {
        "name": "page_token",
        "in": "query",
        "description": "`next_page_token` of the page before.",
        "schema": {"type": "string"},
    },
    {
        "name": "page_size",
        "in": "query",
        "description": "Rows of a page.",
        "schema": {"type": "integer", "minimum": 1, "maximum": 500, "default": 50},
    },
)
OF_DAYS: tuple[dict[str, Any], ...] = (
    {
        "name": "as_of",
        "in": "query",
        "description": "Day or instant that is asked about; today where none is named.",
        "schema": {"type": "string", "examples": ["2024-10-01"]},
    },
    {
        "name": "known_on",
        "in": "query",
        "description": "Day whose knowledge is used; all that is known now where none is named.",
        "schema": {"type": "string", "examples": ["2024-07-01"]},
    },
)
PROBLEMS = {
    "401": ("Unknown", "Nobody knows who asks: there is no key, or it opens nothing."),
    "403": ("Forbidden", "Whoever asks may not do this."),
    "404": ("NotThere", "There is no such thing, or not for whoever asks."),
    "409": ("Conflict", "It is no longer what whoever asks has seen, or it is being done."),
    "412": ("Changed", "It is not what If-Match names."),
    "413": ("TooLarge", "More was sent than is taken."),
    "415": ("WrongType", "What was sent is of another type than is taken."),
    "422": ("Wrong", "What was sent says something wrong."),
    "429": ("TooOften", "Too much, or too often; Retry-After says when to ask again."),
    "503": ("Away", "The database does not answer now; ask again in some seconds."),
    "default": ("Otherwise", "Something else went wrong."),
}
EXAMPLES: dict[str, Any] = {
    "make_organisation": {"name": "Northwind", "id": "northwind"},
    "set_my_password": {"old": "correct horse battery", "new": "staple of another kind"},
    "rename_organisation": {"name": "Northwind Ltd"},
    "set_facts": {"name": "Northwind", "jurisdictions": ["us"], "kinds": ["company"]},
    "make_account": {"email": "ann@example.org", "name": "Ann Meyer"},
    "change_account": {"is_active": False},
    "add_member": {"email": "ann@example.org", "role": "analyst"},
    "set_role": {"role": "approver"},
    "make_key": {"name": "pipeline", "role": "analyst", "expires": "2027-06-30"},
    "send_known": {
        "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        "name": "hosts/bom.json",
    },
    "add_remark": {"text": "The vendor replaces it in May."},
    "ask_for_decision": {
        "verdict": "accepted",
        "exposures": ["exp-0123456789ab"],
        "reason": "replaced in May",
        "expires": "2027-05-31",
    },
    "reach_of_decision": {
        "verdict": "accepted",
        "party": "kaspersky",
        "reason": "a test lab",
        "expires": "2027-05-31",
    },
    "approve_decision": {"answer": "agreed with the owner"},
    "refuse_decision": {"answer": "there is a replacement already"},
    "end_decision": {"answer": "it was removed early", "day": "2027-03-31"},
    "add_record": {"duty": "obl-0123456789ab", "found": "sent to the authority", "on": "2027-01-15"},
    "make_plan": {"begins": "2027-01-04", "capacity": 20},
    "pin_steps": {"steps": ["stp-0123456789ab"], "day": "2027-02-01", "version": 0},
    "choose": {"line": "provisions[0].applies_from", "choice": "accept", "reason": "as the notice says"},
    "set_addition_status": {"status": "active", "reason": "read in the official journal, page 12"},
    "make_proof": {"with_inputs": False},
    "add_folder": {"path": "/srv/evidence", "every": 60},
    "match_names": {"queries": {"q1": {"schema": "Company", "properties": {"name": ["Kaspersky Lab"]}}}},
    "match_names_of_key": {"queries": {"q1": {"schema": "Company", "properties": {"name": ["Kaspersky Lab"]}}}},
}
"""By operation: what could be sent."""
