# SPDX-License-Identifier: Apache-2.0
"""What agents, management tools and exports say is on a machine."""

from debar.model.vocab import Medium
from debar.readers.rows import Reader, json, keys, text, xml

_FIELD = r'"(?:{column})":\s*"[^"\\]*(?:\\.[^"\\]*)*"\s*'
# An array of flat objects whose values are all texts is what osqueryi --json writes; so do others, hence the columns.
_FLAT = r'\A\[\s*\{{(?=[\s\S]{{0,4000}}?"(?:{telling})"\s*:)\s*' + _FIELD + r"(?:,\s*" + _FIELD + r")+\}}"
_TELLING = (
    "identifying_number|install_location|install_source|bundle_[a-z_]+|fragment_path|service_type|start_type|device_id|"
    "program_arguments|subject_name|authority|cdhash|common_name|identifier|pid|cmdline|hardware_serial|interface|"
    "usb_address|pci_slot|maintainer|arch|slot|directory|prefix|publisher_id|image_id|size_bytes|used_by|linked_against|"
    "team|base_uri|baseurl|minute|remote_address|net_namespace|filename|sha256|platform_like|codename|remediation_path|"
    "host_hostname|username|volume_size|block_size|license"
)
_COMMON = (
    "name|version|path|publisher|vendor|description|display_name|status|type|source|state|args|key|data|summary|author"
)

STATUSES = (
    (
        "kaspersky",
        r"\A(?:.*\n){0,2}?[^:\n]{1,59}[^\s:]:\s+Kaspersky .*Linux.*\n[^:\n]{1,59}[^\s:]:\s+\d+\.\d",
        "Kaspersky",
    ),
    ("kaspersky-agent", r"\A.*'klnagchk'", "klnagchk"),
    ("falcon", r"(?i)\A(?=.*\b(?:[ac]id|rfm-state|apd)\b)[\s\S]{0,800}?\bversion ?= ?\d+\.\d+\.\d", "version"),
    ("bitdefender", r"\AProduct version: [\s\S]{1,300}^Engines version: ", "security content"),
    ("cortex", r"\ACortex XDR \(R\) supervisor tool|\AContent Type: .+\nContent Build: .+\nContent Version: ", ""),
    ("cortex-processes", r"\A(?:\s*Name\s+PID\s+User\s+Status\s+Command\s*\n)", "/opt/traps/"),
    ("sentinelone", r"\AAgent version:\s+\S+\r?\n(?:.*\n){0,5}?SentinelCTL version:", "SentinelCTL"),
    ("defender", r"^healthy\s*:[\s\S]{1,2000}^app_version\s*:", "app_version"),
    ("teamviewer", r"\A(?:\x1b\[\d*m|[ \t])*TeamViewer(?:\x1b\[\d*m|[ \t])+\d+\.\d", "TeamViewer"),
)
"""(agent, how its status output begins, text it has): the outputs that one reader knows as a family."""
STATUS_JSON = (
    (
        "defender",
        r'"\$type"\s*:\s*"getHealth|"appVersion"(?:[^"]|"(?!appVersion")){1,8000}?"definitionsVersion"',
        '"appVersion"',
    ),
    (
        "kaspersky",
        r'\A\{\s*"[^"]{2,60}"\s*:\s*"Kaspersky [^"]*Linux[^"]*"\s*,\s*"[^"]{2,60}"\s*:\s*"\d+\.\d',
        "Kaspersky",
    ),
)
"""The same for outputs in JSON."""

