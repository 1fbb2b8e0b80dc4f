# SPDX-License-Identifier: Apache-2.0
"""What a word on a record stands for: a provision, or an obligation; and what the record then is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from debar.errors import UsageError, did_you_mean
from debar.model.results import Record
from debar.model.vocab import Instrument, Modality
from debar.obligations.applies import ADVISORY
from debar.obligations.plan import provisions_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from debar.model.measures import Provision
    from debar.model.results import Obligation
    from debar.register import Register

_OBLIGATION = "obl-"


def answered(
    word: str, obligations: Sequence[Obligation], register: Register, contract: str, *, has_report: bool
) -> Record:
    """Give the record of a duty without who did it, when, and what was found.

    UsageError for what is no duty: one abstains without a record, and a question is answered by a fact.
    """
    provisions = provisions_of(register)
    if "#" in word:
        return _of_provision(word, obligations, provisions, register, contract, has_report=has_report)
    found = [one for one in obligations if one.id.startswith(word.casefold())] if word.startswith(_OBLIGATION) else []
    if len(found) != 1:
        raise UsageError(_unknown(word, found, obligations), hint="debar record lists what is due, with the ids")
    (obligation,) = found
    duties = tuple(name for name in obligation.provisions if _is_duty(name, provisions, register))
    if obligation.action.startswith("Answer: "):
        raise UsageError(f"{obligation.id} is a question", hint="answer it with --fact, or in the organisation's file")
    if obligation.provisions and not duties:
        raise UsageError(f"{obligation.id} is no duty: {_NOT_DONE}", hint=_DECIDE)
    is_whole = all(_is_whole(provisions[name]) for name in duties) and bool(duties)
    return _record(duties, obligation.action, contract or obligation.contract, () if is_whole else obligation.exposures)


_NOT_DONE = "what one must not do is seen from evidence, and not put on record"
_DECIDE = "debar decide keeps what people decided about what was found"


def _of_provision(
    name: str,
    obligations: Iterable[Obligation],
    provisions: Mapping[str, Provision],
    register: Register,
    contract: str,
    *,
    has_report: bool,
) -> Record:
    if name not in provisions:
        raise UsageError(
            f"no provision is called {name!r}{did_you_mean(name, provisions)}",
            hint="debar register show MEASURE lists them",
        )
    provision = provisions[name]
    if not _is_duty(name, provisions, register):
        raise UsageError(f"{name} is no duty: {_NOT_DONE}", hint=_DECIDE)
    if _is_whole(provision):
        return _record((name,), provision.action, contract, ())
    if not has_report:
        raise UsageError(
            f"{name} follows from what was found",
            hint=f"name the report that shows it: debar record '{name}' report.json",
        )
    mine = [one for one in obligations if name in one.provisions and one.contract in ("", contract or one.contract)]
    exposures = tuple(dict.fromkeys(id_ for one in mine for id_ in one.exposures))
    if not exposures:
        raise UsageError(f"nothing in the report is owed under {name}", hint="debar record lists what is due")
    return _record((name,), provision.action, contract, exposures)


def _record(provisions: tuple[str, ...], about: str, contract: str, exposures: tuple[str, ...]) -> Record:
    return Record(on="", by="", found="", about=about, provisions=provisions, contract=contract, exposures=exposures)


def _is_duty(name: str, provisions: Mapping[str, Provision], register: Register) -> bool:
    instrument = register.measures[name.partition("#")[0]].instrument
    modality = provisions[name].modality
    return instrument is not Instrument.PROPOSAL and (
        modality in (Modality.REQUIRED, Modality.ADVISED) or instrument in ADVISORY
    )


def _is_whole(provision: Provision) -> bool:
    """Tell whether a duty is done as a whole, and not for each thing that was found."""
    return provision.owed or bool(provision.deadline and provision.deadline.repeats)


def _unknown(word: str, found: Sequence[Obligation], obligations: Sequence[Obligation]) -> str:
    if found:
        listed = "".join(f"\n  {one.id}  {one.action}" for one in found)
        return f"{word!r} stands for {len(found)} obligations:{listed}"
    if not word.startswith(_OBLIGATION):
        return (
            f"{word!r} is neither a provision, such as us-far-52.204-30#review-sam, nor an obligation, such as obl-59a4"
        )
    return f"no obligation is called {word!r}{did_you_mean(word, [one.id for one in obligations])}"
