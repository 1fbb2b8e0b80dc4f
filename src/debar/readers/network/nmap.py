# SPDX-License-Identifier: Apache-2.0
"""Scans by nmap and masscan as XML: hosts, their open ports, and what their services say of themselves.

What a probe recognised is a fact; what an operating system looks like from afar is a guess, and prose.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import unquote

from debar import text
from debar.model.inventory import Observable, Observation
from debar.model.vocab import Kind, Meaning, Medium
from debar.readers import identifiers, instants, markup
from debar.readers.machine import hosts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.readers.inputs import Input
    from debar.readers.markup import Element

GUESSES = 64
"""Guesses of an operating system that are kept of one host; nmap writes ten or so."""
OUTPUT = 1 << 14
"""Characters read of a script's output; those of the scripts below are short."""
_TELLING = frozenset(
    {
        "bacnet-info",
        "banner",
        "bjnp-discover",
        "cups-info",
        "dicom-ping",
        "enip-info",
        "fox-info",
        "hnap-info",
        "http-generator",
        "http-server-header",
        "knx-gateway-info",
        "modbus-discover",
        "ms-sql-info",
        "mysql-info",
        "omron-info",
        "pcworx-info",
        "s7-info",
        "sip-methods",
        "snmp-info",
        "snmp-sysdescr",
        "supermicro-ipmi-conf",
        "ubiquiti-discovery",
        "upnp-info",
        "vmware-version",
        "wsdd-discover",
    }
)
"""Scripts whose output is what a device or service says of itself."""
_PROSE = frozenset({"http-title", "http-auth", "http-auth-finder", "rtsp-methods", "vnc-title"})
"""Scripts whose output anybody may have written: a page, a realm."""
_HEADER = re.compile(r"^\s*(?:Server|X-Powered-By)\s*:\s*(.+)$", re.IGNORECASE | re.MULTILINE)
_NAMES = re.compile(
    r"(?:NetBIOS name|NetBIOS_Computer_Name|NetBIOS computer name|Computer name|DNS_Computer_Name|FQDN)\s*:\s*([^\s,<>\\]+)",
    re.IGNORECASE,
)
_NETBIOS_MAC = re.compile(r"NetBIOS MAC:\s*([0-9a-f:]{17})", re.IGNORECASE)
_SYSTEM = re.compile(r"^\s*(?:OS|Product_Version)\s*:\s*(.+)$", re.MULTILINE)
_CERTIFICATE = re.compile(r"^\s*(Subject|Issuer)\s*:\s*(.+)$", re.MULTILINE)
_ATTRIBUTE = re.compile(r"/(?=[A-Za-z]+=)")
_SHORT = {
    "commonName": "CN",
    "organizationName": "O",
    "organizationalUnitName": "OU",
    "countryName": "C",
    "stateOrProvinceName": "ST",
    "localityName": "L",
}
"""Names of attributes as nmap spells them out, and as certificates are usually written (RFC 4519)."""
_REALM = re.compile(r"\brealm=\"?([^\"\n]{1,256}?)\"?(?=\s*$|\s+\w+=|\"|,)", re.MULTILINE)
_DESCRIBED = re.compile(
    r"^\s*(Server|Webserver|Name|Manufacturer|Model Name|Model Descr)\s*: *(\S.*?)\s*$", re.MULTILINE
)
_DESCRIPTIONS = {"Manufacturer": Kind.PUBLISHER, "Model Name": Kind.MODEL}
"""Lines of upnp-info, and what they are other than banners."""
_SCOPE = re.compile(r"onvif://www\.onvif\.org/(name|hardware)/([^\s<>\"']{1,256})", re.IGNORECASE)
_SCOPES = {"name": Kind.BANNER, "hardware": Kind.MODEL}
_UPTIME = re.compile(r"\s*System uptime:.*", re.IGNORECASE | re.DOTALL)
_RESPONSE = re.compile(r'%r\(\w+,[0-9A-F]+,"((?:[^"\\]|\\.)*)"', re.DOTALL)
_ESCAPE = re.compile(r"\\(?:x([0-9a-fA-F]{2})|(.))", re.DOTALL)
_CONTROL = {"r": " ", "n": " ", "t": " ", "0": " "}


