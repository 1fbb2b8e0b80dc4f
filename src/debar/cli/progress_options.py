# SPDX-License-Identifier: Apache-2.0
"""The options that say what is told on standard error while something is read."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse

FORMS = ("auto", "plain", "json", "none")


def add_progress_options(group: argparse._ActionsContainer, what: str = "the reading", more: str = "") -> None:
    """Add how far something is, and that nothing is to be said."""
    group.add_argument("--progress", choices=FORMS, default="auto", help=f"how far {what} is, on standard error{more}")
    group.add_argument("--quiet", action="store_true", help="no progress and no notes on standard error")
