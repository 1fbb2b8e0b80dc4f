# SPDX-License-Identifier: Apache-2.0
"""Drafts of measures from stories, and what people decide about each line."""
