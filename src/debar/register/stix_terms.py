# SPDX-License-Identifier: Apache-2.0
"""Where kinds of observables stand in STIX 2.1, and what makes indicators of debar's survive the way there and back.

Object paths are those of chapter 6 of the standard (cyber-observable objects). A kind without a path has no
place in STIX patterns; its indicators are exchanged by the extension alone.
"""

from __future__ import annotations

from uuid import UUID, uuid5

from debar.model.vocab import Kind

NAMESPACE = UUID("6f0c5d4e-3c3b-5c0e-9d5b-0d6a52f1c9a4")
"""Under which identifiers of exported objects are derived (RFC 9562, version 5): the same object has the same one."""
EXTENSION = f"extension-definition--{uuid5(NAMESPACE, 'indicator')}"
"""Property extension that carries an indicator whole."""
PARTY_LABEL = "debar-party:"
"""Begins the label by which an indicator of others names the party that it points to."""
PATHS = {
    Kind.DRIVER: "file:name",
    Kind.DOMAIN: "domain-name:value",
    Kind.IP: "ipv4-addr:value",
    Kind.ASN: "autonomous-system:number",
    Kind.MAC: "mac-addr:value",
    Kind.FILE: "file:name",
    Kind.HASH: "file:hashes.'SHA-256'",
    Kind.PATH: "directory:path",
    Kind.PROCESS: "process:image_ref.name",
    Kind.SERVICE: "process:extensions.'windows-service-ext'.service_name",
    Kind.REGISTRY: "windows-registry-key:key",
    Kind.NAME: "software:name",
    Kind.PUBLISHER: "software:vendor",
    Kind.CPE: "software:cpe",
    Kind.TLS_ISSUER: "x509-certificate:issuer",
    Kind.SIGNER: "x509-certificate:subject",
}
KINDS = {path: kind for kind, path in PATHS.items()} | {
    "ipv6-addr:value": Kind.IP,
    "file:hashes.MD5": Kind.HASH,
    "file:hashes.'SHA-1'": Kind.HASH,
    "process:name": Kind.PROCESS,
}
"""The same the other way, with the paths that are read beside those that are written; a later kind of a path wins."""
