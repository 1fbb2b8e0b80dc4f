# SPDX-License-Identifier: Apache-2.0
"""The main text of a page as trafilatura finds it: a library that knows the templates of thousands of sites."""

from __future__ import annotations

import logging
import warnings


def extracted(markup: str) -> str:
    """Give the main text of a page in lines; empty where the library finds none or fails.

    Only the text is asked for: no metadata, so that no date is guessed, and nothing is fetched.
    """
    import trafilatura

    # It reports each page it finds nothing in; what was not found is told here.
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return trafilatura.extract(markup, include_comments=False, include_tables=True, with_metadata=False) or ""
        except Exception:  # noqa: BLE001 - whatever it raises, the own cleaner takes over
            return ""
