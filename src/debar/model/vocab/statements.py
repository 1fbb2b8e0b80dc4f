# SPDX-License-Identifier: Apache-2.0
"""The words of statements: what papers say is done about a supplier, when, and how far they can be trusted."""

from enum import StrEnum

from debar.model.vocab.acts import Act
from debar.model.vocab.law import Modality


class StatedAct(StrEnum):
    """What a statement says is done, forbidden, demanded or allowed; the first word of two says which of these."""

    ANNOUNCE = "announce"
    """Somebody makes a measure known."""
    ISSUE = "issue"
    """The instrument itself is made: signed, adopted, issued, published."""
    EFFECTIVE = "effective"
    """It takes effect, and no particular act is named."""
    PROHIBIT = "prohibit"
    """Something is banned, and no particular act is named."""
    PROHIBIT_SELL = "prohibit.sell"
    """New agreements, sales or renewals are banned."""
    PROHIBIT_UPDATE = "prohibit.update"
    """Updates, patches or signatures are banned."""
    PROHIBIT_USE = "prohibit.use"
    """Going on using is banned."""
    PROHIBIT_PROCURE = "prohibit.procure"
    """Buying or contracting by public bodies or contractors is banned."""
    PROHIBIT_INSTALL = "prohibit.install"
    """Installing, adding or deploying is banned."""
    PROHIBIT_INTEGRATE = "prohibit.integrate"
    """Building into other products or services is banned."""
    PROHIBIT_RESELL = "prohibit.resell"
    """Reselling or distributing on is banned."""
    PROHIBIT_LICENSE = "prohibit.license"
    """Licensing for resale or integration is banned."""
    PROHIBIT_OPERATE = "prohibit.operate"
    """Operating a service or network is banned to the supplier."""
    PROHIBIT_IMPORT = "prohibit.import"
    """Bringing into the country is banned."""
    PROHIBIT_PROVIDE = "prohibit.provide"
    """Providing, hosting, distributing through a store, exporting to or authorising equipment of it is banned."""
    PROHIBIT_FUND = "prohibit.fund"
    """Spending certain money on it is banned."""
    REQUIRE_REMOVE = "require.remove"
    """It must be taken out, deleted, disconnected."""
    REQUIRE_REPLACE = "require.replace"
    """It must be replaced by something else."""
    REQUIRE_REPORT = "require.report"
    """Somebody must report, identify or submit."""
    REQUIRE_BLOCK = "require.block"
    """Access or traffic must be blocked."""
    REQUIRE_CERTIFY = "require.certify"
    """Somebody must certify, represent or attest."""
    PERMIT_USE = "permit.use"
    """Going on using is not forbidden or not penalised."""
    PERMIT_UPDATE = "permit.update"
    """Updates stay allowed."""
    PERMIT_SELL = "permit.sell"
    """Sales stay or become allowed."""
    EXEMPT = "exempt"
    """Something or somebody is taken out, or may be."""
    LIST = "list"
    """Somebody is put on a list."""
    DELIST = "delist"
    """Somebody is taken off a list."""
    SANCTION = "sanction"
    """Financial or personal sanctions are imposed."""
    INITIAL_NOTICE = "initial_notice"
    """Those whom it will hit are told beforehand, or an inquiry is opened."""
    CONSULT = "consult"
    """Comments are asked for."""
    RECOMMEND_REPLACE = "recommend.replace"
    """Users are advised to move to something else; nobody must."""
    WARN = "warn"
    """An authority or agency warns of it; nothing is ordered."""
    PROPOSE = "propose"
    """A measure is proposed, planned or considered and binds nobody."""
    VOTE = "vote"
    """A chamber or committee votes."""
    EXTEND = "extend"
    """A deadline or time is moved to later."""
    SUSPEND = "suspend"
    """A measure is paused or stayed."""
    REVOKE = "revoke"
    """A measure is lifted, withdrawn or struck down."""
    CHALLENGE = "challenge"
    """It is taken to court or appealed."""
    COURT_RULING = "court_ruling"
    """A court decides."""
    COMPLY_DEADLINE = "comply_deadline"
    """By then those whom it hits must have complied, and no particular act is named."""
    SUPPLIER_EXIT = "supplier.exit"
    """The supplier leaves, winds down, closes or sells its business."""
    SUPPLIER_LAYOFF = "supplier.layoff"
    """It dismisses people."""
    SUPPLIER_STOP_SALES = "supplier.stop_sales"
    """It sells no more of its own accord, or because it must."""
    SUPPLIER_STOP_UPDATES = "supplier.stop_updates"
    """It updates or supports no more."""
    SUPPLIER_CONTEST = "supplier.contest"
    """It says that it will fight the measure."""
    DENY = "deny"
    """Somebody denies or rejects what is said of them."""
    DISCLOSE = "disclose"
    """Somebody reports or reveals it first, or shows a paper."""
    CONDEMN = "condemn"
    """A third party criticises the measure."""
    LEGAL_BASIS = "legal_basis"
    """On which law or programme it rests."""
    BACKGROUND = "background"
    """History of the supplier or matter that demands nothing."""


