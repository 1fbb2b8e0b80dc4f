# SPDX-License-Identifier: Apache-2.0
"""What package managers of operating systems keep of what is installed."""

from debar.model.vocab import Medium
from debar.readers.rows import Reader, json, magic, text
from debar.readers.rows_of.beginnings import NO_PROGRAM, early

_SQLITE = b"SQLite format 3\0"
_UNPACKAGED = "says nothing of software that was not installed as a package"

ROWS: tuple[Reader, ...] = (
    Reader(
        "dpkg",
        "debar.readers.packages.dpkg",
        "Debian package status (dpkg, opkg)",
        (Medium.PACKAGES,),
        "installed packages and left-over configuration; name, maintainer, homepage, configuration files",
        _UNPACKAGED,
        marks=(
            text(
                # An R package's DESCRIPTION begins alike, but has none of these fields.
                r"\APackage: .+(?:\n.+)*?\n(?:Status|Architecture|Section|Installed-Size|Installed-Time): ",
                "stanzas of a Debian package status",
                needs="Package: ",
            ),
            text(
                r"\APackage:[\s\S]*?^Status: (?:install|deinstall|purge|hold|unknown) ",
                "a status further down",
                needs="Status: ",
            ),
        ),
        tree_names=r"status",
        tree_paths=("/var/lib/dpkg", "/var/lib/dpkg/status.d", "/usr/lib/opkg", "/var/lib/opkg", "/opt/lib/opkg"),
        tree_folders=("status.d",),
        in_trees=True,
    ),
    Reader(
        "chisel",
        "debar.readers.packages.chisel",
        "Manifest of a chiselled Ubuntu image",
        (Medium.PACKAGES,),
        "packages of which slices are in the image; name, version, package URL",
        "names no maker",
        marks=(json(r'\A\{"jsonwall"\s*:', "the first line of a chisel manifest", needs='"jsonwall"'),),
        tree_names=r"manifest\.wall",
        in_trees=True,
    ),
    Reader(
        "rpm",
        "debar.readers.packages.rpm",
        "RPM database (SQLite, ndb or Berkeley DB)",
        (Medium.PACKAGES,),
        "installed packages and trusted keys; name, vendor, packager, addresses, folders below /opt",
        f"{_UNPACKAGED}; what lies in a write-ahead log beside the database is not seen",
        marks=(
            magic(_SQLITE, "a SQLite file with rpm's tables", fits="debar.readers.packages.rpm"),
            magic(b"RpmP", "the first bytes of rpm's ndb packages"),
            magic(b"\x61\x15\x06\0", "a Berkeley DB hash table", offset=12),
            magic(b"\0\x06\x15\x61", "a Berkeley DB hash table of a big-endian machine", offset=12),
        ),
        tree_names=r"rpmdb\.sqlite|Packages(?:\.db)?",
        tree_paths=("/var/lib/rpm", "/usr/lib/sysimage/rpm", "/usr/share/rpm"),
        in_trees=True,
    ),
    Reader(
        "freebsd-pkg",
        "debar.readers.packages.freebsd_pkg",
        "FreeBSD package database (pkg)",
        (Medium.PACKAGES,),
        "installed packages; name, port, maintainer, homepage, description",
        _UNPACKAGED,
        marks=(magic(_SQLITE, "a SQLite file with pkg's tables", fits="debar.readers.packages.freebsd_pkg"),),
        tree_names=r"local\.sqlite",
        tree_paths=("/var/db/pkg",),
        in_trees=True,
    ),
    Reader(
        "apk",
        "debar.readers.packages.apk",
        "Alpine package database (apk)",
        (Medium.PACKAGES,),
        "installed packages; name, origin, maintainer, address, folders below /opt",
        _UNPACKAGED,
        marks=(text(early(r"P:\S+\r?\nV:\S+\r?\n"), "fields of an apk database", needs="\nV:"),),
        tree_names=r"installed",
        tree_paths=("/lib/apk/db", "/usr/lib/apk/db"),
        in_trees=True,
    ),
    Reader(
        "pacman",
        "debar.readers.packages.pacman",
        "pacman local database",
        (Medium.PACKAGES,),
        "the installed package; name, packager, homepage, description",
        "one file for each package; packager is who built it, not who made it",
        marks=(text(r"\A%(?:NAME|FILENAME)%\r?\n\S", "fields of a pacman database", needs="NAME%"),),
        tree_names=r"desc",
        tree_paths=("/var/lib/pacman/local/*",),
        in_trees=True,
    ),
    Reader(
        "portage",
        "debar.readers.packages.portage",
        "Portage database (Gentoo)",
        (Medium.PACKAGES,),
        "the installed package; name, version, homepage, hosts of its sources",
        "overlays and licences are not read",
        marks=(
            text(
                rf"\A{NO_PROGRAM}[\s\S]*?^declare -[-x]+ (?:EBUILD_PHASE|EAPI|CATEGORY|PF)=",
                "variables of an ebuild's environment",
                needs="declare -",
            ),
            text(r"\A[\w+][\w+-]*-\d[\w.]*(?:-r\d+)?\s*\Z", "name and version in a file PF", name=r"^PF$"),
        ),
        tree_names=r"environment\.bz2|environment|PF",
        tree_paths=("/var/db/pkg/*/*",),
        in_trees=True,
    ),
)
