# SPDX-License-Identifier: Apache-2.0
"""What was found and looked at, as values of a form: products, suppliers, endpoints, inquiries, gaps."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from debar.model.vocab import Kind, Looked, Medium
from debar.proof.cases import Value

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from debar.model.results import Exposure, Match
    from debar.proof.cases import Case

_ON_PAPER = frozenset({Medium.PURCHASES, Medium.SBOM})
"""Evidence that something was bought, or is part of a product: of no machine on which it is."""
_LOOKED = frozenset({Looked.READ, Looked.LOOKED_THROUGH})


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


def organisation(case: Case) -> tuple[Value, ...]:
    """Give who answers, where a file of the organisation names it."""
    if case.report.assumed or "/" in case.report.organisation.name:
        return ()  # the short form, such as us/company, names nobody
    return (Value(text=case.report.organisation.name, source="organisation"),)


def parties(case: Case) -> tuple[Value, ...]:
    """Give whose technology it is."""
    return _grouped(case, lambda e: case.report.names.get(e.party, e.party))


def _listed(case: Case, exposure: Exposure) -> str:
    """Give a product as lists of products have it: a maker alone is no product."""
    return _product(case, exposure) or f"{_called(case, exposure)}: which product is not told"


def products(case: Case) -> tuple[Value, ...]:
    """Give the products, by name."""
    return _grouped(case, lambda e: _listed(case, e))


def contracts(case: Case) -> tuple[Value, ...]:
    """Give the contract that it is about, where there is one or it is known which."""
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


def suppliers(case: Case) -> tuple[Value, ...]:
    """Give whom purchases name: who makes a thing is not who supplied it."""
    bought = _matches(case, lambda m: m.medium is Medium.PURCHASES and m.observable.kind is Kind.SUPPLIER)
    return _seen(case, ((exposure, match, match.observable.value) for exposure, match in bought))


def purchases(case: Case) -> tuple[Value, ...]:
    """Give what was bought, as ledgers call it."""
    bought = _matches(case, lambda m: m.medium is Medium.PURCHASES)
    return _seen(case, ((e, m, f"{m.label} ({_called(case, e)})") for e, m in bought))


def models(case: Case) -> tuple[Value, ...]:
    """Give products with versions, and model numbers where a source says that they are such."""
    sold = _grouped(case, lambda e: f"{_product(case, e)} {e.version}".strip() if _product(case, e) else "")
    told = _matches(case, lambda m: m.observable.kind in (Kind.MODEL, Kind.SKU))
    return (*sold, *_seen(case, ((e, m, m.observable.value) for e, m in told)))


def items(case: Case) -> tuple[Value, ...]:
    """Give every thing that was met, as its evidence calls it."""
    every = _matches(case, lambda _: True)
    return _seen(case, ((e, m, f"{m.label or _called(case, e)} on {e.asset}") for e, m in every))


def exposures(case: Case) -> tuple[Value, ...]:
    """Give each exposure with its level."""
    return tuple(
        Value(text=f"{_called(case, e)} {e.version}".strip() + f" on {e.asset} (level {e.level})", exposures=(e.id,))
        for e in case.exposures
    )


def assets(exposures: Iterable[Exposure]) -> set[str]:
    """Give the assets that exposures are on."""
    return {exposure.asset for exposure in exposures}


def _on_machines(case: Case) -> list[Exposure]:
    """Give the exposures that something on a machine, or on its wire, shows: what was bought or declared is on none yet."""
    return [one for one in case.exposures if not _ON_PAPER.issuperset(match.medium for match in one.matches)]


def endpoints(case: Case) -> tuple[Value, ...]:
    """Give how many machines it is on."""
    found = _on_machines(case)
    return (Value(text=str(len(assets(found))), exposures=tuple(one.id for one in found)),) if found else ()


def endpoints_per_product(case: Case) -> tuple[Value, ...]:
    """Give how many machines each product is on."""
    found: dict[str, list[Exposure]] = defaultdict(list)
    for exposure in _on_machines(case):
        found[_listed(case, exposure)].append(exposure)
    return tuple(
        Value(text=f"{name}: {len(assets(many))}", exposures=tuple(e.id for e in many))
        for name, many in sorted(found.items())
    )


def methods(case: Case) -> tuple[Value, ...]:
    """Give how things were recognised, and what was read for it."""
    found: dict[str, list[str]] = defaultdict(list)
    for exposure in case.exposures:
        for technique in exposure.techniques:
            found[technique].append(exposure.id)
    how = (Value(text=f"match of {name}", exposures=tuple(ids)) for name, ids in sorted(found.items()))
    return (*how, *inquiry(case))


def inquiry(case: Case) -> tuple[Value, ...]:
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


def gaps(case: Case) -> tuple[Value, ...]:
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