class DateRole(StrEnum):
    """How a date bounds what happens."""

    ON = "on"
    """It happens then."""
    FROM = "from"
    """It holds from the beginning of that time on."""
    AFTER = "after"
    """It holds from the end of that time on."""
    BEFORE = "before"
    """It happens or ends before that time begins."""
    BY = "by"
    """It must be done by the end of that time."""
    UNTIL = "until"
    """It holds to the end of that time."""


class Precision(StrEnum):
    """How exactly a text says when: a date is never more exact than its words."""

    INSTANT = "instant"
    DAY = "day"
    WEEK = "week"
    PART_OF_MONTH = "part-of-month"
    MONTH = "month"
    SEASON = "season"
    QUARTER = "quarter"
    HALF = "half"
    PART_OF_YEAR = "part-of-year"
    YEAR = "year"
    MODEL_YEAR = "model-year"
    FISCAL_YEAR = "fiscal-year"
    DURATION = "duration"
    """A time after something that no paper dates."""


class DateBasis(StrEnum):
    """On what the value of a date rests."""

    EXPLICIT = "explicit"
    """The words say all of it."""
    IMPLIED_YEAR = "implied-year"
    """The year is the one nearest to the publication or to dates beside it."""
    PUBLICATION = "publication"
    """Counted from the day of publication: today, on Tuesday, last month."""
    EVENT = "event"
    """Counted from another event of the text: the next day, within 30 days, after that."""
    QUOTE = "quote"
    """Inside a quotation, counted from when that was said."""
    SIBLING = "sibling"
    """Only another paper of the same story tells what it counts from."""


class PaperKind(StrEnum):
    """What a paper is, which bounds how far a draft from it can be trusted."""

    OFFICIAL_TEXT = "official-text"
    """The text of the instrument itself, as its authority publishes it."""
    OFFICIAL_RELEASE = "official-release"
    """What the authority says about it: releases, pages of questions, speeches; also reproduced elsewhere."""
    LAW_FIRM = "law-firm"
    """A law firm or adviser explains it to clients."""
    COMPANY = "company"
    """The supplier or another company speaks for itself."""
    NEWS = "news"
    """Everything else."""


class Trust(StrEnum):
    """The ladder: who would have to be wrong for a statement to be wrong. Highest first."""

    OFFICIAL_TEXT = "official-text"
    OFFICIAL_RELEASE = "official-release"
    LAW_FIRM = "law-firm"
    NEWS_NAMING_ORIGIN = "news-naming-origin"
    """News, or a company, that says who said it."""
    NEWS = "news"
    """News that does not."""


class VsRegister(StrEnum):
    """How a statement stands to the measure that the register holds."""

    AGREES = "agrees"
    IMPRECISE = "imprecise"
    """Not wrong, but less exact than the official text, or off by how a boundary is worded."""
    CONTRADICTS = "contradicts"
    NOT_COVERED = "not covered"
    """The register says nothing on it, or nothing verified, or holds no measure that it could be about."""


