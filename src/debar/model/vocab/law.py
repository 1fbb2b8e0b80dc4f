# SPDX-License-Identifier: Apache-2.0
"""The words of the law: legal kinds, what a provision does, and the position that comes of it."""

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
    ORDER = "order"
    """Decision that binds the persons it names: exclusion, removal, winding-up, designated vendors."""
    POLICY = "policy"
    """Decision of a government about its own bodies and purchases, without a law behind it."""
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
    RESOLUTION = "resolution"
    """Political statement of a parliament without binding force: it can only advise."""
    PROPOSAL = "proposal"
    """Bill, draft or consultation: it has no legal effect and never yields more than "proposed"."""


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
    LICENCE_REQUIRED = "licence-required"
    """The addressee must not do it without a licence of the authority."""
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


class Status(StrEnum):
    """The legal position of one act under one provision, for one organisation."""

    PROHIBITED = "prohibited"
    """The organisation is bound and must not do it."""
    LICENCE_REQUIRED = "licence-required"
    """The organisation is bound and must not do it without a licence of the authority."""
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
    PROPOSED = "proposed"
    """Somebody with a say has proposed it; it has no legal effect."""
    SUSPENDED = "suspended"
    """The provision stands in the book, but is suspended, stayed, set aside or withdrawn for the time."""
    EXEMPT = "exempt"
    """The provision would apply, but an exemption of the text or a granted waiver takes the case out."""
    PERMITTED = "permitted"
    """Lawful: the text says so, or nothing in the register restricts it."""


class Force(StrEnum):
    """How strongly an obligation binds."""

    MUST = "must"
    """A provision prohibits or requires: a duty in law."""
    SHOULD = "should"
    """Prudence: the supplier stops, the risk is one's own, or an authority advises."""


class State(StrEnum):
    """How far an obligation is on the day asked about; every one has exactly one."""

    DONE = "done"
    """A record says that it was done; what recurs is due again on the day named."""
    OVERDUE = "overdue"
    """It binds, its day has passed, and no record says that it was done."""
    OPEN = "open"
    """It is to be done: its day is to come, or nobody knows one."""
    STANDING = "standing"
    """It is to be kept to for as long as it applies: not to buy, not to sell on."""
    UPCOMING = "upcoming"
    """It does not bind yet."""


class Grade(StrEnum):
    """How well a fact is supported."""

    PRIMARY = "primary"
    """Seen in the primary text or in a verbatim copy of it."""
    SECONDARY = "secondary"
    """Reported by others: law firms, press, official press releases quoted by outlets."""
    UNVERIFIED = "unverified"
    """Not seen in any source that can be shown; a lead, never a fact."""


class Halt(StrEnum):
    """Why a provision does not bite for a time, though it stands."""

    SUSPENSION = "suspension"
    """The authority suspended it; on the last day it comes back by itself."""
    STAY = "stay"
    """A court stayed it."""
    ANNULMENT = "annulment"
    """A court set it aside."""
    WITHDRAWAL = "withdrawal"
    """The authority took it back."""
    NON_ENFORCEMENT = "non-enforcement"
    """The law is unchanged, but the authority has said that it will not enforce it: the status stays."""


class Milestone(StrEnum):
    """What happened to a measure on a day of its history."""

    ANNOUNCED = "announced"
    SIGNED = "signed"
    PUBLISHED = "published"
    EFFECTIVE = "effective"
    AMENDED = "amended"
    EXTENDED = "extended"
    CORRECTED = "corrected"
    RENUMBERED = "renumbered"
    LISTED = "listed"
    DELISTED = "delisted"
    CHALLENGED = "challenged"
    UPHELD = "upheld"
    SUSPENDED = "suspended"
    SET_ASIDE = "set-aside"
    WITHDRAWN = "withdrawn"
    NOT_ENFORCED = "not-enforced"
    EVENT = "event"
    """Something outside the law that matters for it: a sale, a wind-down."""


class Change(StrEnum):
    """What a day of the register brings."""

    BEGINS = "begins"
    """A provision begins to apply."""
    ENDS = "ends"
    """A provision applies no longer."""
    DUE = "due"
    """The last instant of a duty with a fixed deadline."""
    EXEMPT = "exempt"
    """An exemption or waiver begins."""
    EXEMPT_ENDS = "exempt-ends"
    """An exemption or waiver ends: the provision bites again."""
    HALTED = "halted"
    """A provision is suspended, stayed, set aside or withdrawn."""
    RETURNS = "returns"
    """It comes back."""
    NOT_ENFORCED = "not-enforced"
    """The authority stops enforcing; the law is unchanged."""
    ENFORCED = "enforced"
    """That ends."""
    LISTED = "listed"
    """A party comes on a list."""
    DELISTED = "delisted"
    """It goes off."""
    TIED = "tied"
    """A tie between parties begins."""
    UNTIED = "untied"
    """It ends."""
    EVENT = "event"
    """Something in the history of a measure."""
