# SPDX-License-Identifier: Apache-2.0
"""How well names of suppliers are screened: labelled names, what debar says of them, and what others say.

corpus ──► cases, queries, real suppliers, pairs ──systems──► hits ──suppliers, retrieval, alerts, pairs──► Figure
                                                                                        ├──tables──► beside the peers
                                                                                        └──gate──► faults
"""
