# SPDX-License-Identifier: Apache-2.0
"""What sensors, servers and gateways saw of a network and its hosts."""

from debar.model.vocab import Medium
from debar.readers.rows import Reader, json, text

ROWS = (
    Reader(
        "zeek",
        "debar.readers.network.zeek",
        "Zeek dns, ssl, http and x509 logs, TSV or JSON",
        (Medium.NETWORK,),
        "names looked up, contacted and presented; certificate issuers; the client's address",
        "a contact is proven, not which program made it; traffic that bypasses the sensor is not seen",
        marks=(
            text(r"\A#separator .+\n|^#fields\s", "Zeek header lines", needs="#"),
            json(
                r'"id[._]orig_h"\s*:|"_path"\s*:\s*"(?:dns|ssl|http|x509|conn)"|"(?:certificate\.issuer|server_name)"\s*:',
                "Zeek field names",
            ),
        ),
    ),
    Reader(
        "leases",
        "debar.readers.network.leases",
        "DHCP leases: ISC, dnsmasq, Kea",
        (Medium.LEASES,),
        "address, hardware address and host name, which join traffic to machines",
        "a host name is chosen by its owner and never counts as evidence of a supplier",
        marks=(
            text(r"^lease \d+\.\d+\.\d+\.\d+ \{", "DHCP lease records", needs="lease "),
            text(
                r"\A\d{1,12} (?i:[0-9a-f]{2}[:-]){5,7}(?i:[0-9a-f]{2}) (?i:[0-9a-f.:]+) \S+ \S+", "DHCP lease records"
            ),
            text(r"\Aaddress,(?:hwaddr|duid),", "DHCP lease records"),
        ),
    ),
)
