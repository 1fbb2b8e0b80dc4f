# SPDX-License-Identifier: Apache-2.0
"""Promises of the reader of Debian package databases."""

import io
import weakref
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from debar.model.inventory import Observable, Observation
from debar.model.vocab import Kind, Meaning, Medium
from debar.readers import named, sniff
from debar.readers.databases.installations import FIELD
from debar.readers.inputs import NAMED, Input
from debar.readers.packages import dpkg

CORPUS = Path(__file__).parents[4] / "shared" / "corpus" / "09-package-databases"
AGENT = """\
Package: klnagent64
Status: install ok installed
Maintainer: Example Lab <support@vendor.example>
Original-Maintainer: First Author <first@author.example>
Architecture: amd64
Version: 15.1.0-20748
Conffiles:
 /etc/opt/vendor/agent.conf 76120d358bc9037bb6358e737b3050b5
 /etc/opt/vendor/old name.conf 49e9b2cfa17849700d4db735d04244f3 obsolete
Description: network agent
 Talks to the administration server.
 .
 Second paragraph.
Homepage: https://www.vendor.example/agent
"""


def opened(text: str | bytes, path: str = "fleet/web01/var/lib/dpkg/status") -> Input:
    """Give an input with this content."""
    source = Input(path, io.BytesIO(text if isinstance(text, bytes) else text.encode()))
    weakref.finalize(source, source._file.close)  # type: ignore[union-attr]
    return source


def observed(text: str | bytes, path: str = "fleet/web01/var/lib/dpkg/status") -> list[Observation]:
    """Read all of a text."""
    return list(dpkg.read(opened(text, path)))


def test_installed_package_gives_every_value_that_betrays_its_maker() -> None:
    """A stanza gives package, maintainers, their domains, homepage, configuration files and prose."""
    (package,) = observed(AGENT)
    assert (package.asset, package.label, package.version) == ("web01", "klnagent64", "15.1.0-20748")
    assert (package.locator, package.medium, package.meaning) == ("line 1", Medium.PACKAGES, Meaning.INSTALLED)
    assert package.observables == (
        Observable(Kind.PACKAGE, "klnagent64"),
        Observable(Kind.PUBLISHER, "Example Lab"),
        Observable(Kind.MAINTAINER_DOMAIN, "vendor.example"),
        Observable(Kind.PUBLISHER, "First Author"),
        Observable(Kind.MAINTAINER_DOMAIN, "author.example"),
        Observable(Kind.REFERENCE_DOMAIN, "www.vendor.example"),
        Observable(Kind.PATH, "/etc/opt/vendor/agent.conf"),
        Observable(Kind.PATH, "/etc/opt/vendor/old name.conf"),
        Observable(Kind.TEXT, "network agent\nTalks to the administration server.\n.\nSecond paragraph."),
    )


@pytest.mark.parametrize(
    ("status", "meaning"),
    [
        ("install ok installed", Meaning.INSTALLED),
        ("install ok triggers-pending", Meaning.INSTALLED),
        ("deinstall ok config-files", Meaning.RESIDUE),
        ("install reinstreq half-installed", Meaning.RESIDUE),
        ("purge ok not-installed", None),
        ("something else", None),
    ],
)
def test_status_decides_the_meaning(status: str, meaning: Meaning | None) -> None:
    """Only an installed package is installed; what was left behind is residue; the rest is not there."""
    found = observed(f"Package: a\nStatus: {status}\nVersion: 1\n")
    assert [o.meaning for o in found] == ([meaning] if meaning else [])


def test_file_of_status_d_needs_no_status() -> None:
    """A distroless image lists a package without status, but an index of a repository installs nothing."""
    assert [o.meaning for o in observed("Package: a\nVersion: 1\n", "img/var/lib/dpkg/status.d/a")] == [
        Meaning.INSTALLED
    ]
    assert observed("Package: a\nVersion: 1\nFilename: pool/a.deb\n", "Packages") == []
    assert observed("Package: dependency\n") == []


