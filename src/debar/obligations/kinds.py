# SPDX-License-Identifier: Apache-2.0
"""The kinds of organisation in a sentence each, and those between which the law of a place tells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from debar.model.vocab import AddresseeKind, MeasureStatus

if TYPE_CHECKING:
    from collections.abc import Collection

    from debar.register import Register

KINDS = {
    AddresseeKind.SUPPLIER: "the designated party itself",
    AddresseeKind.COMPANY: "a private organisation that uses technology for itself",
    AddresseeKind.INDIVIDUAL: "a natural person who uses technology privately",
    AddresseeKind.RESELLER: "sells others' technology on: dealers, managed service providers",
    AddresseeKind.INTEGRATOR: "builds others' technology into its own products or services",
    AddresseeKind.FEDERAL_AGENCY: "a department, ministry or agency of a national government, federal or not",
    AddresseeKind.FEDERAL_CONTRACTOR: "has a contract, or a subcontract at any tier, with a federal agency",
    AddresseeKind.DEFENCE_BODY: "the department of defence or a component of it; name federal-agency too",
    AddresseeKind.INTELLIGENCE_BODY: "an element of the intelligence community; name federal-agency too",
    AddresseeKind.DEFENCE_CONTRACTOR: "has a contract, or a subcontract at any tier, with a defence body",
    AddresseeKind.INTELLIGENCE_CONTRACTOR: "has one with an intelligence body",
    AddresseeKind.STATE_BODY: "body of a state, province, territory or region",
    AddresseeKind.LOCAL_AUTHORITY: "city, county or municipal council",
    AddresseeKind.PURCHASING_BODY: "central purchasing body that buys for public administrations",
    AddresseeKind.GRANTEE: "spends money of a federal loan or grant",
    AddresseeKind.CRITICAL_INFRASTRUCTURE: "manages infrastructure that a state has designated as critical, or provides essential services",
    AddresseeKind.CARRIER: "provides a public communications network or service",
    AddresseeKind.APP_STORE: "runs a marketplace through which users get applications",
    AddresseeKind.HOSTING_PROVIDER: "provides internet hosting",
    AddresseeKind.IMPORTER: "brings goods into the country",
    AddresseeKind.VEHICLE_MAKER: "makes or assembles connected vehicles, or imports complete ones",
    AddresseeKind.EQUIPMENT_MAKER: "makes or imports radio-frequency equipment that needs an authorisation",
    AddresseeKind.FUND_RECIPIENT: "spends money of a telecommunications subsidy programme",
}
"""Who each kind is; no kind includes another."""


def told_apart(register: Register, jurisdictions: Collection[str]) -> tuple[AddresseeKind, ...]:
    """Give the kinds that a measure of some jurisdictions names, on either side, in the order of the list."""
    named = {
        kind
        for measure in register.measures.values()
        if measure.jurisdiction in jurisdictions and measure.status is not MeasureStatus.DRAFT
        for provision in measure.provisions
        for kind in (*provision.addressees, *provision.counterparties)
    }
    return tuple(kind for kind in KINDS if kind in named)
