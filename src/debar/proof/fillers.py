# SPDX-License-Identifier: Apache-2.0
"""What of a report answers an element of a form: one function for each name that a form may give.

A filler gives what evidence says, each value with where it is from. It gives nothing where there is nothing, and never
a negative: that something was not found is told as what was looked at, for a person to conclude from.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, NamedTuple

from debar.model.results import Result
from debar.model.vocab import Act, Kind, Looked, Medium, Status, Verdict

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from debar.model.measures import Measure
    from debar.model.results import Exposure, Match, Obligation, Report
    from debar.register import Register

UNKNOWN = "for a person to fill in: no file that was read can tell it"
_PAPER = frozenset({Act.REPORT, Act.FLOW_DOWN, Act.REPRESENT, Act.IDENTIFY, Act.MONITOR, Act.PLAN, Act.ATTEST})
"""Acts that leave what is there as it is."""
_LOOKED = frozenset({Looked.READ, Looked.LOOKED_THROUGH})


class Value(Result, frozen=True, kw_only=True):
    """One thing that evidence says."""

    text: str
    exposures: tuple[str, ...] = ()
    """Ids of the exposures that it is from."""
    source: str = ""
    """The file and place that it is from, or the part of the report."""


class Case(NamedTuple):
    """What a form is filled for."""

    report: Report
    register: Register
    measure: Measure
    contract: str
    exposures: tuple[Exposure, ...]
    """Those whose findings make the form due; without any, those of the parties that its provision names."""
    is_found: bool
    """There are such findings."""
    advised: tuple[Obligation, ...]
    """What of the report's obligations changes what is there, and is no paper."""


class Filler(NamedTuple):
    """How one name of a form is answered."""

    values: Callable[[Case], tuple[Value, ...]]
    unknown: str
    """What a person has to fill in where there are no values."""
    beside: str = ""
    """What is left to a person where there are some; empty where evidence completes it."""


def _grouped(case: Case, key: Callable[[Exposure], str]) -> tuple[Value, ...]:
    """Give one value for each word that a function gives of the exposures, with all of those it is from."""
    found: dict[str, list[str]] = defaultdict(list)
    for exposure in case.exposures:
        if word := key(exposure):
            found[word].append(exposure.id)
    return tuple(Value(text=word, exposures=tuple(sorted(set(ids)))) for word, ids in sorted(found.items()))


def _product(case: Case, exposure: Exposure) -> str:
    """Give what people call a product, or nothing where only its party is known."""
    return case.report.names.get(f"{exposure.party}/{exposure.product}", "") if exposure.product else ""


def _called(case: Case, exposure: Exposure) -> str:
    """Give what people call a product, or its party."""
    return _product(case, exposure) or case.report.names.get(exposure.party, exposure.party)


def _organisation(case: Case) -> tuple[Value, ...]:
    if case.report.assumed or "/" in case.report.organisation.name:
        return ()  # the short form, such as us/company, names nobody
    return (Value(text=case.report.organisation.name, source="organisation"),)


def _parties(case: Case) -> tuple[Value, ...]:
    return _grouped(case, lambda e: case.report.names.get(e.party, e.party))


def _products(case: Case) -> tuple[Value, ...]:
    return _grouped(case, lambda e: _called(case, e))


def _contracts(case: Case) -> tuple[Value, ...]:
    known = case.report.organisation.contracts
    if case.contract or len(known) == 1:
        return (Value(text=case.contract or known[0].id, source="organisation.contracts"),)
    return ()


def _matches(case: Case, is_meant: Callable[[Match], bool]) -> Iterator[tuple[Exposure, Match]]:
    return ((exposure, match) for exposure in case.exposures for match in exposure.matches if is_meant(match))