def read(source: Input) -> Iterator[Observation]:
    """Yield of each host that is up itself, its open ports, and what its scripts found, in file order."""
    once = hosts.Once()
    for locator, host in markup.elements(source, "host"):
        source.tally["hosts"] += 1
        status = host.find("{*}status")
        if status is not None and status.get("state") != "up":
            source.tally["hosts that are down"] += 1
            continue
        asset, machine = _machine(host)
        if not asset:
            source.lose(locator, "a host without address and name")
            continue
        if identifiers.is_loopback(asset):
            asset = source.asset  # a host that scanned itself
        when = _instant(host)
        # masscan writes a host again for each of its ports.
        if machine and once.is_new(asset, *machine):
            yield hosts.sighting(source, locator, asset, machine, Meaning.HARDWARE, label=asset, when=when)
        for port in host.iterfind("{*}ports/{*}port"):
            yield from _port(source, port, asset, when)


def _machine(host: Element) -> tuple[str, list[Observable]]:
    """Give what a host is called and all that joins or identifies it."""
    addresses, stations, makers = [], [], []
    for element in host.iterfind("{*}address"):
        if element.get("addrtype") == "mac":
            stations.append(element.get("addr", ""))
            makers.append(element.get("vendor", ""))
        else:
            addresses.append(element.get("addr", ""))
    names = [name for e in host.iterfind("{*}hostnames/{*}hostname") if (name := hosts.plain(e.get("name", "")))]
    found = []
    for script in host.iterfind("{*}hostscript/{*}script"):
        output = script.get("output", "")[:OUTPUT]
        names += _own_names(script.get("id", ""), output)
        stations += _NETBIOS_MAC.findall(output) if script.get("id") == "nbstat" else []
        found += _said(script)
    for port in host.iterfind("{*}ports/{*}port"):
        for script in port.iterfind("{*}script"):
            names += _own_names(script.get("id", ""), script.get("output", "")[:OUTPUT])
    identity: list[Observable] = []
    for name in dict.fromkeys(names):
        identity += hosts.identity(name=name)
    for station in stations:
        identity += hosts.identity(mac_address=station)
    identity += hosts.identity(addresses=tuple(addresses))
    identity += [Observable(Kind.PUBLISHER, maker) for maker in makers if maker]
    identity += found
    identity += _guesses(host)
    # The first name is that of the name server, which the organisation knows the host by.
    asset = (
        next(iter(names), "")
        or next(filter(None, addresses), "")
        or next(filter(None, map(identifiers.mac, stations)), "")
    )
    return asset, list(dict.fromkeys(identity))


def _guesses(host: Element) -> list[Observable]:
    """Give what nmap takes the host for; it may name ten makers, of which nine are wrong."""
    found = []
    for number, element in enumerate(host.iterfind("{*}os//*")):
        if number == GUESSES:
            break
        tag = markup.local(element)
        if tag == "osmatch":
            found.append(element.get("name", ""))
        elif tag == "osclass":
            found.append(" ".join(filter(None, (element.get("vendor"), element.get("osfamily"), element.get("type")))))
    return [Observable(Kind.TEXT, guess) for guess in dict.fromkeys(found) if guess]


def _port(source: Input, port: Element, asset: str, when: str) -> Iterator[Observation]:
    """Yield what listens at a port, unless it is closed or nobody knows whether it is open."""
    source.tally["ports"] += 1
    state = port.find("{*}state")
    if state is None or state.get("state") != "open":
        source.tally["ports not open"] += 1
        return
    name = f"{port.get('portid', '')}/{port.get('protocol', '')}"
    found = []
    service = port.find("{*}service")
    label = version = ""
    if service is not None:
        found += _service(service)
        label, version = service.get("product") or service.get("name") or "", service.get("version") or ""
    for script in port.iterfind("{*}script"):
        found += _said(script)
    found.append(Observable(Kind.PORT, name))
    yield Observation(
        source=source.id,
        locator=f"line {port.sourceline}",
        asset=asset,
        label=label or name,
        version=version,
        medium=Medium.NETWORK,
        meaning=Meaning.INSTALLED,
        observables=tuple(dict.fromkeys(found)),
        observed_at=when,
    )


