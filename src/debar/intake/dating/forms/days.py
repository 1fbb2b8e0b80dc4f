# SPDX-License-Identifier: Apache-2.0
"""Days and months as they are written, with a year or without."""

from __future__ import annotations

from debar.intake.dating import calendars, eras, feasts, years
from debar.intake.dating.forms.row import HERE, Form

DAYS = (
    Form(
        "instant",
        "d",
        HERE
        + r"(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)[t ]~(?P<hour>\d\d):(?P<minute>\d\d)(?::\d\d(?:\.\d{1,9})?)?(?:~(?P<zone>z|utc|gmt|[+-]\d\d:?\d\d))?(?![\w:])",
        calendars.instant,
    ),
    Form(
        "iso",
        "d",
        HERE + r"(?P<year>(?:19|20)\d\d)(?P<sep>[-/.])(?P<month>\d{1,2})(?P=sep)(?P<day>\d{1,2})(?![\w-]|[./]\d)",
        calendars.calendar,
    ),
    Form("iso-week", "d", HERE + r"(?P<year>(?:19|20)\d\d)-w(?P<number>\d\d)(?!\w)", years.numbered_week),
    Form(
        "iso-quarter",
        "d",
        HERE + r"(?P<year>(?:19|20)\d\d)[- ]?(?P<kind>q|h)(?P<number>[1-4])(?!\w)",
        years.division,
    ),
    Form("iso-month", "d", HERE + r"(?P<year>(?:19|20)\d\d)-(?P<month>0[1-9]|1[0-2])(?![\w-]|\.\d)", calendars.month),
    Form(
        "dotted-year-first",
        "d",
        HERE + r"(?P<year>(?:19|20)\d\d)\. ~(?P<month>\d{1,2})\. ~(?P<day>\d{1,2})(?![\w:%]|\.\d)",
        calendars.calendar,
    ),
    Form("era-cjk", "d", eras.IDEOGRAPHIC, eras.ideographic),
    Form(
        "cjk",
        "d",
        r"(?:(?P<year>(?:19|20)\d\d)~[年년]~)(?:(?P<month>\d{1,2})~[月월](?:~(?P<day>\d{1,2})~[日号號일])?)?|(?<!\d)(?P<month2>\d{1,2})~[月월]~(?P<day2>\d{1,2})~[日号號일]",
        calendars.ideographic,
    ),
    Form(
        "dotted",
        "d",
        HERE
        + r"<DAYNAME>?(?P<day>\d{1,2})\.~(?P<month>\d{1,2})\.~(?P<year>(?:19|20)\d\d|(?<=\d\d\.\d\d\.)\d\d)(?![\w:]|\.\d)",
        calendars.calendar,
    ),
    Form(
        "slashed",
        "d",
        HERE
        + r"<DAYNAME>?(?P<first>\d{1,2})(?P<sep>[/-])(?P<second>\d{1,2})(?P=sep)(?P<year>(?:19|20)\d\d|(?<=/)\d\d)(?![\w/-]|\.\d)",
        calendars.slashed,
    ),
    Form(
        "nth-weekday",
        "wm",
        r"\b(?:the )?(?P<ordinal>first|second|third|fourth|last|final|1st|2nd|3rd|4th) <WEEKDAY> (?:of|in) <MON>(?:,? <YY>)?",
        feasts.nth_weekday,
    ),
    Form(
        "edge-of-month",
        "m",
        r"\b(?:the )?(?P<edge>very last|very first|last|final|first) (?:calendar )?day (?:of|in) (?:the month of )?<MON>(?:,? <YY>)?",
        feasts.edge_of_month,
    ),
    Form(
        "week-of",
        "m",
        r"\b(?:the )?(?:week|work ?week) (?P<edge>of|beginning|starting|commencing|ending|from)(?: on)?(?: the)? <DAYNAME>?(?:<MON> <DD>|<DAY2>~(?:of )?<MON2>)(?:,?~<YY>)?",
        calendars.week_of,
    ),
    Form(
        "days-listed",
        "m",
        r"(?<![\w.,/$€£:-])(?P<days>(?:\d{1,2}(?:st|nd|rd|th)?,~(?:the )?){1,5}\d{1,2}(?:st|nd|rd|th)?,?~(?:and|or|&)~(?:the )?\d{1,2}(?:st|nd|rd|th)?)(?: of)? <MON>(?:,?~(?:of )?<YY>)?"
        r"|\b<MON2> (?P<days2>\d{1,2}(?:st|nd|rd|th)?(?:,~\d{1,2}(?:st|nd|rd|th)?){1,5},?~(?:and|or|&)~\d{1,2}(?:st|nd|rd|th)?)(?![\w%-]|[.:]\d|,\d{3})(?:,?~(?:of )?<YY2>)?",
        calendars.days_listed,
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
        r"\b<DAYNAME>?<MON>[ ,-]~(?:the )?<DD>(?:,?~\(?<WEEK>\)?)?(?:,?~-?~(?:of )?(?:the year )?<YE>|,? (?:of )?(?:the )?<OFYEAR> year\b| (?P<side>next|inst(?:ant|\.))(?=~[.,;:)]|~$))",
        calendars.calendar,
    ),
    Form(
        "day-month-year",
        "m",
        r"(?<![\w.,/$€£:-])<DAYNAME>?(?:the )?<DM>[ -]~(?:day of |of |de )?<MON>(?:,?[ -]?~(?:of |de |del )?(?:the year )?<YE>|,? (?:of )?(?:the )?<OFYEAR> year\b| (?P<side>next|inst(?:ant|\.))(?=~[.,;:)]|~$))",
        calendars.calendar,
    ),
    Form(
        "month-day",
        "m",
        r"\b<DAYNAME>?<MON>(?:[ -]~|,~(?=(?:the )?\d{1,2}(?:st|nd|rd|th)\b))(?:the )?<DD>(?!~(?:%|percent|million|billion))(?:,?~\(<WEEK>\)|,? <WEEK>\b)?",
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
        r"\b<PART>?<MON>,?[ -]~(?:of |de |del )?(?:the year )?(?:<YE>|(?:of )?(?:the )?<OFYEAR> year\b)",
        calendars.month,
    ),
)
"""Rows in order: earlier ones win over later ones at the same place."""
