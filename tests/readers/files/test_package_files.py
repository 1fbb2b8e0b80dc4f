# SPDX-License-Identifier: Apache-2.0
"""Promises of the readers of package files: Debian, RPM, wheels, NuGet, Visual Studio, macOS."""

from __future__ import annotations

import struct
import zlib
from typing import TYPE_CHECKING

import pytest

from debar.errors import SourceError
from debar.model.vocab import Kind, Meaning
from debar.readers.files import deb, mac_installer, nupkg, rpm_file, vsix, wheel
from opened import opened, values
from signing import packed, sample

if TYPE_CHECKING:
    from types import ModuleType

    from debar.model.inventory import Observation
    from debar.readers.inputs import Input

PACKAGES = {
    "deb-file/vendor-agent_12.1.0-1543_amd64.deb": deb,
    "rpm-file/vendor-agent-12.1.0-1543.noarch.rpm": rpm_file,
    "wheel/iniconfig-2.3.1-py3-none-any.whl": wheel,
    "nupkg/vendor.agent.4.2.0.nupkg": nupkg,
    "vsix/agent.vsix": vsix,
    "mac-installer/agent.pkg": mac_installer,
}


def read(reader: ModuleType, content: bytes, path: str = "web01/file") -> tuple[list[Observation], Input]:
    """Read a package file."""
    source = opened(content, path)
    return list(reader.read(source)), source


@pytest.mark.parametrize("place", PACKAGES)
def test_package_file_is_not_an_installation(place: str) -> None:
    """A package that lies there as a file names its maker, and is no proof that it was installed."""
    found, source = read(PACKAGES[place], sample(place))
    assert {o.meaning for o in found} == {Meaning.RESIDUE}
    assert source.losses == []


@pytest.mark.parametrize("place", PACKAGES)
@pytest.mark.parametrize("part", [0.1, 0.4, 0.7, 0.95])
def test_truncated_package_file_invents_nothing(place: str, part: float) -> None:
    """What remains of a file that was cut off is either read or refused with a reason."""
    content = sample(place)
    whole, _ = read(PACKAGES[place], content)
    try:
        found, _ = read(PACKAGES[place], content[: int(len(content) * part)])
    except SourceError as e:
        assert e.message
    else:
        assert {v for o in found for v in o.observables} <= {v for o in whole for v in o.observables}


def test_debian_package_names_maintainer_and_homepage() -> None:
    """The control file inside is read."""
    (package,), _ = read(deb, sample("deb-file/vendor-agent_12.1.0-1543_amd64.deb"))
    assert (values(package, Kind.PACKAGE), package.version) == (["vendor-agent"], "12.1.0-1543")
    assert values(package, Kind.PUBLISHER) == ["Example Vendor Ltd."]


@pytest.mark.parametrize("size", [b"-1        ", b"9999999999", b"x         ", b"          "])
def test_debian_member_of_a_wild_size_ends_the_search(size: bytes) -> None:
    """A size that is none, or lies, is refused and not followed."""
    content = bytearray(sample("deb-file/vendor-agent_12.1.0-1543_amd64.deb"))
    content[8 + 48 : 8 + 58] = size
    with pytest.raises(SourceError, match="without a control archive"):
        read(deb, bytes(content))


def test_rpm_package_names_vendor_and_epoch() -> None:
    """The header after the signature is read."""
    (package,), _ = read(rpm_file, sample("rpm-file/vendor-agent-12.1.0-1543.noarch.rpm"))
    assert package.version == "1:12.1.0-1543"
    assert values(package, Kind.REFERENCE_DOMAIN) == ["www.vendor.example"]


def test_rpm_signature_of_a_wild_size_is_refused() -> None:
    """A signature that claims gigabytes leads outside the file."""
    content = bytearray(sample("rpm-file/vendor-agent-12.1.0-1543.noarch.rpm"))
    content[104:112] = struct.pack(">II", 0xFFFFFFFF, 0xFFFFFFFF)
    with pytest.raises(SourceError, match="outside the file"):
        read(rpm_file, bytes(content))


