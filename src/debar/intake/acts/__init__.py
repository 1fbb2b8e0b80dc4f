# SPDX-License-Identifier: Apache-2.0
"""What texts say is done: the words of acts, and the dates that belong to them.

`intake/readers.py` asks twice: rules first (`linking.py`), then clues about the dates that rules leave alone (`guessing.py`).

    lexicon ──patterns.py──► triggers.py            words of acts; denial.py: those said not to be so
                                 │
    Seen ─────────────────► found.py                sentences with their acts and dates, their clauses (clauses.py)
                                 │
               ┌─────────────────┴─────────────────┐
           linking.py                          guessing.py
           which act a date belongs to         what everything around a date speaks for
             weighing.py    how well they fit    clues.py      what may tell
             following.py   no act of its own    senses.py     what words have to do with
             heads.py       above a list         learned.py    how much each clue says (weights.json)
             asides.py      dates of nothing     sums.py       what they say of all acts at once
                                                 asides.py
               └─────────────────┬─────────────────┘
                           proposing.py             the passage, number, subject and object
                                 │                  bounding.py, columns.py: the role of the date
                                 ▼
                             Proposal
"""
