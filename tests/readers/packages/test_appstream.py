# SPDX-License-Identifier: Apache-2.0
"""Promises of the reader of AppStream metadata."""

from __future__ import annotations

import pytest

from debar.errors import SourceError
from debar.model.vocab import Kind
from debar.readers import named, sniff
from debar.readers.packages import appstream
from opened import observed, opened, values


def test_developer_is_read_in_its_old_and_new_form() -> None:
    """developer_name until AppStream 0.16, developer/name since."""
    for form in ("<developer_name>Maker</developer_name>", "<developer id='x'><name>Maker</name></developer>"):
        ((program,), _) = observed(appstream, f"<component><id>a.b.C</id><name>C</name>{form}</component>")
        assert values(program, Kind.PUBLISHER) == ["Maker"]


def test_untranslated_name_and_newest_release_count() -> None:
    """The first name is in no language; the newest release stands first."""
    ((program,), _) = observed(
        appstream,
        "<component><id>a</id><name>Tool</name><name xml:lang='de'>Werkzeug</name>"
        "<releases><release version='2'/><release version='1'/></releases></component>",
    )
    assert (program.label, program.version) == ("Tool", "2")


def test_catalogue_and_bill_of_materials_are_left_to_others() -> None:
    """Many components in one file are an offer, and a bill of materials has components of its own."""
    for text in (
        "<components><component><id>a</id></component></components>",
        "<bom><component><name>a</name></component></bom>",
    ):
        assert sniff.find_reader(opened(text, "x.xml"))[0] != named("appstream")


def test_component_that_names_nothing_is_an_error() -> None:
    """Neither id nor name: nothing to tell."""
    with pytest.raises(SourceError, match="neither id nor name"):
        observed(appstream, "<component><id> </id></component>")


def test_broken_document_is_an_error() -> None:
    """A document that is cut off is told with its line."""
    with pytest.raises(SourceError, match="not well-formed"):
        observed(appstream, "<component><id>a</id>")
