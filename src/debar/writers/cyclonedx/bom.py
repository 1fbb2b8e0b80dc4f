# SPDX-License-Identifier: Apache-2.0
"""A CycloneDX BOM of what was found, whose it is, and what that rests on."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING, Any

from debar import dates
from debar.writers import cases, legal, references, streamed, words
from debar.writers.cyclonedx.claims import ASKED, declarations, standards
from debar.writers.cyclonedx.components import components, properties

if TYPE_CHECKING:
    from debar.model.results import Report
    from debar.writers import Style


def write_report(report: Report, out: IO[str], _style: Style) -> None:
    """Write the BOM; the same report has the same serial number."""
    bom: dict[str, Any] = {
        "$schema": "http://cyclonedx.org/schema/bom-1.7.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.7",
        "serialNumber": f"urn:uuid:{_serial(report)}",
        "version": 1,
        "metadata": _metadata(report),
        "components": components(report),
    }
    if report.findings:
        bom |= {"declarations": declarations(report), "definitions": {"standards": standards(report)}}
    streamed.write(bom, out)


def _serial(report: Report) -> str:
    told = [exposure.id for exposure in report.exposures] + [finding.id for finding in report.findings]
    told += [source.sha256 for source in report.sources]
    return references.uuid_of("bom", report.as_of, report.organisation.name, report.register.sha256, *told)


def _metadata(report: Report) -> dict[str, Any]:
    program = {"type": "application", "name": report.program.name, "version": report.program.version}
    return {
        "timestamp": dates.stamp(references.asked_at(report.as_of)),
        "lifecycles": [{"phase": "operations"}],
        "tools": {"components": [program]},
        "component": {"type": "application", "bom-ref": ASKED, "name": report.organisation.name},
        "properties": [
            *properties(
                as_of=report.as_of,
                known_on=report.known_on or "",
                register=report.register.version,
                register_sha256=report.register.sha256,
                answer=words.in_short(report),
                exposures=str(len(report.exposures)),
                assets=str(cases.assets(report)),
                set_aside=str(len(report.set_aside)),
                disclaimer=legal.DISCLAIMER,
            ),
            *(
                {"name": "debar:unread", "value": f"{skip.source} {skip.locator}: {skip.reason}"}
                for skip in report.skips
            ),
            *({"name": "debar:coverage", "value": note} for note in report.coverage.notes),
            *({"name": "debar:no_evidence_of", "value": kind} for kind in report.coverage.kinds_missing),
        ],
    }
