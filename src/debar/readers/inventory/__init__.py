# SPDX-License-Identifier: Apache-2.0
"""What agents, management tools and exports say is on a machine."""

from debar.model.vocab import Medium
from debar.readers.rows import Reader, json

ROWS = (
    Reader(
        "osquery",
        "debar.readers.inventory.osquery",
        "osquery results, JSON",
        (Medium.INVENTORY,),
        "rows of programs, packages, services, drivers, processes, signatures, extensions, certificates and others",
        "rows of a differential log that were removed again are left out",
        marks=(
            json(
                r'"hostIdentifier"\s*:|"host_hostname"\s*:|"(?:diffResults|snapshot|columns)"\s*:\s*[\[{]',
                "osquery row or log fields",
            ),
            # osqueryi --json: an array of flat objects whose values are all strings.
            json(
                r'\A\[\s*\{(?:"[a-z_]+":\s*"[^"\\]*(?:\\.[^"\\]*)*"\s*(?:,\s*)?){2,}\}',
                "rows of osquery",
            ),
        ),
    ),
)
