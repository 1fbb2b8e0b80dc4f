# SPDX-License-Identifier: Apache-2.0
"""What is seen from another time: today, that date, on Tuesday, last week, and feasts."""

from __future__ import annotations

from debar.intake.dating import calendars, counts, feasts, relatives
from debar.intake.dating.forms.row import Form

SEEN = (
    Form(
        "weekday-beside",
        "w",
        r"\bthe (?:very )?<WEEKDAY> (?P<way>before|after|following|preceding|prior to)(?= [\w“\"'])(?! (?:that|then)\b)",
        relatives.weekday_beside,
    ),
    Form(
        "weekdays-counted",
        "w",
        r"\b(?P<number>two|three|four|2|3|4) <WEEKDAYS> (?P<way>ago|from now|hence)\b|\b(?P<number2>a|one|two) weeks? (?P<way2>on|from|next) <WEEKDAY2>",
        relatives.weekdays_counted,
    ),
    Form(
        "weekday-night",
        "w",
        r"\bnight (?:from|of|between) <WEEKDAY> (?:to|on|onto|and) <WEEKDAY2>",
        relatives.weekday_night,
    ),
    Form("holiday", "a", rf"\b(?P<name>{feasts.NAMES})(?:,? (?:of )?<YS>)?(?!\w)", feasts.feast),
    Form(
        "unit-after-next",
        "u",
        r"\bthe (?P<unit>week|month|quarter|year) (?P<way>after next|before last)\b",
        relatives.after_next,
    ),
    Form(
        "unit-after",
        "u",
        r"\b(?:exactly )?(?:the|an?|one) (?P<unit>day|week|month|year)(?P<exact> to the (?:very )?day)? (?P<way>after|before|following|prior to|later|earlier|ago(?: today| to the day| this week| this month)?)\b(?! (?:tomorrow|yesterday))",
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
        "du",
        r"\b(?:(?P<cue>dated|on|by|from|until|till|before|after|since|of|to|through|for|around|about|starting|beginning) )?the (?P<day>[1-9]|[12]\d|3[01]|first(?= (?:day )?(?:of|in) (?:that|the|this|last|next) ))(?P<suffix>st|nd|rd|th)?(?P<of> (?:inst(?:ant\b|\.)|(?:day )?(?:of|in) (?:that|the|this|last|next)(?: (?:very )?same| current| coming| following)? (?:month|one)(?: (?:after that|thereafter))?))?(?![\w:%/-]|[.,]\d)(?=~[.,;:)!?\"”]|~$| (?:and|or|in|at|when|as|to|by|with|the|that|which|while|was|were|is|are|will|until|for|from|on)\b)",
        calendars.day_only,
    ),
    Form(
        "anaphora",
        "a",
        r"\b(?P<words>at (?:the|that) time(?! of)|at that (?:point|moment|date)|(?:since|by|until|till|before) then|(?:after|before|until|from|since|by|as of|beyond|prior to|following|starting|beginning|on|past) (?:that|this|the above|the said|such)(?: (?:very )?(?:date|day|deadline|point|time|moment|cut-?off))(?: (?:on|onwards?|forward))?|(?:after|from|since|before|until|beyond) that(?=~[,.;:)\"”]| (?:the|it|kaspersky|no|all|any|they|he|she|we|users|customers|companies|only|will|\"|“))|(?:from then on|thereafter|thenceforth|from that point(?: on(?:wards?)?)?)|that (?:date|deadline))(?!\w)(?! (?:next|last) )",
        relatives.anaphora,
    ),
    Form(
        "weekday-of-week",
        "w",
        r"\b(?:the )?(?P<which>(?!))?<WEEKDAY>(?P<before> of (?:the same|that same|that very|that|the following|the previous) week\b)(?P<beside>(?!))?",
        relatives.weekday,
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
        "event-day",
        "uta",
        r"\b(?P<lead>on|from|until|till|since|by|before|after|in|during)? ?the (?P<unit>day|date|eve|week|morning|evening|afternoon) (?:of|that saw|in which) (?:(?:its|their|the|his|her|that) )?(?:formal |official |final |first |public |oral |court )?(?P<noun>vote|hearing|ruling|verdict|judgment|decision|signing|signature|printing|publication|announcement|enactment|adoption|promulgation|seizure|raid|auction|notice|order|delivery|service|receipt|entry|approval|ban|release|briefing|meeting|session|deadline|launch|listing|designation|filing|inspection|publishing)\b(?! (?:of (?:this|each|any|such|a)\b|or\b|thereof|hereof))(?: into (?:force|effect))?(?! [a-z]{1,12}(?<=tion|ment|ings)\b)",
        relatives.event_day,
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
        r"\b(?:(?P<which>last|past|this|this past|this coming|next|coming|the following|the next|the previous|previous|that|the same) )?(?:(?:late|early)(?: on)? )?<WEEKDAY>(?:'s)?(?: (?:morning|afternoon|evening|night|lunchtime|midday))?(?! (?:night live|prayers?))(?P<before> (?:(?:of )?(?:last|this|next) )?week\b)?(?P<beside> (?:before|after|following)(?=~[,.;:)]))?(?!\w)",
        relatives.weekday,
    ),
    Form(
        "unit",
        "u",
        r"\b(?:the )?(?P<which>last|past|previous|this|current|next|coming|following|upcoming) (?:calendar )?(?P<unit>week|month|quarter|year)(?:'s)?(?!\w|-(?:old|long)| of\b)",
        relatives.shifted,
    ),
)
"""Rows in order: earlier ones win over later ones at the same place."""
