# SPDX-License-Identifier: Apache-2.0
"""The main text of a page as trafilatura finds it: a library that knows the templates of thousands of sites."""

from __future__ import annotations

import logging
import sys
import warnings
from contextlib import contextmanager
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


def extracted(markup: str) -> str:
    """Give the main text of a page in lines; empty where the library finds none or fails.

    Only the text is asked for: no metadata, so that no date is guessed, and nothing is fetched.
    """
    with _unconnected():
        import trafilatura

    # It reports each page it finds nothing in; what was not found is told here.
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return trafilatura.extract(markup, include_comments=False, include_tables=True, with_metadata=False) or ""
        except Exception:  # noqa: BLE001 - whatever it raises, the own cleaner takes over
            return ""


@contextmanager
def _unconnected() -> Iterator[None]:
    """Keep what fetches pages out while the library is loaded, so that it cannot: urllib3 opens a socket as it is loaded."""
    if "trafilatura" in sys.modules or "urllib3" in sys.modules:
        yield
        return
    parts = {f"urllib3.{name}": _StandIn(f"urllib3.{name}") for name in ("exceptions", "response", "util")}
    whole = _StandIn("urllib3")
    for name, part in parts.items():
        setattr(whole, name.partition(".")[2], part)
    sys.modules |= {"urllib3": whole, "trafilatura.downloads": _StandIn("trafilatura.downloads"), **parts}
    try:
        yield
    finally:
        for name in ("urllib3", *parts):
            sys.modules.pop(name, None)


class _StandIn(ModuleType):
    """A library that fetches, without what fetches: its names are there to be imported, and do nothing."""

    def __getattr__(self, name: str) -> type[_Nothing]:
        if name.startswith("__"):
            raise AttributeError(name)
        return _Nothing


class _Nothing:
    """What a name of such a library stands for: no connection, and nobody's answer."""

    def __init__(self, *_arguments: object, **_options: object) -> None:
        """Take whatever it is made with, and do nothing with it."""
