# SPDX-License-Identifier: Apache-2.0
"""History: runs, exposures, decisions and obligations over time; imported only where a verb names a store.

A run is kept by `keeping`: files named by their hash (`lake`, `columns`), then one transaction of the `ledger`.
It is asked for by `runs` (which report), `standing` (how it stands: `course`, `asof`), `comparing` (two reports) and
`checking` (whether all of it is still there).
"""
