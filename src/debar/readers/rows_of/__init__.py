# SPDX-License-Identifier: Apache-2.0
"""Rows of families that have more of them than one file holds; each family puts its own in order."""