def _service(service: Element) -> list[Observable]:
    """Give what a probe recognised; a service that only the number of its port suggests is nothing."""
    found = [Observable(Kind.BANNER, banner) for banner in [_unescaped(service.get("banner") or "")] if banner]
    if service.get("method") == "table":
        return found
    if product := service.get("product"):
        found.append(Observable(Kind.NAME, product))
    names = (text.cpe(element.text or "") for element in service.iterfind("{*}cpe"))
    found += [Observable(Kind.CPE, name) for name in names if name]
    prose = (service.get(key) or "" for key in ("extrainfo", "devicetype", "ostype", "hostname"))
    found += [Observable(Kind.TEXT, hosts.plain(value)) for value in prose if value.strip()]
    # What no probe recognised is written down as it came, for whoever wants to teach nmap.
    raw = (service.get("servicefp") or "")[:OUTPUT].replace(" SF:", "").replace("\nSF:", "")
    found += [Observable(Kind.BANNER, said) for said in map(_unescaped, _RESPONSE.findall(raw)) if said]
    return found


def _own_names(script: str, output: str) -> list[str]:
    """Give the names that a Windows host has for itself."""
    is_known = script in {"nbstat", "smb-os-discovery", "rdp-ntlm-info"} or script.endswith("-ntlm-info")
    return [hosts.plain(name) for name in _NAMES.findall(output) if name] if is_known else []


def _said(script: Element) -> list[Observable]:
    """Give what a script heard a host or service say of itself."""
    name, output = script.get("id", ""), script.get("output", "")[:OUTPUT]
    if name == "ssl-cert":
        parts = dict(reversed(_CERTIFICATE.findall(output)))
        # The issuer is printed only if nmap was asked for more words, but is always in the table beside.
        names = ((Kind.TLS_ISSUER, "Issuer"), (Kind.TEXT, "Subject"))
        written = ((kind, _tabled(script, key.lower()) or _distinguished(parts.get(key, ""))) for kind, key in names)
        return [Observable(kind, hosts.plain(value)) for kind, value in written if value]
    if name in {"smb-os-discovery", "rdp-ntlm-info"}:
        values, kind = _SYSTEM.findall(output), Kind.BANNER
    elif name == "http-headers":
        values, kind = _HEADER.findall(output), Kind.BANNER
    elif name in _TELLING:
        values, kind = [_UPTIME.sub("", output)], Kind.BANNER
    else:
        values, kind = [output] if name in _PROSE else [], Kind.TEXT
    plain = (hosts.plain(" ".join(value.split())) for value in values)
    return [*(Observable(kind, value) for value in plain if value), *_parts(name, output)]


def _parts(name: str, output: str) -> Iterator[Observable]:
    """Yield what stands by itself in the output of a script: a device's scopes, its description, its realm."""
    for word, value in _SCOPE.findall(output):
        yield Observable(_SCOPES[word.lower()], hosts.plain(unquote(value)))
    if name == "upnp-info":
        for word, value in _DESCRIBED.findall(output):
            yield Observable(_DESCRIPTIONS.get(word, Kind.BANNER), hosts.plain(value))
    elif name in {"http-auth", "http-auth-finder"}:
        # Devices have a realm of their own; a page or a method may be called anything.
        yield from (Observable(Kind.BANNER, f'realm="{hosts.plain(realm)}"') for realm in _REALM.findall(output))


def _tabled(script: Element, key: str) -> str:
    """Give a name of a certificate from the script's own table."""
    parts = script.iterfind(f"{{*}}table[@key='{key}']/{{*}}elem")
    return ", ".join(f"{_SHORT.get(part.get('key', ''), part.get('key', ''))}={part.text or ''}" for part in parts)


def _distinguished(name: str) -> str:
    """Give "commonName=a/organizationName=b" as "CN=a, O=b"."""
    parts = (part.partition("=") for part in _ATTRIBUTE.split(name.strip()) if part)
    return ", ".join(f"{_SHORT.get(key, key)}={value}" for key, _, value in parts)


def _unescaped(banner: str) -> str:
    """Give a banner with its escapes decoded and control characters as blanks."""
    decoded = _ESCAPE.sub(lambda e: chr(int(e[1], 16)) if e[1] else _CONTROL.get(e[2], e[2]), banner[:OUTPUT])
    return hosts.plain(" ".join(text.STEERING.sub(" ", decoded).split()))


def _instant(host: Element) -> str:
    """Give when a host was scanned: its own time, else that of the whole scan."""
    run = host.getparent()
    for moment in (host.get("endtime"), host.get("starttime"), run.get("start") if run is not None else None):
        if instant := instants.epoch(moment or ""):
            return instant
    return ""
