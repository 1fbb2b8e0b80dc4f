# SPDX-License-Identifier: Apache-2.0
"""What makers of software declare as its parts."""

from debar.model.vocab import Medium
from debar.readers.rows import Reader, json, keys, magic, text, xml

_SPREADSHEET = "debar.readers.sbom.spdx_spreadsheet"

ROWS = (
    # Before the formats that it carries, which would recognise themselves inside it.
    Reader(
        "attestation",
        "debar.readers.sbom.attestation",
        "Attestations that carry an SBOM: in-toto statements, DSSE envelopes, Sigstore bundles",
        (Medium.SBOM,),
        "what the CycloneDX, SPDX or Syft document inside says; name and digests of what is attested",
        "signatures are not checked; provenance and other predicates are counted only",
        marks=(
            json(
                r'"_type"\s*:\s*"https://in-toto\.io/Statement/', "an in-toto statement", needs="in-toto.io/Statement"
            ),
            json(r'"payloadType"\s*:\s*"application/vnd\.in-toto', "an envelope of in-toto", needs="vnd.in-toto"),
            json(
                r'"mediaType"\s*:\s*"application/vnd\.dev\.sigstore\.bundle',
                "a Sigstore bundle",
                needs="vnd.dev.sigstore.bundle",
            ),
            # {" and {, then a line feed or a space, as base64
            json(r'\A\{\s*"payload"\s*:\s*"(?:eyJ|ewo|ewk|ewn|ew0|eyA)', "an envelope around JSON", needs='"payload"'),
        ),
    ),
    Reader(
        "cyclonedx",
        "debar.readers.sbom.cyclonedx",
        "CycloneDX JSON 1.2-1.7",
        (Medium.SBOM, Medium.INVENTORY),
        "components at every depth, services, devices, rows of osquery, the subject with its supplier; purl, group, name, CPE, SWID, makers, references, hashes, identities and places in the evidence; ancestors as residue",
        "vulnerabilities and signatures are counted only; dependencies, descendants, tools, formulation and licences are not read",
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
        (Medium.SBOM, Medium.INVENTORY),
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
        "cyclonedx-protobuf",
        "debar.readers.sbom.cyclonedx_protobuf",
        "CycloneDX protocol buffers 1.3-1.7",
        (Medium.SBOM, Medium.INVENTORY),
        "as cyclonedx",
        "told by the version, which writers put first; a document that begins with another field is not recognised",
        marks=(magic(b"\n\x031.", "a CycloneDX version in the first field of a message"),),
    ),
    Reader(
        "cyclonedx-text-format",
        "debar.readers.sbom.cyclonedx_text_format",
        "CycloneDX 1.3-1.7 in the text format of protocol buffers",
        (Medium.SBOM, Medium.INVENTORY),
        "as cyclonedx",
        "as cyclonedx",
        marks=(
            text(r"""^spec_version\s*:\s*["']1\.\d""", "a CycloneDX version as a field", needs="spec_version"),
            text(
                r"^#\s*proto-message:\s*(?:cyclonedx\.\w+\.)?Bom\s*$", "the name of its message", needs="proto-message:"
            ),
        ),
    ),
    Reader(
        "spdx",
        "debar.readers.sbom.spdx",
        "SPDX JSON 2.1-2.3",
        (Medium.SBOM,),
        "packages; name, supplier, originator, purl, CPE, homepage, source, checksums, prose",
        "files, snippets, relationships and licences are not read",
        marks=(
            json(
                r'"spdxVersion"\s*:\s*"SPDX-2|"SPDXID"\s*:\s*"SPDXRef-DOCUMENT"', "its format mark in the first bytes"
            ),
            keys('spdxVersion="SPDX-2', why="its format mark"),
        ),
    ),
    Reader(
        "spdx-json-ld",
        "debar.readers.sbom.spdx_json_ld",
        "SPDX 3 JSON-LD",
        (Medium.SBOM,),
        "packages, AI models and data sets; name, suppliers and originators, purl, CPE, homepage, source, hashes, prose",
        "files are counted only; snippets, relationships, licences, builds and vulnerabilities are not read",
        marks=(
            json(
                r'"@context"\s*:\s*\[?\s*"https?://spdx\.(?:org|dev|github\.io)/',
                "an SPDX context in the first bytes",
                needs='"@context"',
            ),
            json(
                r'"type"\s*:\s*"(?:SpdxDocument|software_(?:Package|File|Sbom))"',
                "elements of SPDX 3",
                needs='"spdxId"',
            ),
        ),
    ),
    Reader(
        "spdx-tag-value",
        "debar.readers.sbom.spdx_tag_value",
        "SPDX tag-value 2.0-2.3",
        (Medium.SBOM,),
        "as spdx",
        "as spdx",
        marks=(
            text(r"^SPDXVersion:[ \t]*SPDX-\d", "its version", needs="SPDXVersion:"),
            text(r"^DocumentNamespace:[ \t]*\S", "the namespace of a document", needs="SPDXRef-"),
        ),
    ),
    Reader(
        "spdx-yaml",
        "debar.readers.sbom.spdx_yaml",
        "SPDX YAML 2.1-2.3",
        (Medium.SBOM,),
        "as spdx",
        "as spdx",
        marks=(text(r"""^ {0,8}["']?spdxVersion["']?\s*:\s*["']?SPDX-2""", "its version", needs="spdxVersion"),),
    ),
    Reader(
        "spdx-rdf",
        "debar.readers.sbom.spdx_rdf",
        "SPDX RDF/XML 2.0-2.3",
        (Medium.SBOM,),
        "as spdx",
        "as spdx; other forms of RDF (Turtle, N-Triples) are not read",
        marks=(xml(r"<(?:\w+:)?RDF\b[^>]{0,4096}http://spdx\.org/rdf/terms#", "RDF in the vocabulary of SPDX"),),
    ),
    Reader(
        "spdx-xml",
        "debar.readers.sbom.spdx_xml",
        "SPDX XML 2.2-2.3",
        (Medium.SBOM,),
        "as spdx",
        "as spdx",
        marks=(
            xml(r"<spdxVersion>\s*SPDX-2", "its version", needs="<spdxVersion>"),
            xml(r"<SPDXID>\s*SPDXRef-DOCUMENT", "the name of a document", needs="<SPDXID>"),
        ),
    ),
    Reader(
        "spdx-spreadsheet",
        _SPREADSHEET,
        "SPDX spreadsheets 2.0-2.3, .xlsx and .xls",
        (Medium.SBOM,),
        "as spdx",
        "as spdx",
        marks=(
            magic(b"PK\x03\x04", "a workbook with the sheets of SPDX", fits=_SPREADSHEET),
            magic(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a workbook with the sheets of SPDX", fits=_SPREADSHEET),
        ),
    ),
    Reader(
        "syft",
        "debar.readers.sbom.syft",
        "Syft JSON, every version of its schema",
        (Medium.SBOM,),
        "artifacts with all that their metadata tell of a maker, the distribution, digests of the image",
        "files without a package, relationships and licences are not read",
        marks=(
            json(r'"artifacts"\s*:\s*\[\s*\{[^{}\[\]]{0,4096}"foundBy"\s*:', "artifacts of Syft", needs='"foundBy"'),
            keys("artifacts", "source", "descriptor", "schema", why="the frame of a Syft document"),
            keys("artifacts", "artifactRelationships", why="the frame of a Syft document"),
        ),
    ),
    Reader(
        "swid",
        "debar.readers.sbom.swid",
        "SWID tags, ISO/IEC 19770-2:2009 and 2015",
        (Medium.FILES,),
        "name, version and tag id; creators, licensors and distributors with their domains; files, programs and hashes of the payload; linked components",
        "who made the tag alone is a mention; concise tags (CoSWID) and patches' relations are not read",
        marks=(xml(r"<(?:\w+:)?(?:SoftwareIdentity|software_identification_tag)\b", "a software identification tag"),),
        tree_names=r".+\.swidtag",
        in_trees=True,
    ),
)
