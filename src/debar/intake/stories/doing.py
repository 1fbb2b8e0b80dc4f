# SPDX-License-Identifier: Apache-2.0
"""Where papers disagree on whether something is so at all: banned or allowed, suspended or not, begun or ended.

1. A ban and a permission of one act stand against each other, unless they hold at different times or for different
   people: "may go on until September" and "banned from September on" are one rule.
2. A denied ban is a permission, and a denied permission a ban.
3. A paper alone is in no conflict with itself: one that tells of both knows who is banned, and who may go on.
4. Of every other act that somebody goes by, asserting stands against denying. A paper that does both denies: it tells
   what was asked for, and that it was not granted.
5. A question asserts nothing, nor does what is only asked for, or would be; and what was so for a while, long before a
   paper denies it, is no rival of that denial.
6. Who denies a duty says that something need not be done; that nobody wants to do it denies no duty. What an appeal
   does by law is no account of what a court did.
"""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

from debar.intake.stories.days import Side
from debar.intake.stories.families import family, is_binding, topic
from debar.intake.stories.weighed import differ, is_narrower, value
from debar.model.intake import Conflict
from debar.model.vocab.statements import ConflictKind, Severity, StatedAct

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from debar.intake.stories.weighed import Weighed

_ALLOWED = {"sales": StatedAct.PERMIT_SELL, "updates": StatedAct.PERMIT_UPDATE, "use": StatedAct.PERMIT_USE}
_LASTING = "use"
"""What a permission without a date is of for good. One to sell or update may be for the time before the ban only."""
_LOOSE = frozenset(
    {StatedAct.EXTEND, StatedAct.EXEMPT, StatedAct.PROHIBIT, StatedAct.EFFECTIVE, StatedAct.COMPLY_DEADLINE}
)
"""What may be so once and not a second time, for some and not for others, or in one way and not in another."""
_EVENTS = frozenset({StatedAct.SUSPEND, StatedAct.REVOKE})
"""What happens on a day, and may happen and be refused once more later."""
_SOUGHT = re.compile(
    r"\b(?:seek(?:s|ing)?|sought|ask(?:s|ed|ing)?|request(?:s|ed|ing)?|petition(?:s|ed|ing)?|urg(?:e|es|ed|ing)|wants?|hopes?|plans?"
    r"|would|could|might|if|unless|whether|motions?|appli(?:es|ed)|apply(?:ing)?)\b"
)
_DUTY = re.compile(
    r"\b(?:ha(?:ve|s|d|ving) to|needs?|needed|need(?: not|n't)|must|require(?:s|d|ment|ments)?|oblig\w{1,8}|dut(?:y|ies)|order(?:s|ed)?"
    r"|demand(?:s|ed)?|necessary|compel(?:s|led)?|forced?|mandat\w{1,5}|deadline|instruct\w{0,5}|shall|bound)\b"
)
_OTHER = re.compile(r"\b(?:the other|another|other) (?:ban|measure|order|rule|law|designation|decree|decision)s?\b")
_APPEAL = re.compile(r"\b(?:appeal|lawsuit|challenge|petition|complaint|legal action|objection)s?\b")
_REMEDY = re.compile(
    r"\b(?:an?|any|the|filing|such) (?:\w{1,12} ){0,2}(?:appeal|lawsuit|challenge|petition|complaint|legal action|objection)s? (?:do(?:es)?|did|has|will|would|shall)(?: not|n't)\b"
)
_LONG = timedelta(days=60)
_TOTAL = ("extent", "total")
"""Of a denial that only something general is so: that denies nothing in particular."""


def acts(weighed: Sequence[Weighed]) -> Iterator[Conflict]:
    """Yield where one thing is banned and allowed."""
    for name in _ALLOWED:
        about = [one for one in weighed if family(one.statement.act) == name and _is_rule(one) and not _is_asked(one)]
        allowed = [one for one in about if _allows(one) and _TOTAL not in one.scopes]  # 2.
        banned = [one for one in about if not _allows(one)]
        against = [one for one in banned if any(_stand_against(one, other, name) for other in allowed)]
        permitting = [one for one in allowed if any(_stand_against(other, one, name) for other in banned)]
        if any(
            one.document != other.document and _stand_against(one, other, name)
            for one in against
            for other in permitting
        ):  # 3.
            yield Conflict(
                type=ConflictKind.ACT,
                severity=Severity.MATERIAL,
                topic=f"is {name} prohibited?" if name == "use" else f"are {name} prohibited?",
                values=(value(f"{name} banned", against), value(f"{name} permitted", permitting)),
            )