def _seen(case: Case, found: Iterable[tuple[Exposure, Match, str]]) -> tuple[Value, ...]:
    """Give a value for each text, with its exposures and the first place that says so."""
    paths = {source.id: source.path for source in case.report.sources}
    texts: dict[str, list[tuple[Exposure, Match]]] = defaultdict(list)
    for exposure, match, text in found:
        texts[text].append((exposure, match))
    return tuple(
        Value(
            text=text,
            exposures=tuple(sorted({exposure.id for exposure, _ in many})),
            source=min(f"{paths.get(match.source, match.source)} {match.locator}".strip() for _, match in many),
        )
        for text, many in sorted(texts.items())
    )


def _suppliers(case: Case) -> tuple[Value, ...]:
    """Give whom purchases name: who makes a thing is not who supplied it."""
    bought = _matches(case, lambda m: m.medium is Medium.PURCHASES and m.observable.kind is Kind.SUPPLIER)
    return _seen(case, ((exposure, match, match.observable.value) for exposure, match in bought))


def _purchases(case: Case) -> tuple[Value, ...]:
    bought = _matches(case, lambda m: m.medium is Medium.PURCHASES)
    return _seen(case, ((e, m, f"{m.label} ({_called(case, e)})") for e, m in bought))


def _models(case: Case) -> tuple[Value, ...]:
    """Give products with versions, and model numbers where a source says that they are such."""
    sold = _grouped(case, lambda e: f"{_product(case, e)} {e.version}".strip() if _product(case, e) else "")
    told = _matches(case, lambda m: m.observable.kind in (Kind.MODEL, Kind.SKU))
    return (*sold, *_seen(case, ((e, m, m.observable.value) for e, m in told)))


def _items(case: Case) -> tuple[Value, ...]:
    every = _matches(case, lambda _: True)
    return _seen(case, ((e, m, f"{m.label or _called(case, e)} on {e.asset}") for e, m in every))


def _exposures(case: Case) -> tuple[Value, ...]:
    return tuple(
        Value(text=f"{_called(case, e)} {e.version}".strip() + f" on {e.asset} (level {e.level})", exposures=(e.id,))
        for e in case.exposures
    )


def _assets(exposures: Iterable[Exposure]) -> set[str]:
    return {exposure.asset for exposure in exposures}


def _endpoints(case: Case) -> tuple[Value, ...]:
    ids = tuple(exposure.id for exposure in case.exposures)
    return (Value(text=str(len(_assets(case.exposures))), exposures=ids),) if ids else ()


def _endpoints_per_product(case: Case) -> tuple[Value, ...]:
    found: dict[str, list[Exposure]] = defaultdict(list)
    for exposure in case.exposures:
        found[_called(case, exposure)].append(exposure)
    return tuple(
        Value(text=f"{name}: {len(_assets(many))}", exposures=tuple(e.id for e in many))
        for name, many in sorted(found.items())
    )


def _methods(case: Case) -> tuple[Value, ...]:
    """Give how things were recognised, and what was read for it."""
    found: dict[str, list[str]] = defaultdict(list)
    for exposure in case.exposures:
        for technique in exposure.techniques:
            found[technique].append(exposure.id)
    how = (Value(text=f"match of {name}", exposures=tuple(ids)) for name, ids in sorted(found.items()))
    return (*how, *_inquiry(case))


def _inquiry(case: Case) -> tuple[Value, ...]:
    """Give what was read and held against what."""
    report = case.report
    if not report.sources:
        return ()
    readers: dict[str, int] = defaultdict(int)
    for source in report.sources:
        readers[source.reader] += 1
    files = ", ".join(f"{count} {name}" for name, count in sorted(readers.items()))
    parties = {party for provision in case.measure.provisions for party in provision.targets.parties}
    known = sum(indicator.party in parties for indicator in case.register.indicators)
    against = f"{known} of {len(case.register.indicators)} indicators of register {report.register.version}"
    return (
        Value(
            text=f"{len(report.sources)} inputs about {len(report.coverage.assets)} assets: {files}", source="sources"
        ),
        Value(text=f"held against {against}; those counted are of parties that the measure names", source="register"),
    )


