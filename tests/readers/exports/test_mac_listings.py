# SPDX-License-Identifier: Apache-2.0
"""Promises of the reader of lists that tools of macOS print."""

from __future__ import annotations

from debar.model.vocab import Kind, Meaning
from debar.readers.exports import mac_listings
from opened import observed, values


def test_extension_that_waits_to_be_removed_is_residue() -> None:
    """The state in brackets decides."""
    found, _ = observed(
        mac_listings,
        "1 extension(s)\n*\t*\t2Y8XE5CQ94\tcom.vendor.ext (1.0/1)\tAgent\t[activated enabled]\n"
        "\t\t2Y8XE5CQ94\tcom.vendor.old (0.9/1)\tOld\t[terminated waiting to uninstall on reboot]\n",
    )
    assert [(o.label, o.version, o.meaning) for o in found] == [
        ("Agent", "1.0", Meaning.INSTALLED),
        ("Old", "0.9", Meaning.RESIDUE),
    ]
    assert values(found[0], Kind.TEAM_ID) == ["2Y8XE5CQ94"]
    assert values(found[0], Kind.BUNDLE) == ["com.vendor.ext"]


def test_signed_programs_follow_one_another() -> None:
    """Codesign prints a block for each; its first authority is the signer."""
    block = (
        "Executable=/Applications/{0}.app/Contents/MacOS/{0}\nIdentifier=com.vendor.{0}\nFormat=app bundle\n"
        "Authority=Developer ID Application: Example Lab (2Y8XE5CQ94)\nAuthority=Apple Root CA\nTeamIdentifier={1}\n"
    )
    found, _ = observed(mac_listings, block.format("one", "2Y8XE5CQ94") + block.format("two", "not set"))
    assert [(o.label, values(o, Kind.SIGNER)) for o in found] == [
        ("com.vendor.one", ["Example Lab"]),
        ("com.vendor.two", ["Example Lab"]),
    ]


def test_jobs_and_receipts_are_bundles() -> None:
    """Launchctl and pkgutil list identifiers; headers are none."""
    jobs, _ = observed(mac_listings, "PID\tStatus\tLabel\n-\t0\tcom.vendor.agent\n311\t0\tcom.vendor.daemon\n")
    receipts, _ = observed(mac_listings, "com.apple.pkg.Core\ncom.vendor.agent\nno identifier here\n")
    assert [values(o, Kind.BUNDLE) for o in jobs] == [["com.vendor.agent"], ["com.vendor.daemon"]]
    assert [values(o, Kind.BUNDLE) for o in receipts] == [["com.apple.pkg.Core"], ["com.vendor.agent"]]


def test_job_with_a_process_is_at_work() -> None:
    """Launchd knows jobs that it starts when they are needed."""
    found, _ = observed(mac_listings, "PID\tStatus\tLabel\n-\t0\tcom.vendor.later\n312\t0\tcom.vendor.now\n")
    assert [(o.label, o.meaning) for o in found] == [
        ("com.vendor.later", Meaning.INSTALLED),
        ("com.vendor.now", Meaning.RUNNING),
    ]