def polarities(weighed: Sequence[Weighed]) -> Iterator[Conflict]:
    """Yield what some assert and others deny."""
    found: dict[str, list[Weighed]] = {}
    for one in weighed:
        name = (
            family(one.statement.act) if one.statement.act is not StatedAct.COMPLY_DEADLINE else str(one.statement.act)
        )
        if _is_asked(one) or _is_sought(one):  # 5.
            continue
        if is_binding(one.statement.act) and name not in _ALLOWED and one.statement.act not in _LOOSE:
            found.setdefault(name, []).append(one)
    for name, members in sorted(found.items()):
        denying = [one for one in members if one.statement.polarity == "denied" and _is_denial(one)]
        told = {one.document for one in denying}
        asserting = [one for one in members if one.statement.polarity == "asserted" and one.document not in told]
        denied = [one for one in denying if any(_is_same(one, other) for other in asserting)]
        asserted = [one for one in asserting if any(_is_same(one, other) for other in denying)]
        if denied and asserted:
            yield Conflict(
                type=ConflictKind.POLARITY,
                severity=Severity.MATERIAL,
                topic=f"{topic(name, {one.statement.act for one in members})}: is it so?",
                values=(value("asserted", asserted), value("denied", denied)),
            )


def _is_same(one: Weighed, other: Weighed) -> bool:
    """Tell whether two statements are about one thing, one group of people and one time."""
    if differ(one, other) or is_narrower(one, other) or _is_over(one, other):
        return False
    remedies = [_REMEDY.search(said.passage) for said in (one, other) if said.statement.polarity == "denied"]
    return all(found is None for found in remedies) or all(_APPEAL.search(said.passage) for said in (one, other))  # 6.


def _is_over(one: Weighed, other: Weighed) -> bool:
    """Tell whether one tells of an event that was past long before the paper of the other, which denies it, was written."""
    asserted, denied = (one, other) if other.statement.polarity == "denied" else (other, one)
    if asserted.statement.act not in _EVENTS or not asserted.turn or not denied.written:
        return False
    return asserted.turn.raw.last + _LONG < denied.written.first


def _is_denial(one: Weighed) -> bool:
    """Tell whether something in particular is denied, and as a rule or an event, not as what somebody wishes."""  # 6.
    if _TOTAL in one.scopes or _OTHER.search(one.passage):
        return False
    return not one.passage or not one.statement.act.startswith("require.") or bool(_DUTY.search(one.passage))


def _is_sought(one: Weighed) -> bool:
    """Tell whether an event is only asked for, feared or thought of, as far as its words tell."""
    return one.statement.act in _EVENTS and one.statement.polarity == "asserted" and bool(_SOUGHT.search(one.passage))


def _is_asked(one: Weighed) -> bool:
    return one.passage.rstrip("\"')\u201d\u00bb ").endswith("?")


def _is_rule(one: Weighed) -> bool:
    return one.statement.act.startswith(("prohibit.", "permit."))


def _allows(one: Weighed) -> bool:
    """Tell whether a statement says that something is allowed."""
    return one.statement.act.startswith("permit.") != (one.statement.polarity == "denied")


def _stand_against(banned: Weighed, allowed: Weighed, name: str) -> bool:
    """Tell whether a ban and a permission cannot both be: of one scope, and at one time.

    That people may go on leaves a ban for agencies alone; that it is not banned denies that one too.
    """
    if differ(banned, allowed):
        return False
    is_sweeping = allowed.statement.polarity == "denied" and not allowed.scopes
    if is_narrower(banned, allowed) and not is_sweeping:
        return False
    if allowed.statement.polarity == "denied" or banned.statement.polarity == "denied":
        return True
    if allowed.turn is None:
        return name == _LASTING or banned.turn is None
    if allowed.turn.side is Side.BEGINS:  # allowed until then, and banned afterwards
        return banned.turn is not None and banned.turn.at.last < allowed.turn.raw.first
    return banned.turn is None or banned.turn.at.last >= allowed.turn.at.first
