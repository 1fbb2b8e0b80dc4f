# SPDX-License-Identifier: Apache-2.0
"""What package managers say is installed, or required."""

from debar.model.vocab import Medium
from debar.readers.rows import Reader, text

ROWS = (
    Reader(
        "dpkg",
        "debar.readers.packages.dpkg",
        "Debian package status (dpkg)",
        (Medium.PACKAGES,),
        "installed packages and left-over configuration; name, maintainer, homepage, configuration files",
        "says nothing of software that was not installed as a package",
        marks=(
            text(
                r"\APackage: .+(?:\n.+)*\n(?:Status|Version|Architecture): ",
                "stanzas of a Debian package status",
                needs="Package: ",
            ),
        ),
        tree_names=r"status",
    ),
)