def _gaps(case: Case) -> tuple[Value, ...]:
    """Give what was not looked at: kinds of evidence, assets without it, and inputs that could not be read."""
    coverage = case.report.coverage
    kinds = (
        Value(text=f"no evidence of the kind {kind} was read", source="coverage") for kind in coverage.kinds_missing
    )
    states: Counter[tuple[str, str]] = Counter(
        (str(medium), str(evidence.state))
        for asset in coverage.assets
        for medium, evidence in asset.evidence.items()
        if evidence.state not in _LOOKED
    )
    assets = (
        Value(text=f"{count} assets whose evidence of the kind {medium} is: {state}", source="coverage")
        for (medium, state), count in sorted(states.items())
    )
    skips = (
        Value(text=f"not read: {' '.join(filter(None, (skip.source, skip.locator)))}: {skip.reason}", source="skips")
        for skip in case.report.skips
    )
    said = Value(
        text=f"{len(coverage.notes)} notes on what evidence and indicators cannot show", source="coverage.notes"
    )
    return (*kinds, *assets, *skips, *((said,) if coverage.notes else ()))


def advised(report: Report) -> tuple[Obligation, ...]:
    """Give the obligations that are about things themselves, and not about what is to be written of them, or asked."""
    real = {f.id for f in report.findings if f.act not in _PAPER and f.status is not Status.UNDETERMINED}
    return tuple(one for one in report.obligations if not real.isdisjoint(one.findings))


def _advised(case: Case) -> Iterator[tuple[Obligation, tuple[str, ...]]]:
    """Yield what is to be done about the exposures of a case, with those it is about."""
    ids = {exposure.id for exposure in case.exposures}
    for one in case.advised:
        if about := sorted(ids.intersection(one.exposures)):
            yield one, tuple(about)


def _mitigation(case: Case) -> tuple[Value, ...]:
    """Give what people decided, as undertaken, and what follows from other findings, as recommended."""
    told = {exposure.id: exposure.decision for exposure in case.exposures if exposure.decision}
    undertaken = (Value(text=f"undertaken ({d.verdict}): {d.reason}", exposures=(id_,)) for id_, d in told.items())
    advised = (Value(text=f"recommended: {o.action}", exposures=ids, source=o.id) for o, ids in _advised(case))
    return (*undertaken, *advised)


def _timeline(case: Case) -> tuple[Value, ...]:
    return tuple(
        Value(text=f"by {one.due}: {one.action}", exposures=ids, source=one.id)
        for one, ids in _advised(case)
        if one.due
    )


def _protection(case: Case) -> tuple[Value, ...]:
    """Give what else protects the assets, by what their evidence says."""
    assets = _assets(case.exposures)
    return tuple(
        Value(text=f"{one.product} on {one.asset}: {one.state}", source=f"{one.source} {one.locator}".strip())
        for one in case.report.protection
        if one.asset in assets
    )


def _systems(case: Case) -> tuple[Value, ...]:
    """Give the systems of the organisation that assets belong to; their function nobody states."""
    found: dict[str, list[str]] = defaultdict(list)
    for system in case.report.organisation.systems:
        for exposure in case.exposures:
            if any(fnmatchcase(exposure.asset, pattern) for pattern in system.assets):
                found[system.id].append(exposure.id)
    return tuple(
        Value(text=f"system {name}", exposures=tuple(ids), source="organisation.systems") for name, ids in found.items()
    )


def _progress(case: Case) -> tuple[Value, ...]:
    """Give what people said is gone, and what remains."""
    parties = {exposure.party for exposure in case.exposures}
    gone = [
        one.exposure
        for one in case.report.set_aside
        if one.exposure.party in parties and one.exposure.decision and one.exposure.decision.verdict is Verdict.REPLACED
    ]
    remain = Value(text=f"remaining: {len(case.exposures)}", exposures=tuple(e.id for e in case.exposures))
    replaced = Value(text=f"replaced, by decision: {len(gone)}", exposures=tuple(e.id for e in gone))
    return tuple(value for value in (replaced, remain) if value.exposures)


