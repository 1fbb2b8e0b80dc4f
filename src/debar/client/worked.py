# SPDX-License-Identifier: Apache-2.0
"""Methods of the client about what is sent, and the work behind it: uploads, folders, jobs."""

from __future__ import annotations

import time
from pathlib import Path
from typing import IO, TYPE_CHECKING

from debar.client import calling, sending
from debar.client.organised import Organised
from debar.errors import DebarError, UsageError
from debar.model.portfolio import Folder, Job, Page, Upload
from debar.model.vocab.portfolio import JobState

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Unpack

    from debar.client.asked import JobsAsked, UploadsAsked

_OVER = frozenset({JobState.DONE, JobState.FAILED, JobState.CANCELLED})
_LOOK, _SELDOM = 0.5, 5.0
"""Seconds between two looks at a job: at first, and later."""


class Worked(Organised):
    """What is sent, and what is made of it."""

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

    def uploads(self, **asked: Unpack[UploadsAsked]) -> Iterator[Upload]:
        """List uploads, the newest first."""
        return self._list(Page[Upload], asked, "uploads")

    def uploaded(self, id_: str) -> Upload:
        """Give an upload."""
        return self._get(Upload, "uploads", id_)

    def download_upload(self, id_: str, to: Path | str) -> Path:
        """Put the file of an upload, as it was sent, where `to` says, and give where it is."""
        return sending.saved(self._calls, self._path("uploads", id_, "content"), Path(to))

    def remove_upload(self, id_: str) -> None:
        """Take an upload out of what counts."""
        self._delete("uploads", id_)

    def folders(self) -> Iterator[Folder]:
        """List the folders of the server that are looked through."""
        return self._list(Page[Folder], {}, "folders")

    def folder(self, id_: str) -> Folder:
        """Give a folder that is looked through."""
        return self._get(Folder, "folders", id_)

    def add_folder(self, path: str, every: int = 60) -> Folder:
        """Have a folder of the server looked through every so many minutes."""
        return self._post(Folder, {"path": path, "every": every}, "folders")

    def remove_folder(self, id_: str) -> None:
        """Have a folder looked through no more; what was taken from it stays."""
        self._delete("folders", id_)

    def make_run(self) -> Job:
        """Have a run made of everything that is there now."""
        return self._post(Job, None, "runs")

    def jobs(self, **asked: Unpack[JobsAsked]) -> Iterator[Job]:
        """List jobs, the newest first."""
        return self._list(Page[Job], asked, "jobs")

    def job(self, id_: str) -> Job:
        """Give a job."""
        return self._get(Job, "jobs", id_)

    def follow(self) -> Iterator[Job]:
        """Yield every job that is not over, and then each as it changes, for as long as somebody listens."""
        return self._calls.events(self._path("jobs", "events"), Job)

    def cancel(self, job: str) -> Job:
        """Give up a job that is not over."""
        return self._post(Job, None, "jobs", job, "cancel")

    def repeat(self, job: str) -> Job:
        """Have a job that failed or was given up done after all."""
        return self._post(Job, None, "jobs", job, "again")

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
