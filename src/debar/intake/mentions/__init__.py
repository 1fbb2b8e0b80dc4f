# SPDX-License-Identifier: Apache-2.0
"""Whom and what sentences name: suppliers, products, authorities, places, numbers, citations.

    register, lexicon ──entries.py──► names to look for
                                          │
    text ──names.py────────────► Mention  │           spelled.py: one walk over the words; mention.py: what a sentence says of it
             │                            ▼
             ├─ asides                                named without ruling there: "Moscow-based"
             └─ strangers, capitals                   names that nobody listed
         ──numbers.py──────────► StatedNumber         counted.py: digits and words
         ──citations.py────────► Cited                forms.py: a row for each form of citation

    an act ──parts.py──► who does it, and to what

For papers put together: `topic.py` (what a whole paper is about), `around.py` (its letterhead), and names that several papers
tell together: `proper.py`, `pooled.py`, `recalled.py`.
"""
