# SPDX-License-Identifier: Apache-2.0
"""The words of the law and of evidence, each with its definition and its border to the neighbour.

Values are never renamed or removed: reports and registers out there carry them.
"""

from enum import StrEnum


class Instrument(StrEnum):
    """The legal kind of a measure; only binding kinds can prohibit or require."""

    STATUTE = "statute"
    """Passed by a legislature."""
    REGULATION = "regulation"
    """General rule made by an authority under a statute, codified or not."""
    DETERMINATION = "determination"
    """Decision on one named case, published as a notice."""
    DIRECTIVE = "directive"
    """Order to bodies under the authority's own supervision, such as federal agencies."""
    CLAUSE = "clause"
    """Text that binds through a contract which contains it."""
    DESIGNATION = "designation"
    """Act that names a person or organisation under a sanctions programme."""
    LIST_ENTRY = "list-entry"
    """Row of a published list; its effect lies in other rules that point to the list."""
    WARNING = "warning"
    """Official warning without binding force: it can only advise."""
    ADVICE = "advice"
    """Guidance or recommendation without binding force: it can only advise."""
    PROPOSAL = "proposal"
    """Bill, draft or consultation: it has no legal effect yet."""


class MeasureStatus(StrEnum):
    """Where a measure stands in its life."""

    DRAFT = "draft"
    """Written but not yet reviewed by a human; never used for findings."""
    ACTIVE = "active"
    """Something of it still bites or will."""
    ENDED = "ended"
    """Nothing of it bites any more; kept because reports about the past need it."""


class Modality(StrEnum):
    """What a provision does with an act."""

    PROHIBITED = "prohibited"
    """The addressee must not do it."""
    REQUIRED = "required"
    """The addressee must do it."""
    PERMITTED = "permitted"
    """The text says that it stays lawful, perhaps at one's own risk (see Effect)."""
    ADVISED = "advised"
    """The text recommends it without binding."""


class Effect(StrEnum):
    """What a permission brings with it."""

    NONE = "none"
    """Nothing: simply lawful."""
    AT_RISK = "at-risk"
    """Lawful, but whoever does it bears the risk that the authority names."""


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
    AUTHORISE = "authorise"
    """Obtain an equipment authorisation for a device that contains it."""
    SPEND = "spend"
    """Pay for it with money from a subsidy programme."""
    EXPORT = "export"
    """Export, re-export or transfer goods, software or technology to the party."""
    TRANSACT = "transact"
    """Deal in property or interests of a blocked person."""
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
    """A department, agency or other element of a federal government."""
    FEDERAL_CONTRACTOR = "federal-contractor"
    """Has a contract, or a subcontract at any tier, with a federal agency."""
    EQUIPMENT_MAKER = "equipment-maker"
    """Makes or imports radio-frequency equipment that needs an authorisation."""
    FUND_RECIPIENT = "fund-recipient"
    """Spends money of a telecommunications subsidy programme."""


class Category(StrEnum):
    """What a product is for, as far as measures draw lines there."""

    CYBERSECURITY = "cybersecurity"
    """Protects, detects, manages or controls: any security product or service."""
    ANTI_VIRUS = "anti-virus"
    """Detects and removes malware; every one of these is also cybersecurity."""
    THREAT_INTELLIGENCE = "threat-intelligence"
    """Information about threats: feeds, reports, look-ups."""
    SECURITY_TRAINING = "security-training"
    """Courses and awareness programmes."""
    CONSULTING = "consulting"
    """Purely informational or educational advice."""
    LIBRARY = "library"
    """General-purpose software that protects nothing: UI kits, test libraries, tools."""


class Status(StrEnum):
    """The legal position of one act under one provision, for one organisation."""

    PROHIBITED = "prohibited"
    """The organisation is bound and must not do it."""
    REQUIRED = "required"
    """The organisation is bound and must do it."""
    UNDETERMINED = "undetermined"
    """Depends on a fact nobody has stated; the finding names the question."""
    UNAVAILABLE = "unavailable"
    """Somebody else is bound (the supplier): the organisation breaks no law, it just gets nothing."""
    AT_RISK = "at-risk"
    """Lawful, at one's own risk."""
    ADVISED = "advised"
    """Recommended by an authority, not demanded."""
    EXEMPT = "exempt"
    """The provision would apply, but an exemption of the text takes the case out."""
    PERMITTED = "permitted"
    """Lawful: the text says so, or nothing in the register restricts it."""


class Force(StrEnum):
    """How strongly an obligation binds."""

    MUST = "must"
    """A provision prohibits or requires: a duty in law."""
    SHOULD = "should"
    """Prudence: the supplier stops, the risk is one's own, or an authority advises."""


