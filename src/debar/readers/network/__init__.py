# SPDX-License-Identifier: Apache-2.0
"""What sensors, servers and gateways saw of a network and its hosts."""

from debar.model.vocab import Medium
from debar.readers.rows import Reader, json, keys, magic, text, xml
from debar.readers.rows_of.beginnings import early

_PCAP = (
    b"\xd4\xc3\xb2\xa1",
    b"\xa1\xb2\xc3\xd4",
    b"\x4d\x3c\xb2\xa1",
    b"\xa1\xb2\x3c\x4d",
    b"\x34\xcd\xb2\xa1",
    b"\xa1\xb2\xcd\x34",
)
"""Captures of either byte order, in micro- or nanoseconds, or with the longer headers of old Linux."""

ROWS = (
    Reader(
        "suricata",
        "debar.readers.network.suricata",
        "Suricata event log (eve.json)",
        (Medium.NETWORK,),
        "names looked up, contacted and presented; certificate issuers; banners; hosts with their hardware addresses",
        "a contact is proven, not which program made it; traffic that bypasses the sensor is not seen",
        marks=(
            keys("timestamp", "event_type", "src_ip", "dest_ip", why="fields of a Suricata event"),
            keys("timestamp", "event_type", "flow_id", why="fields of a Suricata event"),
            keys("timestamp", 'event_type="stats"', "stats", why="fields of a Suricata event"),
            keys("timestamp", 'event_type="arp"', "arp", why="fields of a Suricata event"),
            json(r'"suricata"\s*:\s*\{\s*"eve"\s*:', "a Suricata event in one of Elastic", needs='"suricata"'),
        ),
    ),
    Reader(
        "pcap",
        "debar.readers.network.pcap",
        "network captures, pcap and pcapng",
        (Medium.NETWORK,),
        "names looked up and contacted (DNS, TLS, QUIC, HTTP), certificate issuers, banners, and who hosts say they are",
        "encrypted names and contents are not seen; of each stream only the beginning; fragments are not put together",
        marks=(
            *(magic(first, "first bytes of a pcap file") for first in _PCAP),
            magic(b"\x0a\x0d\x0d\x0a", "first bytes of a pcapng file"),
        ),
    ),
    Reader(
        "nmap",
        "debar.readers.network.nmap",
        "nmap and masscan scans, XML",
        (Medium.NETWORK,),
        "hosts with names, addresses and makers; services with products, CPE and banners; what scripts heard",
        "closed ports and hosts that are down are counted only; guesses of an operating system are prose",
        marks=(xml(r"<nmaprun[\s>]", "root element nmaprun", needs="<nmaprun"),),
    ),
    Reader(
        "nmap-text",
        "debar.readers.network.nmap_text",
        "nmap scans, normal (-oN) and greppable (-oG)",
        (Medium.NETWORK,),
        "hosts with names, addresses and makers; products and banners at open ports",
        "has less than nmap's XML; guesses of an operating system are prose",
        marks=(
            text(
                early(
                    r"Nmap scan report for \S+(?: \([^()\n]*\))?(?: \[host down.*\])?[ \t\r]*$|# Nmap \d\S* scan initiated "
                ),
                "lines of an nmap report",
                needs="Nmap scan report for ",
            ),
            text(early(r"Host: [0-9a-fA-F.:]+ \([^)\n]*\)\t(?:Status|Ports): "), "lines of nmap -oG", needs="Host: "),
        ),
    ),
    Reader(
        "masscan",
        "debar.readers.network.masscan",
        "masscan scans, JSON (-oJ, -oD) and list (-oL)",
        (Medium.NETWORK,),
        "hosts, open ports and banners",
        "certificates among the banners are left out",
        marks=(
            json(
                r'"ip"\s*:\s*"[^"]+"\s*,\s*"timestamp"\s*:\s*"\d+"\s*,\s*"port',
                "fields of masscan",
                needs='"timestamp"',
            ),
            text(r"\A#masscan$", "first line of masscan -oL", needs="#masscan"),
        ),
    ),
    Reader(
        "zeek",
        "debar.readers.network.zeek",
        "Zeek logs, TSV or JSON",
        (Medium.NETWORK,),
        "names looked up, contacted and presented; certificate issuers; banners; host names and hardware addresses",
        "a contact is proven, not which program made it; traffic that bypasses the sensor is not seen",
        marks=(
            text(r"\A#separator .+\n|^#fields\t", "Zeek header lines", needs="#"),
            text(r"^(?:ts\tuid|uid|ts)\tid\.orig_h\t", "names of Zeek columns", needs="id.orig_h"),
            json(r'"id[._]orig_h"\s*:|"id"\s*:\s*\{\s*"orig_h"', "Zeek field names", needs="orig_h"),
            json(r'"event\.module"\s*:\s*"zeek"|"zeek"\s*:\s*\{', "Zeek fields in an event of Elastic", needs="zeek"),
            keys("_path", "ts", why="Zeek field names"),
            keys("ts", "fuid", why="Zeek field names"),
            keys("ts", "uids", "msg_types", why="Zeek field names"),
            keys("ts", "uids", "mac", why="Zeek field names"),
            keys("ts", "note", "msg", "actions", why="Zeek field names"),
            keys("ts", "host", "software_type", why="Zeek field names"),
            keys("ts", "host", "port_num", why="Zeek field names"),
            keys("ts", "certificate.issuer", why="Zeek field names"),
            keys("ts", "orig_h", "resp_h", why="Zeek field names"),
        ),
    ),
    Reader(
        "snmp",
        "debar.readers.network.snmp",
        "SNMP walks of net-snmp, by numbers or names",
        (Medium.NETWORK,),
        "system description and identifier, name, parts with makers and models, programs, hardware addresses, neighbours",
        "one device a file; tables of other MIBs are counted only; a device says what it likes of itself",
        marks=(
            text(
                early(r"\.?(?:1|iso)(?:\.\d+){4,}(?:\.\S+)? = (?:[A-Za-z-]+(?: Address)?: ?|\"\")"),
                "object identifiers with values",
                needs=" = ",
            ),
            text(
                early(r"[A-Z][\w-]*::[a-z][\w-]*(?:\.\S+)? = (?:[A-Za-z-]+(?: Address)?: ?|\"\")"),
                "names of SNMP with values",
                needs="::",
            ),
            text(early(r"sysDescr\.0 = "), "names of SNMP with values", needs="sysDescr.0 = "),
        ),
    ),
    Reader(
        "neighbours",
        "debar.readers.network.neighbours",
        "neighbours by CDP and LLDP, in detail",
        (Medium.NETWORK,),
        "names, addresses, models, descriptions and serial numbers of the devices beside a switch or host",
        "fields of other makers than Cisco, Juniper, Aruba and lldpd only where they have the same names",
        marks=(
            text(
                early(r"Device ID ?: ?\S[^\n]*\n(?:[^\n]*\n){0,8}\s*(?:Platform ?:|Entry address|Interface address)"),
                "fields of a CDP neighbour",
                needs="Device ID",
            ),
            text(
                early(r"[ \t]*Chassis ?[Ii][Dd] *: *\S[^\n]*\n(?:[^\n]*\n){0,12}[ \t]*(?:Port|Sys|System)"),
                "fields of an LLDP neighbour",
                needs="hassis",
            ),
        ),
    ),
    Reader(
        "arp",
        "debar.readers.network.arp",
        "tables of neighbours: arp, ip neigh, /proc/net/arp, arp-scan, Cisco, Junos, Windows",
        (Medium.NETWORK,),
        "address and hardware address of each neighbour, and its name where the table has it",
        "only hosts that were spoken with lately; an address behind a router is not in it",
        marks=(
            text(
                early(r"\S+ \((?:\d{1,3}\.){3}\d{1,3}\) at (?:[0-9a-f]{1,2}[:.]|<?\(?incomplete)"),
                "lines of arp -a",
                needs=") at ",
            ),
            text(
                early(r"[^\n]{1,40}: (?:\d{1,3}\.){3}\d{1,3} --- 0x[0-9a-f]+"),
                "lines of arp -a of Windows",
                needs=" --- 0x",
            ),
            text(early(r"IP address +HW type +Flags +HW address"), "header of /proc/net/arp", needs="HW type"),
            text(early(r"Address +HWtype +HWaddress"), "header of arp", needs="HWtype"),
            text(
                early(r"[0-9a-fA-F.:]{3,45} dev \S+ (?:router )?lladdr [0-9a-f:]{17}"),
                "lines of ip neigh",
                needs=" lladdr ",
            ),
            text(early(r"Protocol +Address +Age"), "header of show ip arp", needs="Hardware Addr"),
            text(early(r"(?:Address|IP Address) +Age +MAC Address"), "header of show ip arp", needs="MAC Address"),
            text(
                early(r"MAC Address +Address +(?:Name +)?Interface"), "header of show arp of Junos", needs="MAC Address"
            ),
            text(
                early(r"[ \t]*V(?:lan|LAN) +M(?:ac|AC) Address +Type"),
                "header of show mac address-table",
                needs=" Address",
            ),
            text(early(r"Interface: \S+, type: \S+,"), "lines of arp-scan", needs="arp-scan"),
            text(early(r"ifIndex +IPAddress +LinkLayerAddress"), "header of Get-NetNeighbor", needs="LinkLayerAddress"),
        ),
    ),
    Reader(
        "kea",
        "debar.readers.network.kea",
        "DHCP leases of Kea's control channel, JSON",
        (Medium.LEASES,),
        "address, hardware address and host name, which join traffic to machines",
        "a host name is chosen by its owner and never counts as evidence of a supplier",
        marks=(
            json(
                r'"leases"\s*:\s*\[\s*\{[^{}]*"(?:hw-address|ip-address|cltt)"\s*:', "leases of Kea", needs='"leases"'
            ),
        ),
    ),
    Reader(
        "windows-dhcp",
        "debar.readers.network.windows_dhcp",
        "DHCP leases of Windows Server (Export-DhcpServer), XML",
        (Medium.LEASES,),
        "address, hardware address, name and description of leases and reservations",
        "written only with -Leases; times of leases are not in it",
        marks=(xml(r"<DHCPServer[\s>]", "root element DHCPServer", needs="<DHCPServer"),),
    ),
    Reader(
        "leases",
        "debar.readers.network.leases",
        "DHCP leases: ISC dhcpd and dhclient, dnsmasq, Kea",
        (Medium.LEASES,),
        "address, hardware address and host name, which join traffic to machines",
        "a host name is chosen by its owner and never counts as evidence of a supplier",
        marks=(
            text(early(r"lease \d+\.\d+\.\d+\.\d+ \{"), "DHCP lease records", needs="lease "),
            text(early(r"ia-(?:na|ta|pd) \"[^\n]*\" \{"), "DHCP lease records", needs="ia-"),
            text(
                r"\A\d{1,12} (?i:[0-9a-f]{2}[:-]){5,7}(?i:[0-9a-f]{2}) (?i:[0-9a-f.:]+) \S+ \S+", "DHCP lease records"
            ),
            text(r"\Aaddress,(?:hwaddr|duid),", "DHCP lease records"),
            text(r"\A(?:default-duid [^\n]*\n)?lease6? \{\s+interface ", "leases of a DHCP client", needs="interface "),
        ),
    ),
)
