# SPDX-License-Identifier: Apache-2.0
"""What is a date only where nothing else claims it: a month or a year alone."""

from __future__ import annotations

from debar.intake.dating import bareyears, calendars
from debar.intake.dating.forms.row import Form

BARE = (
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
        "spoken-year",
        "y",
        r"\b(?<!twenty\x20)(?<!twenty-)twenty[- ](?P<tens>ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|(?:twenty|thirty|forty)(?:[- ](?:one|two|three|four|five|six|seven|eight|nine))?)(?![\w-])(?! (?:twenty|of|percent|per|million|days|weeks|months|years|thousand)\b)",
        bareyears.spoken,
    ),
    Form(
        "years",
        "d",
        r"(?<![\w.,/$€£:#+*=-])(?P<year>(?:19|20)\d\d)~(?P<link>-|–|—|/|to|through|until|and|or|&|,)~(?P<until>(?:19|20)\d\d|(?<=[-–/])\d\d)(?![\w%-]|[.,/]\d)",
        bareyears.years,
    ),
    Form(
        "year", "d", r"(?<![\w.,/$€£:#+*=])(?<!\d-)(?P<year>(?:19|20)\d\d)(?:'s)?(?![\w%]|[.,/:]\d|-\d)", bareyears.year
    ),
)
"""Rows in order: earlier ones win over later ones at the same place."""
