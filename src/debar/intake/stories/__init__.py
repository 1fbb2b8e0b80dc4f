# SPDX-License-Identifier: Apache-2.0
"""What papers tell together: grouped, lent to one another, compared with each other and with the register.

    papers ──grouping.py──► Group                      papers on one measure, never of two jurisdictions; its steps are numbered there
               │
               └─telling.py──► STORY
                    1. lending                         years and days that siblings lend
                    2. binding, candidates             which measure a statement is about
                       against, provisions             held against the register
                    3. copies and quotes once          said/
                    4. conflicts.py                    a module for each kind:
                         timing, bounds, staging       days, boundaries, what comes before what
                         doing, parties, counting      acts and polarity, people, numbers
                         rivals, worded, slips         days that rival each other whatever act was read
                         official                      what an official text says on it
                       missing                         what no paper gives
                    5. the draft                       drafts/

Statements are compared as `weighed.py` has them, by the days that they can mean (`days.py`), where their acts are about one thing
(`families.py`), and put side by side (`opposed.py`).
"""
