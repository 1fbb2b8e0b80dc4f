# SPDX-License-Identifier: Apache-2.0
"""Promises of the reader of CycloneDX in the text format of protocol buffers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from debar.errors import SourceError
from debar.model.vocab import Kind, Meaning
from debar.readers import sniff
from debar.readers.boms import cyclonedx_messages
from debar.readers.sbom import cyclonedx_text_format
from opened import observed, opened, values

BOM = """\
# proto-message: Bom
spec_version: "1.6"
metadata { timestamp { seconds: 1609459200 } component: { name: "shop", version: "2" } }
components: {
  type: CLASSIFICATION_DEVICE
  name: 'cam' "era"  # a comment
  supplier: < name: "K\\303\\244stner \\"& Co\\"" url: ["https://a.example", "https://b.example"] >
  omniborId: ["gitoid:a", "gitoid:b"]
  modelCard { considerations { users: "x" } }
}
components: [ { name: "second" }, { name: "third" } ]
services { name: "lookup" endpoints: "https://api.example/v1" }
vulnerabilities { id: "CVE-1" }
"""


def test_all_ways_of_writing_are_read() -> None:
    """Both quotation marks, texts side by side, escapes, lists, angle brackets, and fields that are not read."""
    found, source = observed(cyclonedx_text_format, BOM)
    assert ["shop", "camera", "second", "third", "lookup"] == [o.label for o in found]
    assert Meaning.HARDWARE is found[1].meaning
    assert ['Kästner "& Co"'] == values(found[1], Kind.PUBLISHER)
    assert ["a.example", "b.example"] == values(found[1], Kind.REFERENCE_DOMAIN)
    assert {("shop@2", "2021-01-01T00:00:00Z")} == {(o.asset, o.observed_at) for o in found}
    assert {"subjects": 1, "components": 3, "services": 1, "vulnerabilities": 1} == dict(source.tally)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be"])
def test_encodings_do_not_matter(encoding: str) -> None:
    """It is recognised and read in whatever encoding."""
    data = BOM.replace("\n", "\r\n").encode(encoding)
    reader, _ = sniff.find_reader(opened(data))
    assert reader and "cyclonedx-text-format" == reader.name
    assert 5 == len(observed(cyclonedx_text_format, data)[0])


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        ("components {", "ends inside a message"),
        ("}", "did not begin"),
        ("{", "without the name"),
        ("[", "without the name"),
        ('name: "open\n', "expected"),
        ("a {" * (cyclonedx_messages.DEPTH + 9), "nested deeper"),
    ],
)
def test_what_stands_before_a_break_is_read(fault: str, reason: str) -> None:
    """A break is told with its line; without any component before it there is nothing to read."""
    found, source = observed(cyclonedx_text_format, BOM + fault)
    assert 5 == len(found)
    assert [True] == [reason in told and place.startswith("line 1") for place, told in source.losses]
    with pytest.raises(SourceError, match=reason):
        observed(cyclonedx_text_format, 'spec_version: "1.6"\n' + fault)


@pytest.mark.parametrize("value", ["7", "TRUE", "{ name: 'x' }", "[1, 2]"])
def test_a_value_of_a_wrong_form_costs_its_field(value: str) -> None:
    """A number or a message in place of a text is left out, and the next field is read."""
    found, _ = observed(cyclonedx_text_format, f'components {{ version: {value} name: "a" purl: "pkg:npm/a" }}')
    assert [("a", "")] == [(o.label, o.version) for o in found]


@given(st.text(alphabet="{}[]<>:,;#\"'\\ \ncomponents1x", max_size=120))
def test_any_text_is_read_or_told(text: str) -> None:
    """Whatever follows, there are observations and losses, or a SourceError."""
    try:
        found, _ = observed(cyclonedx_text_format, 'components { name: "a" }\n' + text)
    except SourceError as e:
        assert e.message
    else:
        assert found
