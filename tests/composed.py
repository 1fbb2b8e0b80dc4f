# SPDX-License-Identifier: Apache-2.0
"""Small valid inputs of every format, each of which holds one true exposure; and how to scan them."""

from __future__ import annotations

import os
import subprocess
import sys
from functools import lru_cache
from typing import TYPE_CHECKING

from debar.model.measures import Organisation
from debar.model.vocab import AddresseeKind
from debar.obligations.question import Question
from debar.pipeline import Settings, scan
from debar.register.load import load

if TYPE_CHECKING:
    from pathlib import Path

    from debar.model.results import Report
    from debar.register import Register

QUESTION = Question(
    organisation=Organisation(name="us/federal-agency", jurisdictions=("us",), kinds=(AddresseeKind.FEDERAL_AGENCY,)),
    as_of="2024-10-01",
    known_on="",
)
CYCLONEDX = (
    b'{"bomFormat": "CycloneDX", "specVersion": "1.5", "version": 1, "metadata": {"timestamp": "2024-07-01T10:00:00Z",'
    b' "component": {"type": "application", "name": "shop", "version": "2"}}, "components": ['
    b'{"type": "library", "name": "left-pad", "version": "1.3.0", "purl": "pkg:npm/left-pad@1.3.0"},'
    b' {"type": "application", "name": "kesl", "version": "12.1.0", "purl": "pkg:deb/kesl@12.1.0",'
    b' "publisher": "AO Kaspersky Lab", "components": [{"type": "library", "name": "klcore", "version": "1"}]}],'
    b' "services": [{"name": "lookup", "endpoints": ["https://ksn.example.net/"]}]}'
)
CYCLONEDX_XML = (
    b'<?xml version="1.0" encoding="UTF-8"?>\n<bom xmlns="http://cyclonedx.org/schema/bom/1.5" version="1">'
    b"<metadata><timestamp>2024-07-01T10:00:00Z</timestamp></metadata><components>"
    b'<component type="application"><publisher>AO Kaspersky Lab</publisher><name>kesl</name><version>12.1.0</version>'
    b"<purl>pkg:deb/kesl@12.1.0</purl></component></components></bom>\n"
)
SPDX = (
    b'{"spdxVersion": "SPDX-2.3", "SPDXID": "SPDXRef-DOCUMENT", "name": "image", "dataLicense": "CC0-1.0",'
    b' "creationInfo": {"created": "2024-07-01T10:00:00Z", "creators": ["Tool: composed"]}, "packages": ['
    b'{"name": "kesl", "SPDXID": "SPDXRef-1", "versionInfo": "12.1.0", "supplier": "Organization: AO Kaspersky Lab",'
    b' "downloadLocation": "NOASSERTION", "externalRefs": [{"referenceCategory": "PACKAGE-MANAGER",'
    b' "referenceType": "purl", "referenceLocator": "pkg:deb/kesl@12.1.0"}]}]}'
)
DPKG = (
    b"Package: adduser\nStatus: install ok installed\nArchitecture: all\nVersion: 3.134\n"
    b"Maintainer: Debian Developers <adduser@packages.debian.org>\nDescription: add users\n\n"
    b"Package: kesl\nStatus: install ok installed\nArchitecture: amd64\nVersion: 12.1.0-1508\n"
    b"Maintainer: AO Kaspersky Lab <support@kaspersky.com>\nConffiles:\n /etc/init.d/kesl 0123456789abcdef\n"
    b"Description: endpoint security\n for machines\n\n"
)
OSQUERY = (
    b'[{"name": "Kaspersky Endpoint Security for Windows", "publisher": "AO Kaspersky Lab", "version": "12.1.0.506",'
    b' "install_location": "C:\\\\Program Files (x86)\\\\Kaspersky Lab\\\\KES", "hostname": "ws-4"},'
    b' {"name": "7-Zip", "publisher": "Igor Pavlov", "version": "23.01", "install_location": "", "hostname": "ws-4"}]'
)
OSQUERY_LOG = (
    b'{"name": "pack", "hostIdentifier": "ws-5", "unixTime": 1719828000, "action": "added", "columns":'
    b' {"name": "Kaspersky Endpoint Security for Windows", "publisher": "AO Kaspersky Lab", "version": "12.1"}}\n'
    b'{"name": "pack", "hostIdentifier": "ws-5", "unixTime": 1719828001, "action": "added", "columns":'
    b' {"name": "7-Zip", "publisher": "Igor Pavlov", "version": "23.01"}}\n'
)
ZEEK = (
    b"#separator \\x09\n#set_separator\t,\n#empty_field\t(empty)\n#unset_field\t-\n#path\tdns\n"
    b"#fields\tts\tuid\tid.orig_h\tid.orig_p\tid.resp_h\tid.resp_p\tquery\tanswers\n"
    b"#types\ttime\tstring\taddr\tport\taddr\tport\tstring\tvector[string]\n"
    b"1719828000.125\tC1\t192.0.2.9\t53000\t192.0.2.1\t53\tdc1.ksn.kaspersky-labs.com\t198.51.100.4\n"
    b"1719828001.000\tC2\t192.0.2.9\t53001\t192.0.2.1\t53\texample.org\t198.51.100.5,www.example.org\n"
)
ZEEK_JSON = (
    b'{"_path": "dns", "ts": 1719828000.125, "uid": "C1", "id.orig_h": "192.0.2.9", "id.resp_h": "192.0.2.1",'
    b' "query": "dc1.ksn.kaspersky-labs.com", "answers": ["198.51.100.4"]}\n'
    b'{"_path": "dns", "ts": 1719828001.0, "uid": "C2", "id.orig_h": "192.0.2.9", "query": "example.org"}\n'
)
LEASES = (
    b"# dhcpd\nlease 192.0.2.9 {\n  starts 1 2024/07/01 10:00:00;\n  ends 1 2024/07/01 22:00:00;\n"
    b'  hardware ethernet 02:00:00:00:00:09;\n  client-hostname "ws-9";\n}\n'
)
LEASES_DNSMASQ = b"1719870000 02:00:00:00:00:09 192.0.2.9 ws-9 01:02:00:00:00:00:09\n"
LEASES_KEA = (
    b"address,hwaddr,client_id,valid_lifetime,expire,subnet_id,fqdn_fwd,fqdn_rev,hostname,state,user_context\n"
    b"192.0.2.9,02:00:00:00:00:09,,43200,1719870000,1,0,0,ws-9.example.org,0,\n"
)
TABLE = (
    b"ComputerName,DisplayName,DisplayVersion,Publisher,InstallDate\r\n"
    b'ws-7,7-Zip,23.01,Igor Pavlov,20240105\r\nws-7,"Kaspersky Endpoint Security for Windows",12.1,AO Kaspersky Lab,\r\n'
)
LEDGER = b"Payment Date;Supplier Name;Narrative;Amount\n2024-07-01;Vendor Ltd;Kaspersky Endpoint Security;1200.00\n"
FORMATS = {
    "bom.json": CYCLONEDX,
    "bom.xml": CYCLONEDX_XML,
    "image.spdx.json": SPDX,
    "status": DPKG,
    "programs.json": OSQUERY,
    "osquery.log": OSQUERY_LOG,
    "dns.log": ZEEK,
    "dns.json": ZEEK_JSON,
    "dhcpd.leases": LEASES,
    "dnsmasq.leases": LEASES_DNSMASQ,
    "kea-leases4.csv": LEASES_KEA,
    "programs.csv": TABLE,
    "ledger.csv": LEDGER,
}
"""File name and content; none of the names matters to debar."""
READ = frozenset({"cyclonedx", "cyclonedx-xml", "spdx", "dpkg", "osquery", "zeek", "leases", "table"})
"""The readers that the composed samples are for; the samples of others lie in tests/data/readers."""
TRACE = frozenset(FORMATS) - {"dhcpd.leases", "dnsmasq.leases", "kea-leases4.csv"}
"""The samples that hold an exposure; a lease never does."""
CANARY = "canary-7f3a-not-to-be-read"


