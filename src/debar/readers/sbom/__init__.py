# SPDX-License-Identifier: Apache-2.0
"""What makers of software declare as its parts."""

from debar.model.vocab import Medium
from debar.readers.rows import Reader, json, keys, xml

ROWS = (
    Reader(
        "cyclonedx",
        "debar.readers.sbom.cyclonedx",
        "CycloneDX JSON 1.2-1.7",
        (Medium.SBOM,),
        "components at every depth, services, the subject; purl, group, name, CPE, makers, references, hashes",
        "vulnerabilities, dependencies, pedigree, evidence, SWID tags, formulation, signatures and the BOM's own supplier are not read",
        marks=(
            json(
                r'"bomFormat"\s*:\s*"CycloneDX"|"\$schema"\s*:\s*"https?://cyclonedx\.org/schema/bom-1',
                "its format mark in the first bytes",
            ),
            keys('bomFormat="CycloneDX"', why="its format mark"),
        ),
    ),
    Reader(
        "cyclonedx-xml",
        "debar.readers.sbom.cyclonedx_xml",
        "CycloneDX XML 1.0-1.7",
        (Medium.SBOM,),
        "as cyclonedx",
        "documents with a document type declaration are refused",
        marks=(
            xml(
                r"""<(?:\w+:)?bom\b[^>]{0,4096}http://cyclonedx\.org/schema/bom/1\.\d["']""",
                "XML in a CycloneDX namespace",
            ),
        ),
    ),
    Reader(
        "spdx",
        "debar.readers.sbom.spdx",
        "SPDX JSON 2.2-2.3",
        (Medium.SBOM,),
        "packages; name, supplier, originator, purl, CPE, homepage, source, checksums",
        "files, snippets, relationships and licences are not read",
        marks=(
            json(
                r'"spdxVersion"\s*:\s*"SPDX-2|"SPDXID"\s*:\s*"SPDXRef-DOCUMENT"', "its format mark in the first bytes"
            ),
            keys('spdxVersion="SPDX-2', why="its format mark"),
        ),
    ),
)
