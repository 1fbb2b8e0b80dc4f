# SPDX-License-Identifier: Apache-2.0
"""INTAKE: notices and news to dated, attributed statements, and from those to the draft of a measure.

Read `reading.py` first; its function `read` is this picture in code.

    file ──papers──► PAPER: text, title, publisher, published, main text, kind       papers/
                       │
                       ├─ sentences                                                   sentences.py
                       ├─ quotes, who says what                                       said/
                       ├─ dates: words first, then values                             dating/
                       ├─ suppliers, places, authorities, numbers, citations          mentions/
                       ├─ reader ──► Proposal (spans only)                            readers.py, acts/
                       ▼
                     gate ──► STATEMENT, or Rejected with the reason                  gate.py
                       │
                       ▼
              grouped by supplier and jurisdiction ──► STORY                          stories/
                       ├─ dates borrowed from siblings, statements bound to measures
                       ├─ quotes clustered, copies counted once
                       ├─ conflicts, comparison with the register, what is missing
                       ▼
                     DRAFT: a measure of the register, line by line                   drafts/
                       │  a person accepts, rejects, edits                            drafts/choices.py
                       ▼
                     a register directory of one's own

Texts are data and never instructions: a text can do no more than yield a proposal that the gate rejects.
"""
