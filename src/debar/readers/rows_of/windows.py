# SPDX-License-Identifier: Apache-2.0
"""Rows of the readers of what Windows itself lists and exports."""

from debar.model.vocab import Medium
from debar.readers.rows import Reader, keys, magic, text, xml
from debar.readers.rows_of.beginnings import early

_INVENTORY = (Medium.INVENTORY,)

_MANAGED = (
    "programs, app packages, services, drivers, devices, processes, tasks, programs at start, virus protection, updates, "
    "signatures, connections, the machine's name, serial numbers and addresses"
)
_WMI_NAMES = (
    "AdapterType|Caption|CSName|Description|DeviceID|DisplayName|DNSHostName|Domain|DriverName|HotFixID|IdentifyingNumber|"
    "InstallDate|InstallLocation|IPAddress|MACAddress|Manufacturer|Model|Name|Node|PathName|ProcessId|ServiceName|"
    "SerialNumber|SKUNumber|StartMode|State|SystemType|UUID|Vendor|Version"
)
_IMAGE_NAME = r"Image Name|Abbildname|Nom de l.image|Nombre de imagen|Nome immagine|Имя образа"

ROWS: tuple[Reader, ...] = (
    Reader(
        "registry-export",
        "debar.readers.exports.registry_export",
        "Windows registry, text export (.reg)",
        _INVENTORY,
        "programs, services, drivers, devices, programs at start, virus protection, browser extensions, keys of vendors, "
        "the machine's name and addresses",
        "registrations of file types and classes are passed over; of one vendor 1,024 keys are kept",
        marks=(
            text(r"\A(?:Windows Registry Editor Version \d|REGEDIT4)", "first line of a registry export"),
            text(
                r"\A\[HKEY_(?:LOCAL_MACHINE|CURRENT_USER|USERS|CLASSES_ROOT|CURRENT_CONFIG)\\[^\]\n]*\]\s*$",
                "keys of a registry export",
                needs="[HKEY_",
            ),
            text(
                r"\A(?:! REG\.EXE VERSION .*\s*\n)?(?:HKEY_[A-Z_]+\\\S.*\s*\n){1,40}?(?:HKEY_[A-Z_]+\\\S| {4}.*?\sREG_[A-Z_]+\s)",
                "keys as reg query lists them",
                needs="HKEY_",
            ),
        ),
    ),
    Reader(
        "registry-hive",
        "debar.readers.exports.registry_hive",
        "Windows registry hive (SOFTWARE, SYSTEM, NTUSER.DAT, Amcache.hve)",
        _INVENTORY,
        "the same as from a text export, and what Amcache.hve lists of programs, files, drivers and devices",
        "logs of transactions beside the hive are not applied; of a SYSTEM hive the current control set is read",
        marks=(magic(b"regf", "first bytes of a registry hive"),),
        tree_names=r"(?i:SOFTWARE|SYSTEM|NTUSER\.DAT|Amcache\.hve)",
        in_trees=True,
    ),
    Reader(
        "windows-properties",
        "debar.readers.exports.windows_properties",
        "Windows properties in lists (wmic /format:list, Format-List, sc query, systeminfo)",
        _INVENTORY,
        _MANAGED,
        "objects of other classes are counted only",
        marks=(
            text(
                early(
                    r"(?:CreationClassName|IdentifyingNumber|PNPDeviceID|SMBIOSBIOSVersion|DNSHostName|DHCPEnabled|StartMode|"
                    r"HotFixID|pathToSignedProductExe|OSArchitecture|InstallLocation|ExecutablePath)="
                ),
                "properties as wmic lists them",
            ),
            text(rf"\A(?:(?:{_WMI_NAMES})=.*\n\s*){{2}}", "properties as wmic lists them"),
            text(
                r"^(?:PSPath|PSChildName|PackageFullName|PackageFamilyName|IdentifyingNumber|FastPackageReference|HotFixID|"
                r"PathName|pathToSignedProductExe|DriverProviderName|SMBIOSBIOSVersion|UninstallString|DisplayVersion|"
                r"SignerCertificate|InterfaceDescription|ServicesDependedOn|CsManufacturer|DHCPEnabled|PNPDeviceID|"
                r"PrimaryOwnerName|PSComputerName|TaskPath|ProviderName) *: ",
                "properties as PowerShell lists them",
            ),
            text(early(r"SERVICE_NAME: \S"), "services as sc lists them"),
            text(
                r"^(?:System Manufacturer|Systemhersteller|Fabricant du système|Fabricante del sistema|Produttore sistema|"
                r"Fabricante do sistema|Изготовитель системы) *: ",
                "properties as systeminfo lists them",
            ),
        ),
    ),
    Reader(
        "windows-tables",
        "debar.readers.exports.windows_tables",
        "Windows tables in columns (tasklist, driverquery, fltmc, wmic get, Format-Table)",
        _INVENTORY,
        _MANAGED,
        "names that the tool cut off stay cut off",
        marks=(
            text(
                early(rf"(?:{_IMAGE_NAME}) +PID\b"),
                "the header of tasklist",
                needs="PID",
            ),
            text(
                early(r"(?:Module Name|Modulname|Nom du module|Nombre de módulo) {2,}\S"), "the header of driverquery"
            ),
            text(early(r"(?:Filter Name|Filtername|Nom de filtre|Filter) {2,}\S"), "the header of fltmc"),
            text(
                r"^-{20,}(?: +-{3,}){3} *\n\S+ +\d{1,6} +\d{5,6}(?:\.\d{1,9})? +\d+ *$",
                "filters as fltmc lists them",
                needs="--------------------",
            ),
            text(
                r"^-{15,}(?: +-{3,}){5,6} *\n\S+ .{0,200} \d{5,6}(?:\.\d{1,9})? +\S.{0,80} \d+ +[0-9a-f]{8}\b",
                "instances of filters as fltmc lists them",
                needs="---------------",
            ),
            text(
                r"^ *(?:(?:Name|DisplayName|Publisher|Version|DisplayVersion|Status|Source|Description|HotFixID|ProviderName|"
                r"InterfaceDescription|ServiceName|StartType|PSComputerName|Handles|ProcessName)(?:$| +)){2}.*\n *--+(?: +--+)+\s*$",
                "a table as PowerShell prints it",
            ),
            text(rf"\A(?:{_WMI_NAMES})(?: {{2,}}(?:{_WMI_NAMES}))+\s*$", "a table as wmic prints it"),
        ),
    ),
    Reader(
        "powershell-json",
        "debar.readers.exports.powershell_json",
        "Windows objects in JSON (ConvertTo-Json)",
        _INVENTORY,
        _MANAGED,
        "objects of other classes are counted only",
        marks=tuple(
            keys(*names.split(), why="properties of objects of Windows")
            for names in (
                "CimClass",
                "CimInstanceProperties",
                "PSChildName",
                "PSComputerName",
                "DisplayName UninstallString",
                "DisplayName DisplayVersion",
                "DisplayName Publisher",
                "IdentifyingNumber Vendor",
                "FastPackageReference",
                "PackageFullName",
                "PackageFamilyName",
                "SignerCertificate",
                "HotFixID",
                "pathToSignedProductExe",
                "DriverProviderName",
                "PNPDeviceID",
                "SMBIOSBIOSVersion",
                "CsManufacturer CsModel",
                "DNSHostName IPAddress",
                "PathName StartMode",
                "DisplayName ServiceName",
                "DisplayName StartType",
                "ProcessName Id",
                "ProcessId ExecutablePath",
                "TaskName TaskPath",
                "InterfaceDescription MacAddress",
                "ProviderName OriginalFileName",
                "RemoteAddress LocalPort OwningProcess",
            )
        ),
    ),
    Reader(
        "powershell-clixml",
        "debar.readers.exports.powershell_clixml",
        "Windows objects in XML (Export-Clixml)",
        _INVENTORY,
        _MANAGED,
        "objects of other classes are counted only; texts inside objects inside objects are passed over",
        marks=(
            xml(
                r"\A(?:<\?xml[^>]*>\s*)?<Objs\b[^>]*schemas\.microsoft\.com/powershell",
                "objects of PowerShell",
                needs="schemas.microsoft.com/powershell",
            ),
        ),
    ),
    Reader(
        "windows-csv",
        "debar.readers.exports.windows_csv",
        "Windows objects as delimited text (wmic /format:csv, Export-Csv)",
        _INVENTORY,
        _MANAGED,
        "lists that Export-Csv names by their type only are not there",
        marks=(
            text(
                # Leases have a layout of their own.
                r"\A(?:#TYPE.*\n)?(?![^\n]{0,8000}LeaseExpiryTime)(?:[^\n]{0,8000}[\",;\t])?(?:PathName|IdentifyingNumber|DriverProviderName|PNPDeviceID|"
                r"SMBIOSBIOSVersion|PackageFullName|SignerCertificate|HotFixID|pathToSignedProductExe|DHCPEnabled|"
                r"ExecutablePath|UninstallString|FastPackageReference|PSChildName|CimClass)[\",;\t\r\n]",
                "names of properties in the header",
            ),
            text(r"\ANode,\w+(?:,\w+)*\s*$", "the header of wmic", needs="Node,"),
            text(rf"\A\"?(?:{_IMAGE_NAME})\"?[,;]\"?PID\"?[,;]", "the header of tasklist", needs="PID"),
        ),
    ),
)
