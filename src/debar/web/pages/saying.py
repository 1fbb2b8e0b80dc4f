# SPDX-License-Identifier: Apache-2.0
"""What a page says after something was done: texts of the program's own, by names that stand in addresses."""

from __future__ import annotations

_SAID = {
    "asked": "Asked. Another person has to approve it before it counts.",
    "approved": "Approved. It counts from the day that it names.",
    "refused": "Refused, with your reason.",
    "withdrawn": "Withdrawn.",
    "remarked": "Your remark is kept.",
    "recorded": "Put on record.",
    "uploaded": "Received and queued to be read.",
    "removed": "Taken out. The runs that were made of it stay as they were.",
    "queued": "Queued; this page tells when it is done.",
    "stopped": "Given up.",
    "planned": "A plan is being made; load this page again in a moment.",
    "pinned": "Moved. What would be late or unprotected by it stands below.",
    "unpinned": "Put back.",
    "chosen": "Your choices are kept.",
    "accepted": "Accepted into the register of this organisation, unverified, until somebody reviews it.",
    "saved": "Saved. Everything is worked out with it from now on.",
    "member": "The members have changed.",
    "revoked": "The key opens nothing any more.",
    "hooked": "The list of who is told has changed.",
    "tested": "A test was sent; its delivery stands in the list.",
    "folder": "The list of folders has changed.",
    "ended": "Ended. What it kept is back from the day after.",
    "counted": "Kept. Everything is worked out with it from now on.",
    "read": "Queued to be read.",
    "made": "Made.",
}


def said(name: str) -> str:
    """Give the text of a name; nothing for any other."""
    return _SAID.get(name, "")
