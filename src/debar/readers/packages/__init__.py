# SPDX-License-Identifier: Apache-2.0
"""What package managers say is installed."""

from debar.model.vocab import Medium
from debar.readers.databases.package_lines import LISTS, TABLES
from debar.readers.rows import Reader, json, keys, magic, text, xml

_SQLITE = b"SQLite format 3\0"
_UNPACKAGED = "says nothing of software that was not installed as a package"
_NAMES_ONLY = "lists give names and versions, seldom a maker"

ROWS = (
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
        in_trees=True,
    ),
    Reader(
        "apk",
        "debar.readers.packages.apk",
        "Alpine package database (apk)",
        (Medium.PACKAGES,),
        "installed packages; name, origin, maintainer, address, folders below /opt",
        _UNPACKAGED,
        marks=(text(r"^P:\S+\r?\nV:\S+\r?\n", "fields of an apk database", needs="\nV:"),),
        tree_names=r"installed",
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
                r"^declare -[-x]+ (?:EBUILD_PHASE|EAPI|CATEGORY|PF)=",
                "variables of an ebuild's environment",
                needs="declare -",
            ),
            text(r"\A[\w+][\w+-]*-\d[\w.]*(?:-r\d+)?\s*\Z", "name and version in a file PF", name=r"^PF$"),
        ),
        tree_names=r"environment\.bz2|environment|PF",
        in_trees=True,
    ),
    Reader(
        "flatpak",
        "debar.readers.packages.flatpak",
        "Flatpak metadata and flatpak info",
        (Medium.PACKAGES,),
        "the installed program or runtime; application id, name",
        "metadata has no version and no maker; AppStream metadata beside it has",
        marks=(
            text(
                r"\A\[(?:Application|Runtime)\]\r?\n(?:.*\n){0,40}?name\s*=", "groups of Flatpak metadata", needs="name"
            ),
            text(r"^[ \t]*ID: \S+\r?\n[ \t]*Ref: (?:app|runtime)/", "what flatpak info prints", needs="Ref: "),
        ),
        tree_names=r"metadata",
        in_trees=True,
    ),
    Reader(
        "appstream",
        "debar.readers.packages.appstream",
        "AppStream metadata of a program",
        (Medium.PACKAGES,),
        "the installed program; id, name, developer, addresses, newest release",
        "catalogues of what could be installed are not read",
        marks=(
            xml(
                r"\A(?:<\?xml[^>]*\?>\s*)?(?:<!--(?:(?!-->)[\s\S])*-->\s*)*<component\b[^>]*>[\s\S]*?<id\b",
                "an AppStream component",
                needs="<component",
            ),
        ),
        tree_names=r".*\.(?:metainfo|appdata)\.xml",
        in_trees=True,
    ),
    Reader(
        "snap",
        "debar.readers.packages.snap",
        "snap.yaml and snap info",
        (Medium.PACKAGES,),
        "the installed program; name, title, publisher, addresses",
        "snap.yaml names no publisher",
        marks=(
            text(r"^name: *\S", "a name in a file snap.yaml", needs="name:", name=r"^snap\.ya?ml$"),
            text(
                r"\A(?![\s\S]*^parts:)[\s\S]*?^confinement: +['\"]?(?:strict|classic|devmode)",
                "confinement of a snap",
                needs="confinement:",
            ),
            text(r"^name: +\S+\r?\nsummary: .*\r?\npublisher: ", "what snap info prints", needs="publisher:"),
        ),
        tree_names=r"snap\.yaml",
        in_trees=True,
    ),
    Reader(
        "nix",
        "debar.readers.packages.nix",
        "Nix profile and nix-env --json",
        (Medium.PACKAGES,),
        "packages of the profile; name, version, project of a flake, homepage",
        "what packages are built from is not in a profile",
        marks=(
            json(r'"storePaths"\s*:', "store paths of a Nix profile", needs='"storePaths"'),
            json(r'"outputName"\s*:', "what nix-env --query --json prints", needs='"pname"'),
        ),
        tree_names=r"manifest\.json",
        in_trees=True,
    ),
    Reader(
        "homebrew",
        "debar.readers.packages.homebrew",
        "Homebrew receipts and brew info",
        (Medium.PACKAGES,),
        "installed formulae and casks; name, homepage, download host, collection of another owner",
        "a receipt names no maker",
        marks=(
            json(r'\A\{\s*"homebrew_version"\s*:', "the first field of a Homebrew receipt", needs="homebrew_version"),
            keys("homebrew_version", "source", why="fields of a Homebrew receipt"),
            keys("formulae=[", "casks=[", why="what brew info --json=v2 prints"),
        ),
        tree_names=r"INSTALL_RECEIPT\.json",
        in_trees=True,
    ),
    Reader(
        "nuspec",
        "debar.readers.packages.nuspec",
        "Package specification of NuGet or Chocolatey",
        (Medium.PACKAGES,),
        "the program or component; id, title, authors, owners, addresses",
        "owners are who packed it; whether a specification in a cache is in use is not known",
        marks=(
            xml(
                r"\A(?:<\?xml[^>]*\?>\s*)?(?:<!--(?:(?!-->)[\s\S])*-->\s*)*<package\b[^>]*>\s*(?:<!--(?:(?!-->)[\s\S])*-->\s*)*<metadata\b[^>]*>[\s\S]*?<(?:id|authors)>",
                "metadata of a nuspec",
                needs="<metadata",
            ),
        ),
        tree_names=r".*\.nuspec",
        in_trees=True,
    ),
    Reader(
        "winget",
        "debar.readers.packages.winget",
        "winget export",
        (Medium.PACKAGES,),
        "identifiers of packages and the publisher that begins them",
        "programs that no source of winget offers are not exported",
        marks=(
            json(r'"\$schema"\s*:\s*"https://aka\.ms/winget-packages', "the schema of winget exports", needs="winget"),
            keys("Sources=[", "WinGetVersion", why="fields of a winget export"),
        ),
    ),
    Reader(
        "package-export",
        "debar.readers.packages.package_export",
        "Packages of scoop, Container-Optimized OS and Spack, JSON",
        (Medium.PACKAGES,),
        "installed packages; name, version",
        _NAMES_ONLY,
        marks=(
            keys("apps=[", "buckets=[", why="apps and buckets of a scoop export"),
            json(
                r'\A\{\s*"installedPackages"\s*:\s*\[', "packages of Container-Optimized OS", needs="installedPackages"
            ),
            keys("installedPackages=[", why="packages of Container-Optimized OS"),
            json(r'\A\{\s*"spec"\s*:\s*\{\s*"_meta"', "a specification of Spack", needs='"spec"'),
        ),
        tree_names=r"cos-package-info\.json|spec\.json",
        in_trees=True,
    ),
    Reader(
        "modinfo",
        "debar.readers.packages.modinfo",
        "Modules of the Linux kernel, as modinfo prints them",
        (Medium.FILES,),
        "modules; file, authors, signer, description",
        "whether a module is loaded is not said",
        marks=(text(r"\A(?:name: .*\n)?filename: +(?:/|\(builtin\))", "what modinfo prints", needs="filename:"),),
    ),
    Reader(
        "dism",
        "debar.readers.packages.dism",
        "Packages and drivers of a Windows image, as DISM prints them",
        (Medium.PACKAGES,),
        "packages with their state; drivers with file and provider",
        "the provider of a driver is read from English output only",
        marks=(
            text(r"^[ \t]*[^:\n]{1,60}: [^~\s]+~[0-9a-f]{16}~", "identities of Windows packages", needs="~"),
            text(
                r"^Published Name : oem\d+\.inf\s+Original File Name :", "drivers of an image", needs="Published Name"
            ),
        ),
    ),
    Reader(
        "package-info",
        "debar.readers.packages.package_info",
        "Details of packages (rpm -qi, dnf info, zypper info, pacman -Qi)",
        (Medium.PACKAGES,),
        "installed packages and trusted keys; name, vendor, packager, addresses, description",
        "English output only",
        marks=(
            text(
                r"^Name +: \S.*\r?\n(?:Epoch +: .*\r?\n)?Version +: \S.*\r?\n(?:Release|Description) +:",
                "what rpm -qi, dnf info or pacman -Qi print",
                needs="Version",
            ),
            text(r"^Repository +: .*\r?\nName +: \S+\r?\nVersion +: ", "what zypper info prints", needs="Repository"),
        ),
    ),
    Reader(
        "package-table",
        "debar.readers.packages.package_table",
        "Tables of packages (dpkg -l, snap list, flatpak list, winget list, scoop list)",
        (Medium.PACKAGES,),
        "installed packages and left-over configuration; name, id, version, publisher of a snap",
        f"{_NAMES_ONLY}; names that the terminal cut off stay cut off",
        marks=TABLES,
    ),
    Reader(
        "package-list",
        "debar.readers.packages.package_list",
        "Lists of packages (rpm -qa, dnf, apt, apk, opkg, pacman -Q, qlist, pkg info, nix, choco, brew, port ...)",
        (Medium.PACKAGES,),
        "installed packages; name, version, comment",
        _NAMES_ONLY,
        marks=LISTS,
    ),
)
"""A listing is known by its lines alone, so listings stand last."""