def _waivers(case: Case) -> tuple[Value, ...]:
    return tuple(
        Value(text=f"{one.text} (granted by {one.granted_by})", source=f"organisation.waivers: {one.id}")
        for one in case.report.organisation.waivers
        if any(named.partition("#")[0] == case.measure.id for named in one.provisions)
    )


def _representation(case: Case) -> tuple[Value, ...]:
    """Give what speaks for "does"; nothing speaks for "does not"."""
    speaks = (
        'evidence speaks for "does"' if case.is_found else "evidence on which no finding rests that counts on this day"
    )
    ids = tuple(exposure.id for exposure in case.exposures)
    text = f"{speaks}: {len(ids)} exposures on {len(_assets(case.exposures))} assets"
    return (Value(text=text, exposures=ids),) if ids else ()


def _completion(case: Case) -> tuple[Value, ...]:
    """Give what speaks against it; nothing speaks for it."""
    ids = tuple(exposure.id for exposure in case.exposures)
    says = "not complete" if case.is_found else "evidence on which no finding rests that counts on this day"
    return (Value(text=f"{says}: {len(ids)} instances", exposures=ids),) if ids else ()


def _none(_case: Case) -> tuple[Value, ...]:
    return ()


def _left(values: Callable[[Case], tuple[Value, ...]], unknown: str) -> Filler:
    """Give a filler that evidence alone never completes."""
    return Filler(values, unknown, unknown)


_NIL = "nothing was found, which is no proof that nothing is there: see what was looked at, and confirm or correct"
_WHICH = "which of these it is about: strike out what was neither provided nor used"
FILLERS: dict[str, Filler] = {
    "human": Filler(_none, UNKNOWN),
    "organisation": Filler(_organisation, "the name of the organisation: its file states it (--as FILE.yaml)"),
    "contracts": Filler(
        _contracts, "the contract: the organisation's file names none, or does not say which (contracts)"
    ),
    "suppliers": Filler(_suppliers, "who supplied it: no purchase that was read names a supplier of it"),
    "purchases": _left(_purchases, "agreements that no purchase record shows"),
    "parties": Filler(_parties, _NIL),
    "brands": Filler(_parties, _NIL),
    "models": Filler(_models, "the model number: evidence tells the maker only", _WHICH),
    "items": Filler(_items, _NIL, _WHICH),
    "products": Filler(_products, _NIL),
    "exposures": Filler(_exposures, _NIL),
    "endpoints": Filler(_endpoints, _NIL),
    "endpoints-per-product": Filler(_endpoints_per_product, _NIL),
    "methods": Filler(_methods, "how it was searched for"),
    "inquiry": _left(_inquiry, "any other inquiry, and who conducted it"),
    "gaps": _left(_gaps, "anything else that is known to stand in the way, or not to have been looked at"),
    "mitigation": _left(_mitigation, "what was done about it so far"),
    "timeline": _left(_timeline, "the days on which it will be removed: debar plan works them out"),
    "replacement-timeline": Filler(_none, "the days on which replacements will be in place: debar plan works them out"),
    "protection": _left(_protection, "which product replaces it"),
    "systems": _left(_systems, "what the endpoints are for"),
    "progress": _left(_progress, "how far the plan of action was carried out"),
    "waivers": Filler(_waivers, "whether an exemption is held: the organisation's file names none (waivers)"),
    "representation": _left(_representation, '"does" or "does not": for whoever signs to decide'),
    "completion": _left(_completion, "whether the removal is complete: for whoever signs to declare"),
}
"""Name in a form -> how it is answered; a form with another name has that element left to a person."""