class Grade(StrEnum):
    """How well a fact is supported."""

    PRIMARY = "primary"
    """Seen in the primary text or in a verbatim copy of it."""
    SECONDARY = "secondary"
    """Reported by others: law firms, press, official press releases quoted by outlets."""
    UNVERIFIED = "unverified"
    """Not seen in any source that can be shown; a lead, never a fact."""


class Kind(StrEnum):
    """The kind of an observable: which checkable value it is."""

    PURL = "purl"
    """Package URL."""
    CPE = "cpe"
    """Vendor and product of a CPE name, as vendor:product."""
    PACKAGE = "package"
    """Name of an operating-system package."""
    NAME = "name"
    """Display name of a program, component, service or product."""
    PUBLISHER = "publisher"
    """Free-text maker: publisher, supplier, manufacturer, author or vendor of software."""
    SUPPLIER = "supplier"
    """Free-text seller in a purchase record."""
    PURCHASE = "purchase"
    """Free-text description of what was bought."""
    SKU = "sku"
    """Article number in a purchase record."""
    SIGNER = "signer"
    """Subject of a code signature."""
    TEAM_ID = "team-id"
    """Apple developer team."""
    BUNDLE = "bundle"
    """Apple bundle or installer receipt identifier."""
    APP_ID = "app-id"
    """Android or iOS application identifier."""
    CODE = "code"
    """Class or code package path inside an application."""
    EXTENSION = "extension"
    """Browser extension or native messaging host identifier."""
    PATH = "path"
    """File or directory path."""
    FILE = "file"
    """Base name of a file."""
    PROCESS = "process"
    """Name of a running program."""
    SERVICE = "service"
    """Windows service name or systemd unit."""
    DRIVER = "driver"
    """Kernel driver or filter file name."""
    REGISTRY = "registry"
    """Windows registry key."""
    PRODUCT_CODE = "product-code"
    """MSI product code."""
    CONFIG = "config"
    """Line or value of a configuration."""
    DOMAIN = "domain"
    """Host name that was contacted or looked up."""
    MAINTAINER_DOMAIN = "maintainer-domain"
    """Domain of a maintainer's or author's e-mail address."""
    REFERENCE_DOMAIN = "reference-domain"
    """Domain of a homepage, download or source address that a package names."""
    IP = "ip"
    """Address that was contacted."""
    TLS_ISSUER = "tls-issuer"
    """Issuer of a certificate seen on the wire or on a host."""
    ADDRESS = "address"
    """Address that the observed asset itself has; joins evidence, never points to a supplier."""
    MAC = "mac"
    """Hardware address of the observed asset."""
    HASH = "hash"
    """Digest of a file."""
    TEXT = "text"
    """Prose: descriptions, comments, copyright lines. Yields mentions only."""


class Operator(StrEnum):
    """How an indicator's pattern meets an observable, after both are normalised for their kind."""

    EQUALS = "equals"
    """The whole value."""
    PREFIX = "prefix"
    """The beginning of the value, ending at a boundary of its kind."""
    SUFFIX = "suffix"
    """The domain itself or any name below it."""
    PHRASE = "phrase"
    """A run of whole words anywhere in the value."""
    REGEX = "regex"
    """A regular expression found anywhere in the value (anchor it to mean the whole)."""


class Meaning(StrEnum):
    """What an observed thing is to the organisation, apart from who made it."""

    INSTALLED = "installed"
    """A product of the party on a machine."""
    COMPONENT = "component"
    """A part of the party inside other software, declared as such."""
    EMBEDDED = "embedded"
    """An engine or SDK of the party inside another maker's product."""
    SERVICE_USE = "service-use"
    """Traffic to a service of the party: proves the contact, not which program made it."""
    HARDWARE = "hardware"
    """A device of the party."""
    PURCHASE = "purchase"
    """A record that something of the party was bought."""
    RESIDUE = "residue"
    """Something left behind: caps at "check", never "installed"."""
    MENTION = "mention"
    """The name stands in a text. Never an exposure."""


class Medium(StrEnum):
    """Where evidence comes from; only evidence from different media is independent."""

    SBOM = "sbom"
    """What the maker of a product declares as its parts."""
    PACKAGES = "packages"
    """What an operating system's package database says is installed."""
    INVENTORY = "inventory"
    """What an agent or an export says is on a machine."""
    NETWORK = "network"
    """What a sensor saw on the wire."""
    PURCHASES = "purchases"
    """What the books say was bought."""
    LEASES = "leases"
    """Which host held which address; joins evidence and is none itself."""
