# SPDX-License-Identifier: Apache-2.0
"""A conversation about an organisation: who it is, then the one question on which most hangs, until none is left.

Enter leaves a question unanswered, and the end of the input ends the conversation: what is known by then stands.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from debar.errors import UsageError
from debar.model.measures import Contract, Organisation
from debar.model.vocab import AddresseeKind
from debar.obligations.kinds import KINDS, told_apart

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from debar.model.results import OpenQuestion
    from debar.register import Register

    Opened = Callable[[Organisation], tuple[OpenQuestion, ...]]
    """Gives what is open for an organisation, the most first."""

MOST = 12
"""Questions in one conversation; the rest stands in the file as remarks."""
_TRIES = 3
_CONTRACTORS = frozenset(
    {AddresseeKind.FEDERAL_CONTRACTOR, AddresseeKind.DEFENCE_CONTRACTOR, AddresseeKind.INTELLIGENCE_CONTRACTOR}
)


class Talk(NamedTuple):
    """Both ends of a conversation."""

    ask: Callable[[str], str]
    """Gives the line that answers a prompt; EOFError at the end of the input."""
    tell: Callable[[str], None]


def who(talk: Talk, register: Register, name: str) -> Organisation:
    """Give an organisation with its name, jurisdictions and kinds; UsageError when nobody says what it is."""
    places = sorted({measure.jurisdiction for measure in register.measures.values()})
    name = name or talk.ask("Name of the organisation: ").strip() or "our organisation"
    talk.tell(f"Measures are known of: {', '.join(places)}.")
    jurisdictions = _some(talk, "Jurisdictions whose law binds it, such as us, eu: ", places)
    offered = told_apart(register, jurisdictions)
    talk.tell("Between these kinds the law of these places tells; several at once are usual:")
    for kind in offered:
        talk.tell(f"  {kind:<24}{KINDS[kind]}")
    kinds = _some(talk, "Kinds, separated by commas: ", [kind.value for kind in offered])
    asking = Organisation(name=name, jurisdictions=jurisdictions, kinds=tuple(AddresseeKind(kind) for kind in kinds))
    return _with_contracts(talk, asking) if _CONTRACTORS & set(asking.kinds) else asking


def _some(talk: Talk, prompt: str, known: list[str]) -> tuple[str, ...]:
    """Give the words that were chosen, at least one; UsageError after three lines that are no choice."""
    from debar.cli.options import check_word

    for _ in range(_TRIES):
        words = dict.fromkeys(word.strip() for word in talk.ask(prompt).replace("+", ",").split(",") if word.strip())
        try:
            if words:
                return tuple(check_word(word, known, prompt.partition(",")[0].rstrip(": ")) for word in words)
            talk.tell("At least one is needed.")
        except UsageError as e:
            talk.tell(e.message)
    raise UsageError("nobody said what the organisation is", hint="--as JURISDICTION/KIND says it, such as us/company")


def _with_contracts(talk: Talk, asking: Organisation) -> Organisation:
    talk.tell("A clause binds through the contract that contains it: its version and day of award decide.")
    ids = [word.strip() for word in talk.ask("Contracts, by names of your own (Enter for none): ").split(",")]
    return replace(asking, contracts=tuple(Contract(id=id_, facts={}) for id_ in dict.fromkeys(filter(None, ids))))


def answers(
    talk: Talk, asking: Organisation, opened: Opened, check: Callable[[Organisation], None]
) -> tuple[Organisation, dict[str, OpenQuestion]]:
    """Give the organisation with what was answered, and every question that was asked, by its fact.

    `check` raises UsageError for an organisation that cannot be.
    """
    asked: dict[str, OpenQuestion] = {}
    try:
        while len(asked) < MOST:
            left = [question for question in opened(asking) if question.fact not in asked]
            if not left:
                break
            question = asked.setdefault(left[0].fact, left[0])
            _explain(talk, question, len(left) - 1)
            for changed in _answered(talk, question, asking, check):
                asking = changed  # the end of the input may come before the next contract is asked about
    except EOFError:
        talk.tell("")
    return asking, asked


def _explain(talk: Talk, question: OpenQuestion, more: int) -> None:
    talk.tell(f"\n{question.question}")
    talk.tell(f"  Why: {question.why}.")
    for outcome in question.outcomes:
        talk.tell(f"  {outcome.answer}: {outcome.says}")
    talk.tell(f"  (Enter leaves it open; {more} more)" if more else "  (Enter leaves it open)")


def _answered(
    talk: Talk, question: OpenQuestion, asking: Organisation, check: Callable[[Organisation], None]
) -> Iterator[Organisation]:
    """Ask for each contract, or for the whole and then for each system to which another answer may apply.

    After each answer the organisation is given as it is by then.
    """
    whose: list[tuple[str, Callable[[Organisation, dict[str, str]], Organisation]]] = [
        (f"for contract {id_}", partial(_of_contract, id_)) for id_ in question.contracts
    ]
    if not whose:
        whose = [("", lambda one, said: replace(one, facts=one.facts | said))]
        whose += [(f"for system {id_}, if other", partial(_of_system, id_)) for id_ in question.systems]
    for named, stated in whose:
        asking = _one(talk, question, named, asking, check, stated)
        yield asking


def _one(
    talk: Talk,
    question: OpenQuestion,
    whose: str,
    asking: Organisation,
    check: Callable[[Organisation], None],
    stated: Callable[[Organisation, dict[str, str]], Organisation],
) -> Organisation:
    """Give the organisation with one more fact; as it was after Enter, or three answers that cannot be."""
    form = "/".join(question.answers) or f"a {question.form}"
    for _ in range(_TRIES):
        said = talk.ask(f"  {whose} [{form}]: " if whose else f"  [{form}]: ").strip()
        if not said:
            break
        changed = stated(asking, {question.fact: said})
        try:
            check(changed)
        except UsageError as e:
            talk.tell(f"  {e.message}")
            continue
        return changed
    return asking


def _of_contract(id_: str, asking: Organisation, said: dict[str, str]) -> Organisation:
    changed = (replace(one, facts=one.facts | said) if one.id == id_ else one for one in asking.contracts)
    return replace(asking, contracts=tuple(changed))


def _of_system(id_: str, asking: Organisation, said: dict[str, str]) -> Organisation:
    changed = (replace(one, facts=one.facts | said) if one.id == id_ else one for one in asking.systems)
    return replace(asking, systems=tuple(changed))
