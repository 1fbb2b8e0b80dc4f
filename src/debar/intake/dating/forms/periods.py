# SPDX-License-Identifier: Apache-2.0
"""Quarters, seasons, model and fiscal years, and parts of longer times."""

from __future__ import annotations

from debar.intake.dating import eras, relatives, years
from debar.intake.dating.forms.row import Form

PERIODS = (
    Form(
        "quarter-word",
        "q",
        r"\b(?:(?:the )?(?:end|beginning|start|middle|close) of |early in |late in )?(?:the )?(?P<ordinal>first|second|third|fourth|last|final|1st|2nd|3rd|4th|1|2|3|4)(?:-| )(?P<kind>quarter|half|trimester|semester)(?: of|,| in)?(?: (?:the )?(?:(?:calendar |fiscal |financial )?(?:year )?)?<YY>| (?P<of>this|last|next|the|the same|the current|the following|the coming) year\b)?(?P<month_after> (?:of )?<MON>)?",
        years.division,
    ),
    Form(
        "quarter",
        "d",
        r"\b(?:(?:the )?(?:end|beginning|start|middle|close) of |early |late |mid-?~)?(?:(?P<kind>q|h)(?P<number>[1-4])|(?P<number2>[1-4])(?P<kind2>q|h))(?:~(?:[/,–-]~)?(?:of )?(?:the )?(?:fiscal )?<YS>| (?:of )?(?P<of>this|last|next) year\b)?(?!\w)",
        years.division,
    ),
    Form(
        "season",
        "s",
        r"\b(?:(?P<which>this past|this coming|this|last|next|the coming|the past|the following|the next|the same|that same|that|the previous|the) )?<PART>?(?P<season>spring|summer|autumn|fall|winter)(?:,? (?:of )?(?:<YS>|(?P<of>this|last|next) year\b))?(?:[-/]\d\d(?!\d))?",
        years.season,
    ),
    Form(
        "era",
        "d",
        r"\b(?P<part>(?:early|late|mid)(?:-| (?:in )?)|(?:the )?(?:very )?(?:end|beginning|start|middle|close) of )?(?P<fiscal>(?:fiscal|financial) (?:year )?)?<ERA>(?P<fiscal2> (?:fiscal|financial) year)?",
        eras.year,
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
        "fiscal-near",
        "u",
        r"\b(?:the )?(?:(?:end|beginning|start|close|middle|rest) of (?:the |this )?)?(?P<which>next|current|coming|following|running|present|last|previous|same|this)? ?(?:fiscal|financial|budget) year\b(?P<way> (?:after|before)(?=~[.,;:)]))?(?! \d)(?!~'\d)(?! starting| beginning| that)",
        years.fiscal_near,
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
        r"\b(?P<part>(?:early|late|later)(?: in)?|mid|end(?=-)|year[- ]?end|(?:the )?(?:very )?(?:end|beginning|start|middle|close|turn|first months|last months|final months|first weeks|first days|opening months|early part|latter part|early months|rest|remainder|course) of(?: the)?(?: (?:calendar )?year)?)(?:-| )(?:the )?(?:(?:calendar|civil)(?: year)? |year )?(?P<year>(?:19|20)\d\d)(?:[/–-](?:20)?\d\d(?!\d))?(?!\d|-\d{3}|[.,]\d)",
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
)
"""Rows in order: earlier ones win over later ones at the same place."""
