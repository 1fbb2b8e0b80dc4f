# SPDX-License-Identifier: Apache-2.0
"""What many people keep together: organisations, what they uploaded, decided and were told; no HTTP.

The way from who asks to what they are told:

    people, keys, sessions ──► Caller                        databases: one that all share, one for each organisation
                                 │
                estates.entered ─┴─► Estate                  the one door: everything below takes an estate, never an id
                                       │
     uploads ──► jobs ──► working ──► readings ──► running   files to runs, in processes with limits
                                                      │
                                                   filling   rows of a run, in the transaction that makes it visible
                                                      │
                                                    views    what the law makes of it on a day
                                                      │
           exposures, assets, parties, measures, owed ...    questions of pages and API
           asking, remarks, records, plans, papers, proofs   what people do, each with its entry in the audit log

    backup, restoring, checking                              all of it, copied, brought back, and looked at
"""
