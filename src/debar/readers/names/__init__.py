# SPDX-License-Identifier: Apache-2.0
"""Names, what was spent with each, and when, from tables of any kind: ledgers, vendor masters, plain lists."""
