# SPDX-License-Identifier: Apache-2.0
"""The forms in which texts write dates, one row each: its name, what it needs to be there, its pattern, its builder.

Patterns are matched against small letters. In them a space is one or more spaces and ~ none or more; <WORDS> in capitals
are the parts named in `PARTS`. Earlier rows win over later ones at the same place. Every repeat is bounded.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from debar.intake.dating import calendars, counts, relatives, years
from debar.intake.dating.numerals import DAY_WORD, NTH, NUMBER

if TYPE_CHECKING:
    from collections.abc import Callable

    from debar.intake.dating.expression import DateWords
    from debar.intake.dating.hits import Hit

    Builder = Callable[[Hit], tuple[DateWords, ...]]


class Form(NamedTuple):
    """One row of the grammar."""

    name: str
    needs: str
    """What a sentence must hold for it to be tried, one of: d digit, m month, w weekday, or a letter of `_CUES`."""
    pattern: str
    build: Builder


PARTS = {
    "DD": rf"(?P<day>\d{{1,2}}|{DAY_WORD})(?:st|nd|rd|th|er|º|ª|-?го)?(?![\w%]|[.:]\d|,\d{{3}}(?!\d))",  # noqa: RUF001 - letters of the language
    "DM": rf"(?P<day>\d{{1,2}}|{DAY_WORD})(?:st|nd|rd|th|er|º|ª|-?го|\.)?(?!\w)",  # noqa: RUF001 - letters of the language
    "YY": r"(?P<year>(?:19|20)\d\d)(?!\d|-\d{3}|[.,]\d)",
    "YS": r"(?P<year>(?:19|20)\d\d|'\d\d)(?!\d|-\d{3}|[.,]\d)",
    "DAYNAME": r"(?:<WEEK>,?~(?:the )?)",
    "NUM": rf"(?P<number>{NUMBER})",
    "NTH": NTH,
    "UNIT": r"(?P<unit>hour|day|night|week|fortnight|month|quarter|year|decade)s?",
    "WORKING": r"(?P<business>(?:(?:full |consecutive |calendar )?(?:business|working|work|trading|banking)|calendar|consecutive|full|whole|short|additional|further|more)[ -])",
    "PART": (
        r"(?:(?P<part>(?:(?:very )?(?:early|late|later)(?: in)?|mid|end(?=-)|(?:the )?(?:very )?(?:beginning|start|end|middle|close|first half|"
        r"second half|latter half|latter part|first part|early part|first days|last days|final days|first week|second week|third week|"
        r"last week|final week|first weeks|last weeks|first fortnight) of)(?:-| )(?:the month of )?))"
    ),
}
_HERE = r"(?<![\w.,/$€£-])"
"""No word, number, price or path stands directly before."""

FORMS = (
    Form(
        "instant",
        "d",
        _HERE
        + r"(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)[t ]~(?P<hour>\d\d):(?P<minute>\d\d)(?::\d\d(?:\.\d{1,9})?)?(?:~(?P<zone>z|utc|gmt|[+-]\d\d:?\d\d))?(?![\w:])",
        calendars.instant,
    ),
    Form(
        "iso",
        "d",
        _HERE + r"(?P<year>(?:19|20)\d\d)(?P<sep>[-/.])(?P<month>\d{1,2})(?P=sep)(?P<day>\d{1,2})(?![\w-]|[./]\d)",
        calendars.calendar,
    ),
    Form("iso-week", "d", _HERE + r"(?P<year>(?:19|20)\d\d)-w(?P<number>\d\d)(?!\w)", years.numbered_week),
    Form(
        "iso-quarter",
        "d",
        _HERE + r"(?P<year>(?:19|20)\d\d)[- ]?(?P<kind>q|h)(?P<number>[1-4])(?!\w)",
        years.division,
    ),
    Form("iso-month", "d", _HERE + r"(?P<year>(?:19|20)\d\d)-(?P<month>0[1-9]|1[0-2])(?![\w-]|\.\d)", calendars.month),
    Form(
        "cjk",
        "d",
        r"(?:(?P<year>(?:19|20)\d\d)~[年년]~)(?:(?P<month>\d{1,2})~[月월](?:~(?P<day>\d{1,2})~[日号號일])?)?|(?<!\d)(?P<month2>\d{1,2})~[月월]~(?P<day2>\d{1,2})~[日号號일]",
        calendars.ideographic,
    ),
    Form(
        "dotted",
        "d",
        _HERE
        + r"<DAYNAME>?(?P<day>\d{1,2})\.~(?P<month>\d{1,2})\.~(?P<year>(?:19|20)\d\d|(?<=\d\d\.\d\d\.)\d\d)(?![\w:]|\.\d)",
        calendars.calendar,
    ),
    Form(
        "slashed",
        "d",
        _HERE
        + r"<DAYNAME>?(?P<first>\d{1,2})(?P<sep>[/-])(?P<second>\d{1,2})(?P=sep)(?P<year>(?:19|20)\d\d|(?<=/)\d\d)(?![\w/-]|\.\d)",
        calendars.slashed,
    ),
    Form(
        "week-of",
        "m",
        r"\b(?:the )?(?:week|work ?week) (?P<edge>of|beginning|starting|commencing|ending|from)(?: on)?(?: the)? <DAYNAME>?(?:<MON> <DD>|<DAY2>~(?:of )?<MON2>)(?:,?~<YY>)?",
        calendars.week_of,
    ),
    Form(
        "days-of-month",
        "m",
        r"\b<DAYNAME>?<MON> (?:the )?<DD>~(?P<link>-|–|—|\bto\b|\bthrough\b|\bthru\b|\buntil\b|\band\b|\bor\b|&)~(?:the )?(?P<until>\d{1,2})(?:st|nd|rd|th)?(?:,?~(?:of )?<YY>|(?![\w:%-]|[.,]\d)(?=~[.,;:)!?\"”]|~$| (?:and|or|in|at|of|for|when|as|to|by|with|the|that|which|while|was|were|is|are|will)\b))",
        calendars.days_of_month,
    ),
    Form(
        "days-before-month",
        "m",
        r"(?<![\w.,/$€£:-])<DAYNAME>?(?P<day>\d{1,2})(?:st|nd|rd|th|\.)?~(?P<link>-|–|—|\bto\b|\bthrough\b|\buntil\b|\band\b|\bor\b|&)~(?:the )?(?P<until>\d{1,2})(?:st|nd|rd|th|\.)?(?: of)? <MON>(?:,?~(?:of )?<YY>)?",
        calendars.days_of_month,
    ),
    Form(
        "month-day-year",
        "m",
        r"\b<DAYNAME>?<MON>[ -]~(?:the )?<DD>(?:,?~\(?<WEEK>\)?)?(?:,?~-?~(?:of )?<YS>|,? (?:of )?(?P<of>this|last|next) year\b)",
        calendars.calendar,
    ),
    Form(
        "day-month-year",
        "m",
        r"(?<![\w.,/$€£:-])<DAYNAME>?(?:the )?<DM>[ -]~(?:day of |of |de )?<MON>(?:,?[ -]?~(?:of |de |del )?<YS>|,? (?:of )?(?P<of>this|last|next) year\b)",
        calendars.calendar,
    ),
    Form(
        "month-day",
        "m",
        r"\b<DAYNAME>?<MON>[ -]~(?:the )?<DD>(?!~(?:%|percent|million|billion))(?:,?~\(<WEEK>\)|,? <WEEK>\b)?",
        calendars.calendar,
    ),
    Form(
        "day-month",
        "m",
        r"(?<![\w.,/$€£:-])<DAYNAME>?(?:the )?<DM>[ -]~(?:day of |of |de )?<MON>(?:~\(<WEEK>\))?",
        calendars.calendar,
    ),
    Form(
        "month-year",
        "m",
        r"\b<PART>?<MON>,?[ -]~(?:of |de |del )?(?:<YS>|(?:the )?(?:of )?(?P<of>this|last|next|the same|that|the following|the previous|the past|the current|the coming|that same) year\b)",
        calendars.month,
    ),
    Form(
        "quarter-word",
        "q",
        r"\b(?:(?:the )?(?:end|beginning|start|middle|close) of |early in |late in )?(?:the )?(?P<ordinal>first|second|third|fourth|last|final|1st|2nd|3rd|4th|1|2|3|4)(?:-| )(?P<kind>quarter|half|trimester|semester)(?: of|,| in)?(?: (?:the )?(?:(?:calendar |fiscal |financial )?(?:year )?)?<YY>| (?P<of>this|last|next|the|the same|the current|the following|the coming) year\b)?(?P<month_after> (?:of )?<MON>)?",
        years.division,
    ),
    Form(
        "quarter",
        "d",
        r"\b(?:(?:the )?(?:end|beginning|start|middle|close) of |early |late |mid-?~)?(?:(?P<kind>q|h)(?P<number>[1-4])|(?P<number2>[1-4])(?P<kind2>q|h))(?:~(?:of )?(?:the )?(?:fiscal )?<YS>| (?:of )?(?P<of>this|last|next) year\b)?(?!\w)",
        years.division,
    ),
    Form(
        "season",
        "s",
        r"\b(?:(?P<which>this|last|next|the coming|the following|the) )?<PART>?(?P<season>spring|summer|autumn|fall|winter)(?:,? (?:of )?(?:<YS>|(?P<of>this|last|next) year\b))?(?:[-/]\d\d(?!\d))?",
        years.season,
    ),
    Form(
        "model-year",
        "d",
        r"\b(?:model[ -]years?~(?:\(my\))?|my(?=[ -]?\d))[ -]?(?:of )?(?P<year>20\d\d|'?\d\d)(?![\w])|\b(?P<year2>20\d\d)[ -](?:model[ -]years?|year models?)\b",
        years.model_year,
    ),
    Form(
        "fiscal-year",
        "d",
        r"\b(?:(?:fiscal|financial|budget|tax)(?: years?)?|fy)~-?(?P<year>(?:19|20)\d\d|'?\d\d)(?:~[-/–]~(?P<until>(?:20)?\d\d))?(?!\w)|\b(?P<year2>(?:19|20)\d\d)(?:[-/–]\d\d)? (?:fiscal|financial) year\b",
        years.fiscal_year,
    ),
    Form(
        "numbered-week",
        "d",
        r"\b(?:calendar )?weeks? (?:no\. ?)?(?P<number>\d{1,2})(?:(?: of|,)? <YY>|(?: of|,)? (?P<of>this|last|next) year\b|(?![\w:/%-]|[.,]\d))|\bkw ?(?P<number2>\d{1,2})(?:(?:/| )<YY2>)?(?![\w:/%-])",
        years.numbered_week,
    ),
    Form(
        "part-of-year",
        "d",
        r"\b(?P<part>(?:early|late|later)(?: in)?|mid|end(?=-)|year[- ]?end|(?:the )?(?:very )?(?:end|beginning|start|middle|close|turn|first months|last months|final months|first weeks|first days|opening months|early part|latter part|early months|rest|remainder|course) of(?: the)?(?: (?:calendar )?year)?)(?:-| )(?:the year )?(?P<year>(?:19|20)\d\d)(?:[/–-](?:20)?\d\d(?!\d))?(?!\d|-\d{3}|[.,]\d)",
        years.part_of_year,
    ),
    Form(
        "part-of-unit",
        "us",
        r"\b(?P<part>(?:the )?(?:very )?(?:end|beginning|start|middle|close|rest|remainder|turn|course|early part|latter part) of|early|earlier|mid|late|later|earlier on|later on)(?:-| )(?:(?P<which>the current|the same|the following|the coming|the next|the previous|the|this|next|last|that|following|calendar|same) )?(?P<unit>week|weekend|month|quarter|year|summer|spring|autumn|winter)(?!-?(?:long|old|s\b|end\b))\b",
        relatives.part_of_unit,
    ),
    Form(
        "unit-end",
        "u",
        r"\b(?:the |this |next )?(?P<unit>year|month|week|quarter)(?:'s|[- ])[- ]?end\b(?! (?:of )?(?:19|20)\d\d)|\b(?P<which>this|last|next) weekend\b|\bthe (?P<weekend>weekend)\b",
        relatives.part_of_unit,
    ),
    Form(
        "counted-period",
        "u",
        r"\b(?P<lead>(?:over|in|within|during|for|through|across|throughout)?~(?:the )(?:last|past|previous|preceding|next|coming|following|first) )<NUM>[ -]<WORKING>?<UNIT>(?! old)\b",
        counts.period,
    ),
    Form(
        "counted-ago",
        "u",
        r"\b(?P<about>(?:just |some |about |around |nearly |almost |over |more than |less than |roughly |approximately |barely |only |exactly )?)<NUM>[ -]<WORKING>?<UNIT>(?:' time)? (?P<way>ago(?: (?:today|to the day|this week|this month))?|from now|from today|hence|later|earlier|prior(?! to)|previously|afterwards|thereafter|on(?=[,:;]| [—–-])|before(?=~[.,;:)]))(?! than)",
        counts.counted,
    ),
    Form(
        "counted-from",
        "u",
        r"\b(?:(?P<lead>within|in|inside|under|for|no later than|not later than|no more than|not more than|at the latest|no earlier than|not earlier than|no sooner than|at least|after|until|up to) )?(?P<about>(?:a (?:period|maximum|minimum|term) of |the (?:period|term) of |just |some |about |around |nearly |almost |over |more than |less than |roughly |approximately |barely |only |exactly |at least |up to |at most )?)<NUM>[ -]<WORKING>?<UNIT>(?:'s?)?(?:~\([a-z0-9 ]{1,20}\))? (?P<way>after|from|following|of|before|prior to|ahead of|since|starting|counting from|beginning)\b(?! (?:age|experience|history|service|operation|work|data|research|development|the (?:company|world|country|city|users|devices|market|us|uk|eu)\b|[a-z]{1,20}ing\b))",
        counts.counted,
    ),
    Form(
        "counted-within",
        "u",
        r"\b(?P<lead>within|no later than|not later than|no more than|inside of?|under|in as little as|in|after|at the latest|not within|have|has|had|given|gives?|giving|gave|granted?|with(?: only)?|until|another)(?: (?:the company|them|it|agencies|companies|operators|users|customers|firms|the firm|all agencies|federal agencies|providers|departments))? (?P<about>(?:a (?:period|maximum|minimum) of |just |some |about |around |nearly |almost |over |more than |less than |roughly |approximately |only |exactly |at least |up to |at most |the )?)<NUM>[ -]<WORKING>?<UNIT>(?:'(?: time| notice)?| time| notice)?\b(?! (?:ago|old|later|earlier|of (?:age|experience)))",
        counts.counted,
    ),
    Form(
        "counted-noun",
        "u",
        r"\b<NUM>[ -]<WORKING>?(?P<unit>hour|day|week|month|year)s?(?:'|-| )~(?P<noun>(?:[a-z]{1,14} ){0,2}(?:period|deadline|window|grace|notice|transition|phase|extension|reprieve|timeline|timeframe|clock|wind-?down|cure|comment|moratorium|suspension|pause|ban|countdown|limit|delay|stay|ultimatum))\b",
        counts.counted,
    ),
    Form(
        "length",
        "u",
        r"(?<![\w.,/$€£-])<NUM>(?: more| further| additional| extra| full| whole)?[ -]<WORKING>?(?P<unit>hour|day|week|fortnight|month|year|decade)s?(?!['-]?(?:old|long)|[ -](?:of age|old|history|a |an |per )|\w)",
        counts.length,
    ),
    Form(
        "edge-of-unit",
        "u",
        r"\b(?:the )?(?P<edge>first|last|final|very last|very first) (?P<what>working |business |calendar )?day of (?P<which>this|the current|next|the coming|last|the) (?P<unit>week|month|year)\b(?! (?:19|20)\d\d)",
        relatives.edge_of_unit,
    ),
    Form(
        "counted-nth",
        "du",
        r"\b(?P<lead>)(?:on )?(?:the )?(?:(?P<number>\d{1,3})(?:st|nd|rd|th)|(?P<word><NTH>)) <WORKING>?(?P<unit>day) (?P<way>after|following|from)\b(?! (?:<MON>))",
        counts.counted,
    ),
    Form(
        "holiday",
        "a",
        r"\b(?P<name>new year's (?:day|eve)|christmas(?: (?:day|eve))?)(?:,? (?:of )?<YS>)?(?!\w)",
        calendars.holiday,
    ),
    Form(
        "unit-after",
        "u",
        r"\b(?:the|an?|one) (?P<unit>day|week|month|year) (?P<way>after|before|following|prior to|later|earlier|ago(?: today| to the day| this week| this month)?)\b(?! (?:tomorrow|yesterday))",
        counts.unit_after,
    ),
    Form(
        "day-word",
        "t",
        r"\b(?P<word>from now on|as of now|from today|effective today|(?:the )?day after tomorrow|(?:the )?day before yesterday|today|yesterday|tomorrow|tonight|overnight|this (?:morning|afternoon|evening)|last (?:night|evening))(?:'s)?\b(?!-)",
        relatives.day_word,
    ),
    Form(
        "day-only",
        "d",
        r"\b(?:(?P<cue>on|by|from|until|till|before|after|since|of|to|through|for|around|about|starting|beginning) )?the (?P<day>[1-9]|[12]\d|3[01])(?P<suffix>st|nd|rd|th)?(?P<of> (?:day )?(?:of|in) (?:that|the|this|last|next)(?: (?:very )?same| current| coming| following)? month)?(?![\w:%/-]|[.,]\d)(?=~[.,;:)!?\"”]|~$| (?:and|or|in|at|when|as|to|by|with|the|that|which|while|was|were|is|are|will|until|for|from|on)\b)",
        calendars.day_only,
    ),
    Form(
        "anaphora",
        "a",
        r"\b(?P<words>at (?:the|that) time(?! of)|at that (?:point|moment|date)|(?:since|by|until|till|before) then|(?:after|before|until|from|since|by|as of|beyond|prior to|following|starting|beginning|on|past) (?:that|this|the above|the said|such)(?: (?:very )?(?:date|day|deadline|point|time|moment|cut-?off))(?: (?:on|onwards?|forward))?|(?:after|from|since|before|until|beyond) that(?=~[,.;:)\"”]| (?:the|it|kaspersky|no|all|any|they|he|she|we|users|customers|companies|only|will|\"|“))|(?:from then on|thereafter|thenceforth|from that point(?: on(?:wards?)?)?)|that (?:date|deadline))(?!\w)",
        relatives.anaphora,
    ),
    Form(
        "event-unit",
        "ut",
        r"\b(?P<which>the same|that same|that very|the very same|that|the following|the next|the previous|the preceding|the very next|the subsequent|the day) (?P<unit>day|week|month|quarter|year|weekend|date|morning|evening|afternoon|night)(?!\w|-)",
        relatives.event_unit,
    ),
    Form(
        "new-year",
        "n",
        r"\b(?:(?P<at>at|by|before|until|from|after|on|since) )?(?P<the>the )?(?P<name>new year)\b(?!'s (?:eve|day))",
        relatives.new_year,
    ),
    Form(
        "unit-out",
        "u",
        r"\b(?:before |by the time )(?:the|this) (?P<unit>week|month|quarter|year) (?:is|has|was|runs|goes|comes)(?: (?:out|over|through|up|done|gone|ended|passed|to an? (?:end|close)))+\b",
        relatives.part_of_unit,
    ),
    Form(
        "issuance-day",
        "i",
        r"\b(?:(?:on|from|upon|at|after) )?(?:the )?(?:date|day|time|moment) (?:of|on which) (?:(?:its|their|the|this|official|initial) ){0,2}(?:publication|issuance|announcement|release|signing|signature|adoption|promulgation|notification)(?: in the (?:official )?(?:gazette|journal|bulletin|federal register|official gazette|official journal))?\b|\bthe (?:day|date) (?:on which )?(?:it|the [a-z]{3,12}) (?:was|is) (?:signed|published|issued|adopted|announced|posted)\b|\b(?:upon|on) (?:its |their |the )?(?:publication|issuance|release|signature|adoption|promulgation)(?: in the (?:official (?:gazette|journal|bulletin)|gazette|federal register))?\b",
        relatives.issuance,
    ),
    Form(
        "weekday",
        "w",
        r"\b(?:(?P<which>last|past|this|this past|this coming|next|coming|the following|the next|the previous|previous|that|the same) )?(?:(?:late|early)(?: on)? )?<WEEK>(?:'s)?(?: (?:morning|afternoon|evening|night|lunchtime|midday))?(?! (?:night live|prayers?))(?P<before> (?:(?:of )?(?:last|this|next) )?week\b)?(?P<beside> (?:before|after|following)(?=~[,.;:)]))?(?!\w)",
        relatives.weekday,
    ),
    Form(
        "unit",
        "u",
        r"\b(?:the )?(?P<which>last|past|previous|this|current|next|coming|following|upcoming) (?:calendar )?(?P<unit>week|month|quarter|year)(?:'s)?(?!\w|-(?:old|long)| of\b)",
        relatives.shifted,
    ),
    Form(
        "month",
        "m",
        r"(?<![\w.-])(?:(?P<which>last|past|this|this past|this coming|next|coming|the following|the same|previous|that) )?<PART>?<MON>(?:'s)?",
        calendars.bare_month,
    ),
    Form(
        "day-slash-month",
        "d",
        r"(?<![\w/.-])(?P<name><WEEK>,?~)(?P<first>\d{1,2})[/.](?P<second>\d{1,2})\.?(?![\w/]|\.\d)",
        calendars.slashed,
    ),
    Form(
        "years",
        "d",
        r"(?<![\w.,/$€£:#+*=-])(?P<year>(?:19|20)\d\d)~(?P<link>-|–|—|/|to|through|until|and|or|&|,)~(?P<until>(?:19|20)\d\d|(?<=[-–/])\d\d)(?![\w%-]|[.,/]\d)",
        years.years,
    ),
    Form("year", "d", r"(?<![\w.,/$€£:#+*=])(?<!\d-)(?P<year>(?:19|20)\d\d)(?:'s)?(?![\w%]|[.,/:]\d|-\d)", years.year),
)
