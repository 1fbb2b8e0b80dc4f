# SPDX-License-Identifier: Apache-2.0
"""What admins set: folders that are looked through; and the log of everything that was changed."""

from __future__ import annotations

import msgspec

from debar.errors import NotThereError
from debar.model.portfolio import Change, Folder, Page
from debar.portfolio import audit, folders
from debar.web.api.changes import Filters
from debar.web.api.declared import Made, Operations, Paging
from debar.web.here import Administering, Here, Reading


class NewFolder(msgspec.Struct, frozen=True, kw_only=True):
    """A folder of the server that is to be looked through."""

    path: str
    """Below one of the roots that whoever runs the service has named."""
    every: int = 60
    """Minutes from one look to the next."""


def declare(operations: Operations) -> None:
    """Declare the operations."""

    @operations.get("/folders", has_days=False)
    def list_folders(here: Reading) -> Page[Folder]:
        """List the folders of the server that are looked through again and again."""
        every = tuple(folders.listed(here.estate))
        return Page(items=every, total=len(every))

    @operations.post("/folders", gives=Folder)
    def add_folder(here: Administering, sent: NewFolder) -> Made:
        """Have a folder looked through again and again."""
        made = folders.add(here.estate, sent.path, sent.every, tuple(map(str, here.settings.data_roots)))
        return Made(made, ("folders", made.id))

    @operations.get("/folders/{folder}", has_days=False)
    def read_folder(here: Reading, folder: str) -> Folder:
        """Give a folder that is looked through."""
        return _folder(here, folder)

    @operations.delete("/folders/{folder}", current=read_folder)
    def remove_folder(here: Administering, folder: str) -> None:
        """Have a folder looked through no more; what was taken from it stays."""
        folders.remove(here.estate, folder)

    @operations.get("/audit", has_days=False)
    def list_changes(here: Reading, asked: Filters, page: Paging) -> Page[Change]:
        """List what was changed of an organisation, the newest first."""
        return audit.listed(here.portfolio, here.estate, asked.wanted, **page.place)


def _folder(here: Here, id_: str) -> Folder:
    found = next((one for one in folders.listed(here.estate) if one.id == id_), None)
    if found is None:
        raise NotThereError("there is no such folder")
    return found
