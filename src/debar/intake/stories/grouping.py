# SPDX-License-Identifier: Apache-2.0
"""Which papers tell of one measure: alike in words, and of the same supplier and jurisdiction.

1. A gate: each paper belongs to the supplier and the jurisdiction that it is about. No group holds two jurisdictions.
2. Behind one gate papers join by average link of their words, as long as they are of one time, or are tied: both
   cite one instrument, or both name one day on which something is banned, ordered or made.
3. A measure can hit several suppliers, and each paper be about the one it names most. Groups of one place that are tied
   join if each names the supplier of the other.
4. A paper that names no supplier or no place joins the group that it is tied to, or by far most like, or stays by itself;
   first each for itself, then those that are left together.
5. What is by far more like the papers of a story on another supplier in its place, and names that one as often, moves there.
6. Whatever came before, a story in which papers tell of two jurisdictions is taken apart.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from debar.intake.mentions.around import around
from debar.intake.mentions.pooled import pooled
from debar.intake.mentions.recalled import recalled
from debar.intake.mentions.topic import is_late, topic
from debar.intake.stories import adopting, linked, lone
from debar.intake.stories.beside import is_beside
from debar.intake.stories.likeness import vectors
from debar.intake.stories.linked import ALIKE, WINDOW
from debar.intake.stories.parted import parted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from debar.intake.examined import Examined
    from debar.intake.mentions.mention import Mention
    from debar.intake.mentions.names import Gazetteer
    from debar.intake.stories.linked import Cluster

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
    words = vectors([_text(one) for one in papers])
    single: list[Cluster] = []
    own: list[tuple[str, str]] = []
    gates: dict[tuple[str, str], list[Cluster]] = {}
    for number, one in enumerate(papers):  # 1.
        beside = around(one.paper, gazetteer) if gazetteer else []
        gate = topic(one.paper, one.seen.mentions, one.seen.flat, beside)
        own.append(gate)
        late = gazetteer is not None and is_late(one.paper, one.seen.flat, gazetteer.follow_up)
        single.append(linked.alone(number, one, words[number], is_late=late))
        gates.setdefault(gate, []).append(linked.alone(number, one, words[number], is_late=late))
    found = {gate: linked.clusters(alone, ALIKE) if all(gate) else alone for gate, alone in gates.items()}  # 2.
    adopting.share(found)  # 3.
    adopting.adopt(found)  # 4.
    found |= {gate: linked.clusters(left, adopting.VERY_ALIKE) for gate, left in found.items() if not all(gate)}
    adopting.adopt(found)
    found |= {
        gate: lone.gathered(linked.joined(alike, linked.ALIKE_BEHIND_A_GATE, linked.ALIKE_AT_ONCE))
        for gate, alike in found.items()
        if all(gate)
    }
    adopting.move(found, single)  # 5.
    return (
        *_groups(parted(found, own, single), papers),  # 6.
        *(Group("", "", (one,)) for one in sorted(aside, key=lambda one: (one.paper.path, one.paper.id))),
    )


def _groups(found: adopting.Found, papers: Sequence[Examined]) -> tuple[Group, ...]:
    return tuple(
        Group(supplier, jurisdiction, tuple(papers[number] for number in sorted(cluster.papers)))
        for (supplier, jurisdiction), clusters in sorted(found.items())
        for cluster in sorted(clusters, key=lambda one: min(one.papers))
    )


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