def test_what_is_only_available_is_not_installed() -> None:
    """The file "available" tells sizes to download; apt tells of what is installed whether that was asked for."""
    assert observed("Package: a\nVersion: 1\nSize: 12\n") == []
    assert observed("Package: a\nVersion: 1\nDownload-Size: 12 kB\n") == []
    (package,) = observed("Package: a\nVersion: 1\nAPT-Manual-Installed: yes\nDownload-Size: 12 kB\n")
    assert package.meaning is Meaning.INSTALLED


def test_package_of_r_is_left_to_others() -> None:
    """A DESCRIPTION of R begins with the same field."""
    r = opened("Package: ggplot2\nType: Package\nTitle: Plots\nVersion: 3.4\nPriority: base\n", "R/ggplot2/DESCRIPTION")
    reader, _ = sniff.find_reader(r)
    assert reader != named("dpkg")


def test_locator_is_the_first_line_of_the_stanza() -> None:
    """Blank lines between stanzas, any number and with spaces in them, do not shift the lines."""
    found = observed(
        "\n\nPackage: a\nStatus: install ok installed\n \n\r\n\nStatus: install ok installed\nPackage: b\n"
    )
    assert [(o.label, o.locator) for o in found] == [("a", "line 3"), ("b", "line 8")]


@pytest.mark.parametrize(
    ("path", "asset"),
    [
        ("fleet/web01/var/lib/dpkg/status", "web01"),
        ("C:\\fleet\\web01\\var\\lib\\dpkg\\status", "web01"),
        ("fleet/web01.tar.gz!var/lib/dpkg/status.d/base", "web01"),
        ("routers/gw/usr/lib/opkg/status", "gw"),
        ("/var/lib/dpkg/status", "/var/lib/dpkg/status"),
        ("hosts/db7/dpkg-status", "db7"),
        ("status", "status"),
    ],
)
def test_host_is_named_by_the_path(path: str, asset: str) -> None:
    """The directory above var is the host, else the directory of the file, else the path."""
    assert [o.asset for o in observed(AGENT, path)] == [asset]


def test_broken_lines_cost_themselves_only() -> None:
    """A line that is no field is a loss, and the stanza's other fields stay."""
    source = opened(
        "Package: a\nno colon here\n more of it\nStatus: install ok installed\n\nStatus: install ok installed\n"
    )
    assert [o.label for o in dpkg.read(source)] == ["a"]
    assert source.losses == [
        ("line 2", "neither a field nor the continuation of one"),
        ("line 6", "a package without a name"),
    ]
    assert source.tally["packages"] == 2


def test_file_of_faults_keeps_few_of_them() -> None:
    """A thousand broken lines give five losses and a count."""
    source = opened("rubbish\n" * 1000)
    assert list(dpkg.read(source)) == []
    assert len(source.losses) == NAMED + 1
    assert source.losses[-1] == ("", "995 more broken places")


def test_endless_description_is_cut() -> None:
    """A field of many megabytes does not fill the memory."""
    (package,) = observed(
        "Package: a\nStatus: install ok installed\nDescription: x\n" + (" " + "y" * 999 + "\n") * 5000
    )
    assert len(package.observables[-1].value) < 2 * FIELD


@given(st.binary(max_size=400))
def test_any_bytes_are_survived(content: bytes) -> None:
    """Whatever the bytes, reading ends without an error."""
    found = list(dpkg.read(opened(b"Package: a\nStatus: install ok installed\n" + content)))
    assert all(observation.label for observation in found)


@pytest.mark.skipif(not CORPUS.is_dir(), reason="shared/corpus/09-package-databases is not beside the repository")
def test_real_status_files_are_read() -> None:
    """A status file of a Debian image gives its packages with maintainers."""
    path = CORPUS / "osv-scalibr/extractor/filesystem/os/dpkg/testdata/dpkg/valid"
    found = list(dpkg.read(Input("host/var/lib/dpkg/status", path)))
    assert [o.label for o in found][:3] == ["accountsservice", "acl", "adduser"]
    assert all(o.meaning is Meaning.INSTALLED and o.version for o in found)
