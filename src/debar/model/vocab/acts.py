# SPDX-License-Identifier: Apache-2.0
"""Who does what: acts and addressees."""

from enum import StrEnum


class Act(StrEnum):
    """What somebody does with a supplier's technology, seen from whoever does it."""

    CONTRACT = "contract"
    """Supplier's side: enter into an agreement to supply."""
    ACQUIRE = "acquire"
    """Customer's side: buy or otherwise obtain a product or licence for the first time."""
    RENEW = "renew"
    """Customer's side: extend or renew an existing licence or subscription."""
    UPDATE = "update"
    """Provide (supplier) or receive (customer) signature or code updates."""
    OPERATE = "operate"
    """Run (supplier) or take part in (customer) the supplier's cloud network."""
    USE = "use"
    """Have it running or installed."""
    RESELL = "resell"
    """Sell on to others."""
    LICENSE = "license"
    """License to others in order that they resell or integrate."""
    INTEGRATE = "integrate"
    """Build it into another product or service, under whatever brand."""
    PROVIDE = "provide"
    """Deliver it to a government under a contract."""
    PERFORM = "perform"
    """Use it in performing a contract with a government, or in making what is delivered under one."""
    ENGAGE = "engage"
    """Government's side: contract with somebody who uses it, whatever the contract is about."""
    INSTALL = "install"
    """Put software or equipment into place for the first time."""
    DEPLOY = "deploy"
    """Set equipment up at a site."""
    CONNECT = "connect"
    """Attach equipment to a network."""
    DISTRIBUTE = "distribute"
    """Offer an application in a marketplace or store."""
    HOST = "host"
    """Provide internet hosting for an application."""
    SELL = "sell"
    """Sell one's own products that contain it."""
    IMPORT = "import"
    """Bring it into the country."""
    MARKET = "market"
    """Offer equipment that contains it for sale or lease."""
    AUTHORISE = "authorise"
    """Obtain an equipment authorisation for a device that contains it."""
    SPEND = "spend"
    """Pay for it with money from a subsidy programme."""
    EXPORT = "export"
    """Export, re-export or transfer goods, software or technology to the party."""
    TRANSACT = "transact"
    """Deal in property or interests of a blocked person."""
    FREEZE = "freeze"
    """Block property of a designated person that one holds."""
    IDENTIFY = "identify"
    """Find out where it is used or present."""
    REPORT = "report"
    """Tell an authority or a contracting officer about it."""
    PLAN = "plan"
    """Write a plan for its removal."""
    REMOVE = "remove"
    """Take it out of service."""
    REPLACE = "replace"
    """Move to another supplier's product."""
    DIVERSIFY = "diversify"
    """Procure other products beside it, so that its failure can be borne."""
    DISCONNECT = "disconnect"
    """Take it off the network, or uninstall it."""
    BLOCK = "block"
    """Keep its downloads, access or traffic out."""
    LIMIT = "limit"
    """Keep its share below a cap."""
    MONITOR = "monitor"
    """Look into a list again and again, to see whom it names."""
    REPRESENT = "represent"
    """State in an offer or a registration whether one provides or uses it."""
    ATTEST = "attest"
    """Certify in an application that it is not contained."""
    DECLARE = "declare"
    """Hand in a declaration of conformity."""
    RECORD = "record"
    """Keep records for a period."""
    FLOW_DOWN = "flow-down"
    """Put the clause into one's subcontracts."""
    HAND_OVER = "hand-over"
    """Give users their data."""
    WIND_UP = "wind-up"
    """Close a business in the country."""


class AddresseeKind(StrEnum):
    """The kind of organisation a provision binds, or that asks; one may be several at once."""

    ANYONE = "anyone"
    """Every person in the world (the border of the authority's reach is the measure's own)."""
    DOMESTIC_PERSON = "domestic-person"
    """Everyone in the measure's jurisdiction or of its nationality ("U.S. persons")."""
    SUPPLIER = "supplier"
    """The designated party itself, with the group that the measure names."""
    COMPANY = "company"
    """A private organisation that uses technology for itself."""
    INDIVIDUAL = "individual"
    """A natural person who uses technology privately."""
    RESELLER = "reseller"
    """Sells others' technology on: dealers, managed service providers."""
    INTEGRATOR = "integrator"
    """Builds others' technology into its own products or services: OEMs, white labels."""
    FEDERAL_AGENCY = "federal-agency"
    """A department, ministry, agency or other element of a national government, federal or not."""
    FEDERAL_CONTRACTOR = "federal-contractor"
    """Has a contract, or a subcontract at any tier, with a federal agency."""
    DEFENCE_BODY = "defence-body"
    """The department of defence or one of its components; it is a federal agency too."""
    INTELLIGENCE_BODY = "intelligence-body"
    """An element of the intelligence community; it is a federal agency too."""
    DEFENCE_CONTRACTOR = "defence-contractor"
    """Has a contract, or a subcontract at any tier, with a defence body."""
    INTELLIGENCE_CONTRACTOR = "intelligence-contractor"
    """Has a contract, or a subcontract at any tier, with an intelligence body."""
    STATE_BODY = "state-body"
    """Body of a state, province, territory or region."""
    LOCAL_AUTHORITY = "local-authority"
    """City, county or municipal council."""
    PURCHASING_BODY = "purchasing-body"
    """Central purchasing body that buys for public administrations."""
    GRANTEE = "grantee"
    """Spends money of a federal loan or grant."""
    CRITICAL_INFRASTRUCTURE = "critical-infrastructure"
    """Manages infrastructure that a state has designated as critical, or provides essential services."""
    CARRIER = "carrier"
    """Provides a public communications network or service."""
    APP_STORE = "app-store"
    """Runs a marketplace through which users get applications."""
    HOSTING_PROVIDER = "hosting-provider"
    """Provides internet hosting."""
    IMPORTER = "importer"
    """Brings goods into the country."""
    VEHICLE_MAKER = "vehicle-maker"
    """Makes or assembles connected vehicles, or imports complete ones."""
    EQUIPMENT_MAKER = "equipment-maker"
    """Makes or imports radio-frequency equipment that needs an authorisation."""
    FUND_RECIPIENT = "fund-recipient"
    """Spends money of a telecommunications subsidy programme."""


DUTIES = frozenset(
    {
        Act.IDENTIFY,
        Act.REPORT,
        Act.PLAN,
        Act.REMOVE,
        Act.REPLACE,
        Act.DIVERSIFY,
        Act.DISCONNECT,
        Act.BLOCK,
        Act.LIMIT,
        Act.MONITOR,
        Act.REPRESENT,
        Act.DECLARE,
        Act.RECORD,
        Act.FLOW_DOWN,
    }
)
"""Acts that somebody can be told to do because something is there; of all others one is told to refrain."""

LASTING = frozenset({Act.USE, Act.OPERATE, Act.CONNECT, Act.INTEGRATE})
"""Acts that go on for as long as a thing is there, so that evidence of it shows them; of any other, one can only abstain."""
SETTLES = {
    Act.REMOVE: frozenset({Act.USE, Act.UPDATE, Act.DISCONNECT}),
    Act.REPLACE: frozenset({Act.DIVERSIFY}),
}
"""What doing one act settles of others: nobody uses, updates or has to disconnect what was removed."""
