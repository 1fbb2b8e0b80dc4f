# SPDX-License-Identifier: Apache-2.0
"""Numbers of units: within 30 days of, two years ago, a 90-day period."""

from __future__ import annotations

from debar.intake.dating import counts, relatives
from debar.intake.dating.forms.row import Form

COUNTED = (
    Form(
        "counted-period",
        "u",
        r"\b(?P<lead>(?:over|in|within|during|for|through|across|throughout)?~(?:the )(?:last|past|previous|preceding|next|coming|following|first) )<NUM>[ -]<WORKING>?<UNIT>(?! old)\b",
        counts.period,
    ),
    Form(
        "counted-ago",
        "u",
        r"\b(?P<about>(?:just |some |about |around |nearly |almost |over |more than |less than |roughly |approximately |barely |only |exactly )?)<NUM>[ -]<WORKING>?<UNIT>(?:' time)? (?P<way>ago(?: (?:today|to the day|this week|this month))?|from now|from today|hence|(?:later|earlier)(?: to the (?:very )?day)?|prior(?! to)|previously|afterwards|thereafter|on(?=[,:;]| [—–-])|before(?=~[.,;:)]))(?! than)",
        counts.counted,
    ),
    Form(
        "counted-from",
        "u",
        r"\b(?:(?P<lead>within|in|inside|under|for|no later than|not later than|no more than|not more than|at the latest|no earlier than|not earlier than|no sooner than|at least|after|until|up to) )?(?P<about>(?:a (?:period|maximum|minimum|term) of |the (?:period|term) of |just |some |about |around |nearly |almost |over |more than |less than |roughly |approximately |barely |only |exactly |at least |up to |at most )?)<NUM>[ -]<WORKING>?<UNIT>(?:'s?)?(?:~\([a-z0-9 ]{1,20}\))?(?: to the (?:very )?day)? (?P<way>after|from|following|of|before|prior to|ahead of|since|starting|counting from|beginning)\b(?! (?:age|experience|history|operation|work|data|research|development|the (?:company|world|country|city|users|devices|market|us|uk|eu)\b))(?!(?<=of) [a-z]{1,20}ing\b)",
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
        "first-of-month",
        "u",
        r"\bthe (?:first|1st) day of the (?:(?P<word><NTH>) )?(?:calendar |full )?(?P<unit>month) (?P<way>following|after)\b",
        counts.first_of_month,
    ),
    Form(
        "counted-nth",
        "du",
        r"\b(?P<lead>)(?:on )?(?:the )?(?:(?P<number>\d{1,3})(?:st|nd|rd|th)|(?P<word><NTH>)) <WORKING>?(?P<unit>day) (?P<way>after|following|from)\b(?! (?:<MON>))",
        counts.counted,
    ),
)
"""Rows in order: earlier ones win over later ones at the same place."""
