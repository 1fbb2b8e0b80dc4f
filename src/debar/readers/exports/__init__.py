# SPDX-License-Identifier: Apache-2.0
"""What an operating system itself lists of its programs, services and devices."""

from debar.model.vocab import Medium
from debar.readers.rows import Reader, json, keys, magic, text, xml
from debar.readers.rows_of import windows
from debar.readers.rows_of.beginnings import early

_INVENTORY = (Medium.INVENTORY,)
_PROFILED = (
    "applications with signers and teams, extensions, frameworks, installations, USB and PCI devices, the Mac's model, "
    "serial number, names and addresses"
)

ROWS: tuple[Reader, ...] = (
    Reader(
        "system-profiler-text",
        "debar.readers.exports.system_profiler_text",
        "macOS system_profiler, text",
        _INVENTORY,
        _PROFILED,
        "English reports only; of other sections than those of software, devices and network nothing",
        marks=(
            text(
                r"\A(?:Applications|Hardware|Software|Installations|Extensions|Frameworks|USB|PCI|PCI Cards|Network|Ethernet|"
                r"Ethernet Cards|Graphics/Displays|Fibre Channel|NVMExpress|Printers|Preference Panes|Startup Items|"
                r"Accessibility|Airport|Audio|Bluetooth|Camera|Diagnostics|Disabled Software):\s*\n {4}\S.*:\s*\n",
                "sections of system_profiler",
            ),
        ),
    ),
    Reader(
        "system-profiler",
        "debar.readers.exports.system_profiler",
        "macOS system_profiler, property list (-xml, .spx) and JSON",
        _INVENTORY,
        _PROFILED,
        "of other sections than those of software, devices and network nothing",
        marks=(
            xml(r"<key>(?:_SPCommandLineArguments|_dataType)</key>", "sections of system_profiler", needs="<plist"),
            json(r'\A\{\s*"SP\w+DataType"\s*:', "sections of system_profiler", needs="DataType"),
        ),
    ),
    Reader(
        "property-list",
        "debar.readers.exports.property_list",
        "macOS property lists (Info.plist, launchd, installer receipts and history, system extensions, profiles)",
        (Medium.INVENTORY, Medium.FILES),
        "identifiers, names, versions, programs, teams, dates of installation, update addresses, copyright lines",
        "dictionaries of other shapes are counted only; classes in keyed archives are not unpacked",
        marks=(
            magic(b"bplist00", "first bytes of a binary property list"),
            xml(r"\A(?:<[?!][^>]*>\s*){0,4}<plist\b", "a property list", needs="<plist"),
        ),
        tree_names=r"Info\.plist|InstallHistory\.plist",
        tree_folders=("LaunchAgents", "LaunchDaemons"),
        in_trees=True,
    ),
    Reader(
        "filesets",
        "debar.readers.exports.filesets",
        "AIX filesets (lslpp), HP-UX software (swlist), ESXi VIBs (esxcli software vib list)",
        (Medium.PACKAGES,),
        "packages with versions, titles and vendors",
        "of lslpp and swlist the lists, not single packages in full",
        marks=(
            text(r"\A#(?:Fileset|Package Name|Path):.*(?:State|Level)", "the header of lslpp -c", needs="Level"),
            text(
                r"\A#[^:\n]+(?::[^:\n]*){3,12}\n/[\w/]+/objrepos:", "filesets as lslpp -c lists them", needs="objrepos"
            ),
            text(early(r" *Fileset +Level +State +"), "the header of lslpp", needs="Fileset"),
            text(early(r'# (?:Contacting target "|Target: )'), "comments of swlist", needs="arget"),
            text(early(r"Name +Version +Vendor +Acceptance Level"), "the header of esxcli", needs="Acceptance Level"),
        ),
    ),
    Reader(
        "package-descriptions",
        "debar.readers.exports.package_descriptions",
        "Solaris packages (pkginfo, pkg info, pkg list)",
        (Medium.PACKAGES,),
        "packages with names, vendors, publishers, folders and descriptions",
        "packages that are known but not installed are left out",
        marks=(
            text(early(r" *PKGINST: "), "fields of pkginfo", needs="PKGINST:"),
            text(r"^ *FMRI: pkg:/", "fields of pkg info", needs="FMRI:"),
            text(r"\ANAME \(PUBLISHER\) +VERSION +", "the header of pkg list", needs="(PUBLISHER)"),
            text(
                r"\A(?:[A-Za-z]\S{0,30} +[A-Za-z0-9]\S{0,60} +\S.*\n){0,40}?"
                r"(?:(?:system {6}|application )[A-Za-z][\w.+-]{0,60} {2,}\S.*(?:\n|\Z)){2}",
                "packages as pkginfo lists them",
            ),
            text(
                r"\A[A-Za-z0-9][\w.+-]{0,60} +\S.*\n {20,}\((?:sparc|i386|all|noarch|ISA)[^()\n]{0,60}\) \S",
                "packages as pkginfo -x lists them",
            ),
        ),
    ),
    Reader(
        "process-list",
        "debar.readers.exports.processes",
        "Running programs (ps)",
        _INVENTORY,
        "names and paths of programs, and of scripts that interpreters run",
        "arguments are not looked at; a program that runs often is told once",
        marks=(
            text(
                early(r" *(?:[A-Z%][A-Z%/]* +){0,20}PID +(?:[A-Z%][A-Za-z%/+]* +){0,20}(?:COMMAND|CMD|ARGS|COMM)\s*$"),
                "the header of ps",
                needs="PID",
            ),
        ),
    ),
    Reader(
        "socket-list",
        "debar.readers.exports.sockets",
        "Sockets (netstat, ss, lsof -i)",
        _INVENTORY,
        "listening programs with their ports, addresses that were contacted",
        "connections to a port on which the machine listens are counted only; routing tables are not read",
        marks=(
            text(early(r" *Proto +(?:Recv-Q +Send-Q +)?Local Address"), "the header of netstat", needs="Local Address"),
            text(early(r"(?:Netid +)?State +Recv-Q +Send-Q +Local Address"), "the header of ss", needs="Recv-Q"),
            text(early(r" +(?:TCP|UDP) +\S+:\d+ +\S+:(?:\d+|\*)(?: |\s*$)"), "sockets as Windows lists them"),
            text(
                early(r"COMMAND +PID +USER +FD +TYPE +DEVICE +SIZE/OFF +NODE +NAME"),
                "the header of lsof",
                needs="SIZE/OFF",
            ),
        ),
    ),
    Reader(
        "network-interfaces",
        "debar.readers.exports.interfaces",
        "The machine's own addresses (ip addr, ifconfig, ipconfig /all)",
        _INVENTORY,
        "hardware addresses and addresses of the machine, on Windows its name and adapters",
        "addresses that every machine has (loopback, bridges of container engines) are left out",
        marks=(
            text(early(r"\d+: \S+: <[A-Z_,]+> mtu \d+"), "interfaces as ip lists them", needs="mtu"),
            text(early(r"[a-z]\S*: flags=[0-9a-f]+<"), "interfaces as ifconfig lists them", needs="flags="),
            text(early(r"\S+ +Link encap:"), "interfaces as ifconfig lists them", needs="Link encap:"),
            text(
                r"\A(?:Windows IP Configuration|Windows-IP-Konfiguration|Configuration IP de Windows|"
                r"Configuraci.n IP de Windows|Configurazione IP di Windows|Configura..o de IP do Windows|"
                r"Настройка протокола IP для Windows)",
                "the title of ipconfig",
            ),
        ),
    ),
    Reader(
        "device-list",
        "debar.readers.exports.devices",
        "Devices (lsusb, lspci, dmidecode, cpuinfo)",
        _INVENTORY,
        "identifiers on the bus, names, makers, models and drivers of devices; makers of memory modules by their number, "
        "the chip of a board; the machine's maker, model and serial number",
        "of lsusb -v and lspci -v the first line of each device and its driver",
        marks=(
            text(
                early(r"Bus \d+ Device \d+: ID [0-9a-f]{4}:[0-9a-f]{4}"), "devices as lsusb lists them", needs="Device "
            ),
            text(early(r"(?:[0-9a-f]{4}:)?[0-9a-f]{2}:[0-9a-f]{2}\.[0-7] (?:\"|[A-Z])"), "devices as lspci lists them"),
            text(early(r"Handle 0x[0-9A-F]+, DMI type \d+"), "structures as dmidecode lists them", needs="DMI type"),
            text(
                r"\A(?i:processor)\s*: (?:.*\n){1,400}?Hardware\s*: ",
                "processors as the kernel of ARM lists them",
                needs="Hardware",
            ),
        ),
    ),
    Reader(
        "unit-list",
        "debar.readers.exports.units",
        "Services and kernel modules (systemctl, service, chkconfig, lsmod)",
        _INVENTORY,
        "services, sockets, timers and paths of systemd, services of System V, kernel modules",
        "mounts, devices and targets are left out",
        marks=(
            text(early(r" *UNIT(?: FILE)? +(?:LOAD +ACTIVE|STATE)"), "the header of systemctl", needs="UNIT"),
            text(
                r"\A.{0,4}\S+\.(?:service|socket|timer|mount|device) +(?:loaded|not-found|masked|enabled|disabled|static)\b",
                "units of systemd",
            ),
            text(early(r"Module +Size +Used by"), "the header of lsmod", needs="Used by"),
            text(r"\A\[ [-+?] \] +\S+", "services as service --status-all lists them"),
            text(
                early(r"\S+\s+0:(?:on|off)\s+1:(?:on|off)\s+2:[^\n]+\s6:(?:on|off)\s*$"),
                "services as chkconfig lists them",
                needs="0:o",
            ),
        ),
    ),
    Reader(
        "mac-listings",
        "debar.readers.exports.mac_listings",
        "macOS lists (pkgutil --pkgs, kextstat, systemextensionsctl, launchctl list, codesign)",
        _INVENTORY,
        "receipts, kernel and system extensions, jobs, signers and teams",
        "receipts stay behind when an application is deleted",
        marks=(
            text(early(r"com\.apple\.pkg\.\S+\s*$"), "receipts as pkgutil lists them", needs="com.apple.pkg."),
            text(early(r"Index +Refs +Address"), "the header of kextstat", needs="Refs"),
            text(r"^\*?\t\*?\t(?:[A-Z0-9]{10}|-?)\t\S+ \([^)]*\)\t", "system extensions", needs="\t"),
            text(r"\APID\tStatus\tLabel", "the header of launchctl"),
            text(early(r"TeamIdentifier="), "fields of codesign", needs="TeamIdentifier="),
        ),
    ),
    Reader(
        "mobile-apps",
        "debar.readers.exports.mobile_apps",
        "Apps of a phone (pm list packages, dumpsys package, ideviceinstaller)",
        _INVENTORY,
        "identifiers, names, versions and files of apps",
        "who installed an app is left out",
        marks=(
            text(early(r"package:(?:/\S+=)?[A-Za-z_][\w.]*(?: |\s*$)"), "packages as pm lists them", needs="package:"),
            text(r"^ *Package \[[\w.]+\] \([0-9a-f]+\):", "packages as dumpsys lists them", needs="Package ["),
            text(r"\ACFBundleIdentifier, CFBundle", "the header of ideviceinstaller"),
            text(r"\ATotal: \d+ apps", "the title of ideviceinstaller"),
        ),
    ),
    Reader(
        "managed-apps",
        "debar.readers.exports.managed_apps",
        "Apps that a management service lists, JSON (Intune, Workspace ONE, Jamf)",
        _INVENTORY,
        "identifiers, names, versions and publishers of apps, by device",
        "what the service says of the device itself is not read",
        marks=(
            json(r'"#microsoft\.graph\.(?:managed|android|ios)\w*App"', "apps of Intune", needs="microsoft.graph"),
            json(r'"DeviceApps"\s*:\s*\[', "apps of Workspace ONE", needs="DeviceApps"),
            json(r'"mobileDeviceApplications"\s*:\s*\[', "apps of Jamf", needs="mobileDeviceApplications"),
            keys("displayName", "bundleId", why="apps with their identifiers"),
            keys("displayName", "packageId", why="apps with their identifiers"),
        ),
    ),
    *windows.ROWS,
)