def test_wheel_gives_package_url_and_people() -> None:
    """Authors and maintainers stand with or without their addresses."""
    metadata = (
        "Name: Vendor_SDK\nVersion: 1.0\nAuthor: UNKNOWN\nAuthor-email: Jo Doe <jo@vendor.example>, x@other.example\n"
    )
    content = packed(
        {"a-1.dist-info/METADATA": f"{metadata}Project-URL: Home, https://www.vendor.example\n\nName: no\n"}
    )
    (package,), _ = read(wheel, content)
    assert values(package, Kind.PURL) == ["pkg:pypi/vendor-sdk"]
    assert values(package, Kind.PUBLISHER) == ["Jo Doe"]
    assert values(package, Kind.MAINTAINER_DOMAIN) == ["vendor.example", "other.example"]
    assert values(package, Kind.REFERENCE_DOMAIN) == ["www.vendor.example"]


def test_nuget_package_gives_package_url_and_authors() -> None:
    """Several authors stand in one field."""
    (package,), _ = read(nupkg, sample("nupkg/vendor.agent.4.2.0.nupkg"))
    assert values(package, Kind.PURL) == ["pkg:nuget/Vendor.Agent", "pkg:github/vendor/sdk"]
    assert values(package, Kind.PUBLISHER) == ["Vendor GmbH", "Second Author", "vendor"]


def test_manifest_with_entities_is_refused() -> None:
    """Entities in a manifest are not expanded."""
    bomb = '<!DOCTYPE p [<!ENTITY a "aaaa">]><package><metadata><id>&a;</id></metadata></package>'
    with pytest.raises(SourceError, match="entities"):
        read(nupkg, packed({"a.nuspec": bomb}))


def test_extension_of_an_editor_is_named_by_publisher_and_name() -> None:
    """The identifier of an extension of Visual Studio Code is its publisher's and its own name."""
    (extension,), _ = read(vsix, sample("vsix/agent.vsix"))
    assert (values(extension, Kind.EXTENSION), extension.version) == (["vendor.agent-tools"], "0.4.1")


def test_mac_installer_names_packages_and_signer() -> None:
    """The first certificate of the chain is the signer's."""
    (installer, package), source = read(mac_installer, sample("mac-installer/agent.pkg"))
    assert values(installer, Kind.SIGNER)[1] == "Vendor GmbH"
    assert values(package, Kind.BUNDLE) == ["example.vendor.agent.pkg", "example.vendor.agent"]
    assert source.tally == {"installers": 1, "certificates": 1, "packages": 1}


def test_mac_installer_of_wild_sizes_is_refused() -> None:
    """A table of contents of gigabytes is not unpacked."""
    content = b"xar!" + struct.pack(">HHQQI", 28, 1, 10, 1 << 60, 1) + zlib.compress(b"x")
    with pytest.raises(SourceError, match="impossible size"):
        read(mac_installer, content)


def test_place_of_a_description_outside_the_file_is_lost() -> None:
    """A package whose description lies nowhere is told, and the installer is still named."""
    toc = b"<xar><toc><file id='1'><name>PackageInfo</name><data><offset>-5</offset><length>9e9</length></data></file></toc></xar>"
    content = b"xar!" + struct.pack(">HHQQI", 28, 1, len(zlib.compress(toc)), len(toc), 1) + zlib.compress(toc)
    (installer,), source = read(mac_installer, content)
    assert (installer.label, source.losses[0][0]) == ("file", "PackageInfo")


def test_zip_files_are_told_apart_by_their_members() -> None:
    """Each kind of package is recognised by its own manifest, and no other's."""
    kinds = {
        "wheel/iniconfig-2.3.1-py3-none-any.whl": wheel,
        "nupkg/vendor.agent.4.2.0.nupkg": nupkg,
        "vsix/agent.vsix": vsix,
    }
    for place in kinds:
        assert [k for k, module in kinds.items() if module.fits(opened(sample(place)))] == [place]
