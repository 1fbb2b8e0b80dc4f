# SPDX-License-Identifier: Apache-2.0
"""How well papers are read: sets of annotated papers, and the figures of reading them.

    python -m quality.intake            figures of every set side by side
    python -m quality.intake.pages DIR  main text of web pages, with the definition of a public benchmark
    python -m quality.intake.agreement FIRST SECOND  how well two readers of the same papers agree

    set/story/gold.yaml ──corpus──► Story          what careful readers found
    set/story/01-...    ──debar.intake.reading──► Reading
                                │
              Story, Reading ──marks, stories──► Mark: right or wrong, under a key
                                │
                      Marks ──measure──► Rate by key ──shown, gate──► table, faults

The set `blind` is not tuned on: what was missed in it is never printed, only how much.
"""
