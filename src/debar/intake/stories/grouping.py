# SPDX-License-Identifier: Apache-2.0
"""Which papers tell of one measure.

1. Each paper is told by itself: the supplier and the jurisdiction it is about, and whether that is beyond doubt.
2. Papers are gathered by weighed evidence: whom and where they name, how alike they are, what they cite, which days,
   names and numbers they share, when they came out. No group holds papers that are surely about two jurisdictions.
3. A group bears the supplier and the jurisdiction that most of its papers are about.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from debar.intake.mentions.around import around
from debar.intake.mentions.pooled import pooled
from debar.intake.mentions.recalled import recalled
from debar.intake.mentions.topic import is_late, topic
from debar.intake.stories import cluster, naming
from debar.intake.stories.beside import is_beside
from debar.intake.stories.cluster import WINDOW
from debar.intake.stories.gathering import gathered
from debar.intake.stories.likeness import vectors

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from debar.intake.examined import Examined
    from debar.intake.mentions.mention import Mention
    from debar.intake.mentions.names import Gazetteer
    from debar.intake.stories.cluster import Cluster

__all__ = ["WINDOW", "Group", "groups"]


class Group(NamedTuple):
    """Papers about one measure."""

    supplier: str
    """Id of a party of the register, or a name in small letters."""
    jurisdiction: str
    papers: tuple[Examined, ...]


def groups(examined: Sequence[Examined], gazetteer: Gazetteer | None = None) -> tuple[Group, ...]:
    """Give the papers in groups, each paper in one; no group holds two jurisdictions.

    It bears the name of one supplier; another one is in it only by papers that tell of both. Without a gazetteer only
    names in the main text tell what a paper is about. A file that tells of its folder stands by itself.
    """
    aside = [one for one in examined if is_beside(one.paper)]
    examined = [one for one in examined if not is_beside(one.paper)]
    papers = _introduced(sorted(examined, key=lambda one: (_since(one), one.paper.path, one.paper.id)), gazetteer)
    found = [
        Group(*_about(one), tuple(papers[number] for number in sorted(one.papers)))  # 3.
        for one in gathered(list(_single(papers, gazetteer)))  # 2.
    ]
    return (
        *sorted(found, key=lambda one: (one.supplier, one.jurisdiction, papers.index(one.papers[0]))),
        *(Group("", "", (one,)) for one in sorted(aside, key=lambda one: (one.paper.path, one.paper.id))),
    )


def _single(papers: Sequence[Examined], gazetteer: Gazetteer | None) -> Iterator[Cluster]:
    """Yield each paper alone, with what it is about."""
    words = vectors([_text(one) for one in papers])
    named = naming.named([one.seen for one in papers])
    federal = gazetteer.federal if gazetteer else frozenset()
    for number, one in enumerate(papers):
        beside = around(one.paper, gazetteer) if gazetteer else []
        told = topic(one.paper, one.seen.mentions, one.seen.flat, beside, federal)  # 1.
        late = gazetteer is not None and is_late(one.paper, one.seen.flat, gazetteer.follow_up)
        yield cluster.alone(number, one, words[number], told, named[number], is_late=late)


def _about(group: Cluster) -> tuple[str, str]:
    """Give the supplier and the jurisdiction of a group: the one that is sure, else what most papers tell."""
    supplier = _most(group.suppliers, group.supplier_shares)
    return supplier, next(iter(group.sure), "") or _most(group.places, group.place_shares)


def _most(papers: Mapping[str, int], shares: Mapping[str, float]) -> str:
    return max(shares, key=lambda name: (papers.get(name, 0), shares[name], name), default="")


def _introduced(papers: Sequence[Examined], gazetteer: Gazetteer | None) -> list[Examined]:
    """Give papers with mentions of suppliers that only their siblings introduce, or all of them together."""
    found = _named(papers, recalled([one.seen for one in papers]))
    return _named(found, pooled([one.seen for one in found], gazetteer.roles)) if gazetteer else found


def _named(papers: Sequence[Examined], mentions: Sequence[tuple[Mention, ...]]) -> list[Examined]:
    return [
        one if own == one.seen.mentions else one._replace(seen=one.seen._replace(mentions=own), is_renamed=True)
        for one, own in zip(papers, mentions, strict=True)
    ]


def _text(one: Examined) -> str:
    """Give title and main text."""
    paper = one.paper
    return " ".join([paper.title, *(paper.text[first:last] for first, last in paper.paragraphs)])


def _since(one: Examined) -> str:
    return one.paper.published.value or one.paper.published.earliest or "9999"
