# SPDX-License-Identifier: Apache-2.0
"""Typesetting: data and a template to a PDF, with the fonts that come with the typesetter and nothing of the system."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import typst

from debar import dates

if TYPE_CHECKING:
    from collections.abc import Mapping

_TEMPLATE = Path(__file__).with_name("report.typ")
_STANDARDS = ["a-2a", "ua-1"]
"""To be kept for years (ISO 19005-2, level A), and to be read aloud (ISO 14289-1)."""


def typeset(content: Mapping[str, object], as_of: str) -> bytes:
    """Give the document; its date is the day asked about, so that the same report is the same bytes."""
    when = dates.begins(as_of, "UTC")
    return typst.compile(
        _TEMPLATE.read_bytes(),
        sys_inputs={"data": msgspec.json.encode(content).decode("utf-8")},
        font_paths=typst.Fonts(include_system_fonts=False, include_embedded_fonts=True),
        ignore_system_fonts=True,
        pdf_standards=_STANDARDS,  # type: ignore[arg-type]  # the stub wants each word literally
        timestamp=datetime(when.year, when.month, when.day, tzinfo=UTC),
    )