class ConflictKind(StrEnum):
    """In what papers of one story disagree."""

    ACT = "act"
    """Whether something is done at all: use banned, or not."""
    POLARITY = "polarity"
    """One says that it is so, another that it is not."""
    BOUNDARY = "boundary"
    """From that day on, or after it."""
    DATE = "date"
    ASPECT = "aspect"
    """Something begins, or is over, on that day."""
    STAGE = "stage"
    """One date for everything, or several stages."""
    ORDER = "order"
    """Effects before causes."""
    NUMBER = "number"
    PARTY = "party"
    """Who did it, or whom it hits."""


class Severity(StrEnum):
    """Whether somebody would act otherwise."""

    MATERIAL = "material"
    MINOR = "minor"


class Choice(StrEnum):
    """What a person decided about a line of a draft or a date of a paper."""

    ACCEPT = "accept"
    REJECT = "reject"
    """A misreading: the paper does not say so."""
    EDIT = "edit"
    """Right with another value, which the person gave."""
    NOT_A_FACT = "not-a-fact"
    """Background, opinion, or no date at all."""
    OTHER_MEASURE = "other-measure"
    """True of another measure than the one drafted."""


MEANS: dict[StatedAct, tuple[Modality, tuple[Act, ...]]] = {
    StatedAct.PROHIBIT_SELL: (Modality.PROHIBITED, (Act.CONTRACT, Act.ACQUIRE, Act.RENEW)),
    StatedAct.PROHIBIT_UPDATE: (Modality.PROHIBITED, (Act.UPDATE,)),
    StatedAct.PROHIBIT_USE: (Modality.PROHIBITED, (Act.USE,)),
    StatedAct.PROHIBIT_PROCURE: (Modality.PROHIBITED, (Act.ACQUIRE,)),
    StatedAct.PROHIBIT_INSTALL: (Modality.PROHIBITED, (Act.INSTALL, Act.DEPLOY)),
    StatedAct.PROHIBIT_INTEGRATE: (Modality.PROHIBITED, (Act.INTEGRATE,)),
    StatedAct.PROHIBIT_RESELL: (Modality.PROHIBITED, (Act.RESELL,)),
    StatedAct.PROHIBIT_LICENSE: (Modality.PROHIBITED, (Act.LICENSE,)),
    StatedAct.PROHIBIT_OPERATE: (Modality.PROHIBITED, (Act.OPERATE,)),
    StatedAct.PROHIBIT_IMPORT: (Modality.PROHIBITED, (Act.IMPORT,)),
    StatedAct.PROHIBIT_PROVIDE: (Modality.PROHIBITED, (Act.PROVIDE,)),
    StatedAct.PROHIBIT_FUND: (Modality.PROHIBITED, (Act.SPEND,)),
    StatedAct.REQUIRE_REMOVE: (Modality.REQUIRED, (Act.REMOVE,)),
    StatedAct.REQUIRE_REPLACE: (Modality.REQUIRED, (Act.REPLACE,)),
    StatedAct.REQUIRE_REPORT: (Modality.REQUIRED, (Act.REPORT,)),
    StatedAct.REQUIRE_BLOCK: (Modality.REQUIRED, (Act.BLOCK,)),
    StatedAct.REQUIRE_CERTIFY: (Modality.REQUIRED, (Act.ATTEST,)),
    StatedAct.PERMIT_USE: (Modality.PERMITTED, (Act.USE,)),
    StatedAct.PERMIT_UPDATE: (Modality.PERMITTED, (Act.UPDATE,)),
    StatedAct.PERMIT_SELL: (Modality.PERMITTED, (Act.ACQUIRE,)),
    StatedAct.RECOMMEND_REPLACE: (Modality.ADVISED, (Act.REPLACE,)),
}
"""What acts of statements come to as provisions of the register; the others are events, and no provisions."""
