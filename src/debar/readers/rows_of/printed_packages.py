# SPDX-License-Identifier: Apache-2.0
"""What package managers print and export."""

from debar.model.vocab import Medium
from debar.readers.databases.package_lines import LISTS, TABLES
from debar.readers.rows import Reader, json, keys, text
from debar.readers.rows_of.beginnings import early

_NAMES_ONLY = "lists give names and versions, seldom a maker"

ROWS: tuple[Reader, ...] = (
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
            text(early(r"[ \t]*[^:\n]{1,60}: [^~\s]+~[0-9a-f]{16}~"), "identities of Windows packages", needs="~"),
            text(
                early(r"Published Name : oem\d+\.inf\s+Original File Name :"),
                "drivers of an image",
                needs="Published Name",
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
                early(r"Name +: \S.*\r?\n(?:Epoch +: .*\r?\n)?Version +: \S.*\r?\n(?:Release|Description) +:"),
                "what rpm -qi, dnf info or pacman -Qi print",
                needs="Version",
            ),
            text(
                early(r"Repository +: .*\r?\nName +: \S+\r?\nVersion +: "),
                "what zypper info prints",
                needs="Repository",
            ),
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
