# SPDX-License-Identifier: Apache-2.0
"""Dates in texts: which words are one, and what they come to.

Words are found without knowing when a paper was published (`words.py`), and worked out once that is known (`values.py`).

    text ──words.py──► DateWords                    forms/ by language, made ready in grammar.py; cues first, then patterns
             │  calendars, years, eras, feasts      days, months and years as forms write them
             │  counts, numerals, relatives         90 days; last week, on Tuesday
             │  bareyears                           years that stand alone
             │  roles, clocks                       from, by, until; at noon
             │  refused                             addresses, versions, prices: no dates
             ▼
           values.py ──► StatedDate                 context.py: publication, quotations, what was announced when
             1. written                             all of it is said
             2. nearing, seen                       counted from publication; leaning, clock, waves: which year, which week
                quotation, passed                   seen from when it was said, or sent
             3. counting, succession                counted from what anchors, named and occasions tell; spelled: or told twice
                  steps, reckoning                  arithmetic of calendars

`expression.py` is what words say before anything else is known; `hits.py` is where a pattern matched.
"""