@lru_cache(maxsize=1)
def shipped() -> Register:
    """Give the register that ships with debar."""
    return load()


def scanned(*sources: Path | str, strict: bool = False, engine: str = "inline") -> Report:
    """Scan as a federal agency on 1 October 2024."""
    return scan([str(s) for s in sources], shipped(), QUESTION, Settings(strict=strict, engine=engine))


def beside(bad: Path) -> Path:
    """Put a good file beside a bad one, after it in the order of names, and give their directory."""
    (bad.parent / "zz-good.json").write_bytes(CYCLONEDX)
    return bad.parent


def expect_skip(bad: Path, *words: str, place: str | None = None) -> Report:
    """Scan a bad file with a good one beside it; the bad one is a skip with these words in its reason.

    Also holds the promise that the good file is still reported, and that the exit code is 3.
    """
    from debar.cli.scan import exit_code

    report = scanned(beside(bad))
    mine = [skip for skip in report.skips if skip.source == str(bad)]
    assert mine, f"no skip names {bad.name}: {report.skips}"
    for word in words:
        assert any(word in skip.reason for skip in mine), mine
    if place is not None:
        assert any(place in skip.locator for skip in mine), mine
    assert all(skip.source == str(bad) for skip in report.skips), report.skips
    assert any(source.path.endswith("zz-good.json") for source in report.sources)
    assert any(exposure.asset == "shop@2" for exposure in report.exposures)
    assert exit_code(report, "none") == 3
    return report


def run(
    *arguments: str | Path | bytes,
    stdin: bytes = b"",
    timeout: float = 60,
    variables: dict[str, str] | None = None,
) -> subprocess.CompletedProcess[bytes]:
    """Run debar as its own process, without the caller's DEBAR_* and NO_COLOR."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("DEBAR_") and k not in ("NO_COLOR", "FORCE_COLOR")}
    return subprocess.run(
        [sys.executable, "-m", "debar", *arguments],
        input=stdin,
        capture_output=True,
        timeout=timeout,
        check=False,
        env={**kept, **(variables or {})},
    )


def peak(*arguments: str | Path, timeout: float = 300) -> tuple[int, int, str]:
    """Run debar as its own process; give its exit code, its peak memory in MiB, and its standard error."""
    code = (
        "import pathlib, resource, sys\nfrom debar.cli import main\ncode = main(sys.argv[1:])\n"
        # What the system counts for a process includes its parent at the moment of starting; Linux tells its own apart.
        "status = pathlib.Path('/proc/self/status')\n"
        "own = [line for line in status.read_text().splitlines() if 'VmHWM' in line] if status.exists() else []\n"
        "size = int(own[0].split()[1]) if own else resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "print(code, size >> 10, file=sys.stderr)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *map(str, arguments)], capture_output=True, timeout=timeout, check=False
    )
    errors = done.stderr.decode()
    assert done.returncode == 0, errors
    exit_code, size = errors.splitlines()[-1].split()
    return int(exit_code), int(size), errors
