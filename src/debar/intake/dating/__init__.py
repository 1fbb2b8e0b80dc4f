# SPDX-License-Identifier: Apache-2.0
"""Dates in texts: which words are one, and what they come to."""
