# SPDX-License-Identifier: Apache-2.0
"""What papers say, for people: on a terminal, and as a page on which each line of a draft is accepted or not."""
