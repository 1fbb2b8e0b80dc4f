# SPDX-License-Identifier: Apache-2.0
"""Names of files against a list: distinct names first, then their hits, joined back to rows, sums and days."""
