# SPDX-License-Identifier: Apache-2.0
"""How a person looks for each kind of sign, and which kinds there are to look for where an exposure is.

A row of `WAYS` is all that a look needs to know of a kind: what to do, and what it means when the sign is not there.
"""

from __future__ import annotations

from typing import NamedTuple

from debar.model.vocab import Kind, Meaning, Medium


class Way(NamedTuple):
    """How a person looks for one kind of sign."""

    ask: str
    """What to do; {place} is where, {thing} a file of the exposure."""
    otherwise: str
    """What it means to find something else, or nothing."""
    medium: Medium
    meaning: Meaning
    """What it is then taken for, unless the indicator knows better."""
    systems: str = ""
    """Where there is such a thing, of windows, mac and linux; empty for everywhere."""


_ABSENT = "without it, what was found may be an entry that was left behind"
_OTHER_MAKER = "another maker's name there would lower it"
WAYS = {
    Kind.SIGNER: Way(
        "read the signer of {thing}",
        "a signer of another name would lower it",
        Medium.FILES,
        Meaning.INSTALLED,
        "windows mac",
    ),
    Kind.TEAM_ID: Way(
        "read the developer team that signed {thing}",
        "another team would lower it",
        Medium.FILES,
        Meaning.INSTALLED,
        "mac",
    ),
    Kind.SERVICE: Way(
        "list the services of {place}", "without its service, it may be left behind", Medium.INVENTORY, Meaning.RUNNING
    ),
    Kind.PROCESS: Way(
        "list what runs on {place}",
        "that nothing of it runs says only that it does not run now",
        Medium.INVENTORY,
        Meaning.RUNNING,
    ),
    Kind.DRIVER: Way(
        "list the drivers of {place}",
        "without its driver, it may be left behind",
        Medium.INVENTORY,
        Meaning.RUNNING,
        "windows",
    ),
    Kind.ALTITUDE: Way(
        "list the file-system filters of {place} (fltmc)",
        "without its filter, it may be left behind",
        Medium.INVENTORY,
        Meaning.RUNNING,
        "windows",
    ),
    Kind.PACKAGE: Way("ask the package manager of {place}", _ABSENT, Medium.PACKAGES, Meaning.INSTALLED, "linux"),
    Kind.NAME: Way("list the programs that are installed on {place}", _ABSENT, Medium.INVENTORY, Meaning.INSTALLED),
    Kind.PUBLISHER: Way("read who is named as the maker of {thing}", _OTHER_MAKER, Medium.INVENTORY, Meaning.INSTALLED),
    Kind.PRODUCT_CODE: Way(
        "list the product codes of {place} (MSI)", _ABSENT, Medium.INVENTORY, Meaning.INSTALLED, "windows"
    ),
    Kind.REGISTRY: Way("look in the registry of {place}", _ABSENT, Medium.INVENTORY, Meaning.INSTALLED, "windows"),
    Kind.PATH: Way("look for its files on {place}", _ABSENT, Medium.FILES, Meaning.INSTALLED),
    Kind.FILE: Way("look for its files on {place}", _ABSENT, Medium.FILES, Meaning.INSTALLED),
    Kind.BUNDLE: Way("list the bundles of {place}", _ABSENT, Medium.INVENTORY, Meaning.INSTALLED, "mac"),
    Kind.APP_ID: Way(
        "list the apps of {place} by their identifiers", _ABSENT, Medium.INVENTORY, Meaning.INSTALLED, "phone"
    ),
    Kind.EXTENSION: Way("list the browser extensions of {place}", _ABSENT, Medium.INVENTORY, Meaning.INSTALLED),
    Kind.CONFIG: Way("read the configuration of {place}", _ABSENT, Medium.FILES, Meaning.INSTALLED),
    Kind.DOMAIN: Way(
        "read in the DNS log what {place} looks up",
        "no look-up says little: it may be off, or go through a proxy",
        Medium.NETWORK,
        Meaning.SERVICE_USE,
    ),
    Kind.TLS_ISSUER: Way(
        "read who issued the certificates of {place}", _OTHER_MAKER, Medium.NETWORK, Meaning.SERVICE_USE
    ),
    Kind.BANNER: Way(
        "ask {place} what it says of itself (Server header, ONVIF scopes, SSH banner)",
        _OTHER_MAKER,
        Medium.NETWORK,
        Meaning.HARDWARE,
    ),
    Kind.URL_PATH: Way(
        "ask {place} for the pages that such devices have",
        "without them it may be another device, or have them switched off",
        Medium.NETWORK,
        Meaning.HARDWARE,
    ),
    Kind.OID: Way(
        "ask {place} for its sysObjectID over SNMP",
        "the number of another maker would lower it",
        Medium.NETWORK,
        Meaning.HARDWARE,
    ),
    Kind.MODEL: Way(
        "read the model from the label of {place}, or from its page",
        "the model of another maker would lower it",
        Medium.INVENTORY,
        Meaning.HARDWARE,
    ),
    Kind.HARDWARE_ID: Way(
        "list the USB and PCI devices of {place}",
        "the number of another maker would lower it",
        Medium.INVENTORY,
        Meaning.HARDWARE,
    ),
    Kind.MAC: Way(
        "read the hardware address of {place}",
        "the address of another maker is no proof against it: whoever made the network part is named there",
        Medium.NETWORK,
        Meaning.HARDWARE,
    ),
    Kind.PURL: Way(
        "read the package URL in an SBOM of {place}",
        "a package of the same name from elsewhere would lower it",
        Medium.SBOM,
        Meaning.COMPONENT,
    ),
    Kind.CODE: Way(
        "list the class paths inside {place}", "without them it is not built in there", Medium.FILES, Meaning.EMBEDDED
    ),
    Kind.STRING: Way(
        "search the programs of {place} for its strings (debar scan --strings)",
        "without them it may be packed, or not be there",
        Medium.FILES,
        Meaning.EMBEDDED,
    ),
    Kind.HASH: Way(
        "take the digest of {thing}",
        "another digest says nothing: each build has its own",
        Medium.FILES,
        Meaning.INSTALLED,
    ),
}
"""Kind of sign -> how to look for it. Kinds without a row are no look: they prove nothing, or cannot be looked for."""
_ON_A_MACHINE = (
    Kind.SIGNER,
    Kind.TEAM_ID,
    Kind.SERVICE,
    Kind.DRIVER,
    Kind.PROCESS,
    Kind.PACKAGE,
    Kind.NAME,
    Kind.PUBLISHER,
    Kind.ALTITUDE,
    Kind.REGISTRY,
    Kind.PRODUCT_CODE,
    Kind.PATH,
    Kind.FILE,
    Kind.BUNDLE,
    Kind.APP_ID,
    Kind.EXTENSION,
    Kind.CONFIG,
)
_OF_A_DEVICE = (Kind.BANNER, Kind.MODEL, Kind.OID, Kind.URL_PATH, Kind.HARDWARE_ID, Kind.MAC, Kind.TLS_ISSUER)
_IN_A_PRODUCT = (Kind.PURL, Kind.CODE, Kind.SIGNER, Kind.STRING, Kind.HASH, Kind.PUBLISHER)
SELDOM = frozenset({Kind.TEAM_ID, Kind.BUNDLE, Kind.APP_ID, Kind.EXTENSION, Kind.CONFIG, Kind.HASH, Kind.TLS_ISSUER})
"""Kinds that few products show: they come after the others, but where the evidence is of a system that has them."""
OF_THE_MAKER = frozenset({Kind.SIGNER, Kind.TEAM_ID, Kind.PUBLISHER})
"""Kinds that name the maker, whatever the product."""
_AT_WORK = (Kind.PROCESS, Kind.SERVICE, Kind.DRIVER)
KINDS = {
    Meaning.RUNNING: (*_ON_A_MACHINE, Kind.DOMAIN),
    Meaning.INSTALLED: (*_ON_A_MACHINE, Kind.DOMAIN),
    Meaning.RESIDUE: (*_AT_WORK, *_ON_A_MACHINE, Kind.DOMAIN),
    Meaning.CLIENT: (*_AT_WORK, *_ON_A_MACHINE, Kind.DOMAIN),
    Meaning.COMPONENT: (Kind.PURL, Kind.CODE, Kind.HASH),
    Meaning.EMBEDDED: (*_IN_A_PRODUCT, *_AT_WORK, Kind.PACKAGE, Kind.PATH, Kind.FILE),
    Meaning.HARDWARE: (*_OF_A_DEVICE, Kind.DOMAIN),
    Meaning.SERVICE_USE: (*_ON_A_MACHINE, *_OF_A_DEVICE),
    Meaning.PURCHASE: (*_ON_A_MACHINE, *_OF_A_DEVICE),
    Meaning.MENTION: (*_ON_A_MACHINE, *_IN_A_PRODUCT),
}
"""What an exposure is -> the kinds that can be looked for where it is, the quickest look first."""
