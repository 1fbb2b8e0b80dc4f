# SPDX-License-Identifier: Apache-2.0
"""Annotated papers: sets of stories, each with what careful readers found in its papers."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import msgspec
import yaml

from debar.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Iterator

FOLDER = Path(__file__).parent
TUNED, BLIND, SEEDS = "tuned", "blind", "seeds"
NOTHING = frozenset({"null", "~", ""})
"""How YAML that is read as text says that there is no value."""


class _Gold(msgspec.Struct, frozen=True, kw_only=True):
    """What every noun of an annotation has in common: fields that it does not know are for people."""


class Window(_Gold, frozen=True, kw_only=True):
    """When a paper was published."""

    value: str = ""
    earliest: str = ""
    latest: str = ""


class Main(_Gold, frozen=True, kw_only=True):
    """The first and the last words of the main text."""

    first: str = ""
    last: str = ""


class GoldDate(_Gold, frozen=True, kw_only=True):
    """One expression of a date, with what it comes to."""

    text: str
    value: str = ""
    """Empty where nothing tells."""
    precision: str = ""
    role: str = "on"
    basis: str = ""
    at: str = ""
    """Words around it that hold it once; empty where it is the next of its kind in the order of the text."""
    alternatives: tuple[str, ...] = ()
    """Values that are as right."""
    in_name: bool = False
    """It is part of a name, such as that of an act: it may be found and need not be."""
    optional: bool = False


class GoldFact(_Gold, frozen=True, kw_only=True):
    """One act that a paper states."""

    act: str
    evidence: str
    date: str = ""
    role: str = ""
    polarity: str = "asserted"
    said_by: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    """Acts as which a careful reader may take it as well."""
    optional: bool = False
    """It may be found and need not be: careful readers differ on whether it is one."""


class GoldQuote(_Gold, frozen=True, kw_only=True):
    """One direct quotation."""

    text: str
    cluster: str
    speaker: str = ""


class GoldPaper(_Gold, frozen=True, kw_only=True):
    """One annotated paper."""

    file: str
    title: str = ""
    publisher: str = ""
    published: Window = Window()
    kind: str = "news"
    language: str = "en"
    main: Main = Main()
    boilerplate: tuple[str, ...] = ()
    dates: tuple[GoldDate, ...] = ()
    has_all_dates: bool = True
    """Whether every date of the text is annotated, or only those of acts."""
    facts: tuple[GoldFact, ...] = ()
    quotes: tuple[GoldQuote, ...] = ()


class GoldValue(_Gold, frozen=True, kw_only=True):
    """One side of a conflict."""

    value: str
    documents: tuple[str, ...] = ()


class GoldConflict(_Gold, frozen=True, kw_only=True):
    """One disagreement between papers."""

    type: str
    severity: str = "material"
    act: str = ""
    values: tuple[GoldValue, ...] = ()
    optional: bool = False


class Measure(_Gold, frozen=True, kw_only=True):
    """What ties the papers of a story together."""

    supplier: str
    jurisdiction: str
    authority: str = ""


class GoldStory(_Gold, frozen=True, kw_only=True):
    """The papers about one measure."""

    story: str
    measure: Measure
    documents: tuple[GoldPaper, ...]
    conflicts: tuple[GoldConflict, ...] = ()
    missing: tuple[str, ...] = ()


class Corpus(NamedTuple):
    """One set of annotated papers."""

    name: str
    folders: tuple[Path, ...]
    """Of each story, where its papers are."""
    stories: tuple[GoldStory, ...]

    @property
    def papers(self) -> int:
        """How many papers it has."""
        return sum(len(story.documents) for story in self.stories)


def read(name: str, folder: Path = FOLDER) -> Corpus:
    """Give a set of the project by its name; SourceError when its annotation cannot be read."""
    files = sorted((folder / name).glob("*/gold.yaml"))
    return Corpus(name, tuple(file.parent for file in files), tuple(_story(file) for file in files))


def contents(corpus: Corpus) -> Iterator[tuple[str, bytes]]:
    """Yield each paper as story/file, with its bytes."""
    for folder, story in zip(corpus.folders, corpus.stories, strict=True):
        for paper in story.documents:
            yield f"{story.story}/{paper.file}", (folder / paper.file).read_bytes()


def _story(file: Path) -> GoldStory:
    """Read one annotation as text throughout: `on` is a role in it, and 2024 a value."""
    try:
        raw = yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
        return msgspec.convert(_told(raw), type=GoldStory, strict=False)
    except (OSError, UnicodeDecodeError, yaml.YAMLError, msgspec.ValidationError) as fault:
        # The words of a blind annotation stay unseen, and so does where in it a word stands.
        place = "" if BLIND in {file.parents[1].name, file.parents[2].name} else f": {fault}"
        message = f"{file} cannot be read as an annotation{place}"
        raise SourceError(message, hint="see quality/intake/tuned/README.md for its form") from fault


def _told(value: object) -> object:
    """Leave out fields that hold nothing, so that their defaults stand."""
    if isinstance(value, dict):
        return {key: _told(held) for key, held in value.items() if not (isinstance(held, str) and held in NOTHING)}
    if isinstance(value, list):
        return [_told(held) for held in value]
    return value