ROWS = (
    Reader(
        "glpi-network",
        "debar.readers.inventory.glpi_network",
        "GLPI and FusionInventory network discovery and SNMP inventory, XML and JSON",
        (Medium.INVENTORY,),
        "switches, printers and other devices with maker, model, serial number and addresses; their parts and neighbours",
        "says nothing of computers, whose inventory is a document of its own",
        marks=(
            xml(
                r"<CONTENT>(?:\s*<(?!DEVICE\b)(\w+)>[^<]*</\1>)*\s*<DEVICE>",
                "a device in the content of a request",
                needs="<DEVICE>",
            ),
            keys('action="netinventory"', "content={", why="an SNMP inventory"),
            keys('action="netdiscovery"', "content={", why="a network discovery"),
            json(r'"network_device"\s*:\s*\{', "a network device of an inventory", needs='"network_device"'),
        ),
    ),
    Reader(
        "glpi",
        "debar.readers.inventory.glpi",
        "GLPI Agent, FusionInventory and OCS Inventory, XML and JSON",
        (Medium.INVENTORY,),
        "the machine and its parts, programs, anti-virus, operating system, services, processes, guests",
        "accounts, environment variables and licence keys are not read; compressed .ocs files are not recognised",
        marks=(
            xml(r"\A(?:<[?!][^>]*>\s*)*<REQUEST\b[^>]*>\s*<", "a REQUEST of an inventory agent", needs="<CONTENT>"),
            keys('action="inventory"', "content={", why="an inventory of an agent"),
            keys("deviceid", "content={", why="deviceid and content"),
        ),
    ),
    Reader(
        "wazuh",
        "debar.readers.inventory.wazuh",
        "Wazuh inventory: API answers, indexer documents and agent events, JSON",
        (Medium.INVENTORY,),
        "packages, services, processes, ports and connections, browser extensions, operating system; the machine itself",
        "rows that were deleted are left out; users, groups and updates are counted only",
        marks=(
            json(
                r'"(?:data_type|type)"\s*:\s*"dbsync_|"wazuh-states-inventory-|"syscollector(?:_vd)?"',
                "an inventory of Wazuh",
            ),
            json(r'"component"\s*:\s*"syscollector_', "an event of syscollector", needs="syscollector_"),
            json(
                r'\A\{\s*"data"\s*:\s*\{\s*"affected_items"\s*:',
                "an answer of the Wazuh API",
                needs='"affected_items"',
            ),
            keys("wazuh={", "agent={", why="a document of the Wazuh indexer"),
            keys("scan_id", "checksum", "item_id", why="rows of the manager's database"),
        ),
    ),
    Reader(
        "fleet",
        "debar.readers.inventory.fleet",
        "Fleet: software, titles and hosts, JSON and YAML",
        (Medium.INVENTORY,),
        "software by name, maker, bundle, extension, path and signer's team; operating systems; the hosts themselves",
        "software that no host has is counted only; policies, users and labels are not read",
        marks=(
            json(
                r'"(?:generated_cpe|extension_for|installed_versions|software_package|versions_count)"\s*:',
                "software of Fleet",
                needs='"software',
            ),
            json(
                r'\A\{\s*"kind"\s*:\s*"(?:host|software)"\s*,\s*"apiVersion"',
                "what fleetctl prints",
                needs='"apiVersion"',
            ),
            keys("software_titles=[", why="software titles of Fleet"),
            keys("software=[", "counts_updated_at", why="software of Fleet"),
            keys("os_versions=[", "counts_updated_at", why="operating systems of Fleet"),
            json(r'"(?:orbit_version|osquery_version|fleet_desktop_version)"\s*:', "hosts of Fleet", needs='"host'),
            text(r"^apiVersion: v?1\r?\nkind: (?:host|software)\r?$", "what fleetctl prints", needs="apiVersion:"),
        ),
    ),
    Reader(
        "agent-status",
        "debar.readers.inventory.agent_status",
        "Status of an anti-virus or remote-access agent, text and JSON",
        (Medium.INVENTORY,),
        "the product, its maker and version, its management server; processes of Cortex XDR",
        "outputs of Kaspersky, Bitdefender, CrowdStrike, Cortex XDR, Defender, SentinelOne and TeamViewer for Linux only",
        marks=(
            *(text(pattern, f"status of {agent}", needs=needs) for agent, pattern, needs in STATUSES),
            *(json(pattern, f"status of {agent}", needs=needs) for agent, pattern, needs in STATUS_JSON),
        ),
    ),
    Reader(
        "osquery",
        "debar.readers.inventory.osquery",
        "osquery results, JSON",
        (Medium.INVENTORY,),
        "rows of programs, packages, services, drivers, processes, connections, signatures, extensions and others; "
        "the machine itself, its devices and its neighbours",
        "rows of a differential log that were removed again are left out",
        marks=(
            # A schema or a layout may describe such fields, or have "columns" of its own.
            json(r'"(?:hostIdentifier|host_hostname)"\s*:\s*"', "osquery row or log fields", needs='"host'),
            json(r'\A\{\s*"diffResults"\s*:\s*[\[{"]', "osquery log fields", needs='"diffResults"'),
            json(r'\A\{\s*"snapshot"\s*:\s*\[\s*\{', "osquery log fields", needs='"snapshot"'),
            *(
                keys(result, beside, why="osquery log fields")
                for result in ("columns={", "snapshot=[", "diffResults")
                for beside in ("action", "unixTime", "calendarTime")
            ),
            json(_FLAT.format(telling=_TELLING, column="[a-z0-9_]+"), "rows of osquery"),
            json(_FLAT.format(telling="name|path", column=_COMMON), "rows of osquery"),
        ),
    ),
)
