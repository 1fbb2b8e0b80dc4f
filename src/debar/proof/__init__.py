# SPDX-License-Identifier: Apache-2.0
"""Proof of a scan: a folder of everything that it rests on, chained by hashes, signed, and checked offline.

    Evidence ──files──► every file of the proof      evidence.py
                 │         ├─ forms of the law       forms.py, fillers.py, found.py, course.py, rendered.py
                 │         └─ what was read          inputs.py
                 ├──chained──► log.jsonl             log.py       what happened, each entry over the one before
                 └──enveloped──► statement.dsse.json statement.py every file with its digest, signed
                                      │
          folder or zip ◄──written────┘              held.py, stored.py, placed.py
                 │
                 └──verified──► Verdict              verify.py, agreement.py

The format is written down in docs/reference/evidence.md, so that somebody can check a proof without debar.
"""
