# SPDX-License-Identifier: Apache-2.0
"""Methods of the client about law and names: papers and stories, the register with what is added to it, and lists of parties."""

from __future__ import annotations

from pathlib import Path
from typing import IO, TYPE_CHECKING

from debar.client import sending
from debar.client.organised import Organised
from debar.errors import UsageError
from debar.model.deeds import Addition, InUse, NewlyTold, Paper, StoryRow, StoryTold
from debar.model.intake import Chosen
from debar.model.measures import Measure
from debar.model.named import Algorithms, Catalog, Entity, MatchResponse, SearchResponse
from debar.model.portfolio import Page

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Unpack

    from debar.client.asked import Days, DaysPages, NamesAsked, Pages, PapersAsked
    from debar.register.diff import Difference


class Lawful(Organised):
    """What the law says, and whom names mean."""

    # papers

    def papers(self, **asked: Unpack[PapersAsked]) -> Iterator[Paper]:
        """List papers."""
        return self._list(Page[Paper], asked, "papers")

    def send_paper(self, file: Path | str | IO[bytes], name: str = "") -> Paper:
        """Send a notice or news to be read; the same content again is the same paper."""
        file = Path(file) if isinstance(file, str) else file
        name = name or (file.name if isinstance(file, Path) else "")
        if not name:
            raise UsageError("what is sent has no name", hint="name it")
        return sending.posted(self._calls, self._path("papers"), file, Paper, name)

    def paper(self, sha256: str) -> Paper:
        """Give a paper."""
        return self._get(Paper, "papers", sha256)

    def download_paper(self, sha256: str, to: Path | str) -> Path:
        """Put the file of a paper, as it was sent, where `to` says, and give where it is."""
        return sending.saved(self._calls, self._path("papers", sha256, "content"), Path(to))

    def remove_paper(self, sha256: str) -> None:
        """Take a paper out of what is read."""
        self._delete("papers", sha256)

    def stories(self, **asked: Unpack[Pages]) -> Iterator[StoryRow]:
        """List the stories that papers tell."""
        return self._list(Page[StoryRow], asked, "stories")

    def story(self, id_: str) -> StoryTold:
        """Give one story."""
        return self._get(StoryTold, "stories", id_)

    def choose(self, story: str, line: str, choice: str, *, value: str = "", reason: str = "") -> Chosen:
        """Keep what somebody chose for a line of a draft."""
        sent = {"line": line, "choice": choice, "value": value, "reason": reason}
        return self._post(Chosen, sent, "stories", story, "choices")

    def accept_story(self, id_: str) -> Addition:
        """Write the measure that people have put together from a story; it stays a draft."""
        return self._post(Addition, None, "stories", id_, "accept")

    # the register

    def register(self, **days: Unpack[Days]) -> InUse:
        """Say which register answers."""
        return self._get(InUse, "register", **days)

    def compare_register(self, since: str, until: str, *, party: str = "", jurisdiction: str = "") -> Difference:
        """Say what changed in law, and became known of it, after one day up to the end of another."""
        from debar.register.diff import Difference  # with the whole register, which nothing else here needs

        asked = {"since": since, "until": until, "party": party, "jurisdiction": jurisdiction}
        return self._get(Difference, "register", "changes", **asked)

    def law(self, measure: str) -> Measure:
        """Give a measure as the register holds it: provisions, citations, dates."""
        return self._get(Measure, "register", "measures", measure)

    def hits(self, **asked: Unpack[DaysPages]) -> Iterator[NewlyTold]:
        """List who was newly hit as the register changed, the last change first."""
        return self._list(Page[NewlyTold], asked, "register", "hits")

    def hit(self, id_: str) -> NewlyTold:
        """Give who was newly hit by one change of the register."""
        return self._get(NewlyTold, "register", "hits", id_)

    def additions(self) -> Iterator[Addition]:
        """List the files that the organisation adds to the register."""
        return self._list(Page[Addition], {}, *_ADDED)

    def addition(self, path: str) -> Addition:
        """Give a file that the organisation adds, with its text."""
        return self._get(Addition, *_ADDED, *path.split("/"))

    def addition_reach(self, path: str, **days: Unpack[Days]) -> NewlyTold:
        """Say who would be hit if a draft of one's own counted."""
        return self._get(NewlyTold, *_ADDED, *path.split("/"), "reach", **days)

    def put_addition(self, path: str, text: str) -> Addition:
        """Add a file of YAML to the register, or put another in its place; it is checked with the whole."""
        return self._put(Addition, {"text": text}, *_ADDED, *path.split("/"))

    def set_addition_status(self, path: str, status: str, reason: str) -> Addition:
        """Say that a measure of one's own counts from now on (active), or no longer does (draft, ended), and why."""
        return self._put(Addition, {"status": status, "reason": reason}, *_ADDED, *path.split("/"), "status")

    def remove_addition(self, path: str) -> None:
        """Take a file out of what is added."""
        self._delete(*_ADDED, *path.split("/"))

    # names

    def match(
        self, names: Mapping[str, str], dataset: str = "register", **options: Unpack[NamesAsked]
    ) -> MatchResponse:
        """Say whom names may mean; they are given by whatever the answers are to be called."""
        queries = {id_: {"schema": "LegalEntity", "properties": {"name": [name]}} for id_, name in names.items()}
        return self._post(MatchResponse, {"queries": queries}, "match", dataset, **options)

    def search(self, name: str, dataset: str = "register", *, limit: int = 10, offset: int = 0) -> SearchResponse:
        """Search a list for a name."""
        return self._get(SearchResponse, "search", dataset, q=name, limit=limit, offset=offset)

    def entity(self, id_: str) -> Entity:
        """Give a party of the register, in the words of screening clients."""
        return self._get(Entity, "entities", id_)

    def catalog(self) -> Catalog:
        """List the lists that can be asked."""
        return self._get(Catalog, "catalog")

    def algorithms(self) -> Algorithms:
        """List how names can be compared."""
        return self._calls.ask("GET", "/algorithms", Algorithms)


_ADDED = ("register", "additions")
