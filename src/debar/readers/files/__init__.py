# SPDX-License-Identifier: Apache-2.0
"""What programs, packages and installers say of themselves."""

from debar.model.vocab import Medium
from debar.readers.binary.disk_marks import DISK_MARKS
from debar.readers.rows import Reader, keys, magic, text

_ZIP = b"PK\x03\x04"
_CHAIN = "whether the signer's certificate leads to a trusted root, or was revoked, is not checked"
_HEADERS = r"\A(?:From [^\n]*\n)?(?:[!-9;-~]{1,76}:[^\n]*\n|[ \t][^\n]*\n){0,200}?"
_NOT_INSTALLED = "lies there as a file: says nothing of whether it was installed"

ROWS = (
    Reader(
        "pe",
        "debar.readers.files.pe",
        "Windows program, library or driver (PE)",
        (Medium.FILES,),
        "company, product, names, signers whose signature fits the file, imported libraries, Go modules, Rust crates",
        f"{_CHAIN}; a signature that lies in a separate catalogue is not seen",
        marks=(magic(b"MZ", "a header of DOS and Windows programs"),),
        in_trees=True,
    ),
    Reader(
        "elf",
        "debar.readers.files.elf",
        "Linux program, library or kernel module (ELF)",
        (Medium.FILES,),
        "names, needed libraries, package note, author of a kernel module, Go modules, Rust crates",
        "a program without such notes tells its file name only",
        marks=(magic(b"\x7fELF", "an ELF header"),),
        in_trees=True,
    ),
    Reader(
        "macho",
        "debar.readers.files.macho",
        "Apple program or library (Mach-O)",
        (Medium.FILES,),
        "identifier, team, signer whose signature fits the file, Info.plist inside, linked libraries, Go modules, crates",
        f"{_CHAIN}; resources outside the program are not compared",
        marks=(
            magic(b"\xcf\xfa\xed\xfe", "a Mach-O header"),
            magic(b"\xce\xfa\xed\xfe", "a Mach-O header of 32 bits"),
            magic(b"\xfe\xed\xfa\xcf", "a big-endian Mach-O header"),
            magic(b"\xfe\xed\xfa\xce", "a big-endian Mach-O header of 32 bits"),
            # A Java class begins alike, but has its version, from 45 on, where the number of slices stands.
            magic(b"\xca\xfe\xba\xbe", "a universal Mach-O header", pattern=r"....\x00\x00\x00[\x01-\x20]"),
            magic(b"\xca\xfe\xba\xbf", "a universal Mach-O header of 64 bits"),
        ),
        in_trees=True,
    ),
    Reader(
        "msi",
        "debar.readers.files.msi",
        "Windows installer or its patch (MSI, MSP)",
        (Medium.FILES,),
        "product, manufacturer, product and upgrade code, addresses, signers whose signature fits the file",
        f"{_NOT_INSTALLED}; the files inside are not listed; {_CHAIN}",
        marks=(
            magic(
                b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
                "a compound file with the class of installers",
                fits="debar.readers.files.msi",
            ),
        ),
        tree_names=r".+\.ms[ip]",
        in_trees=True,
    ),
    Reader(
        "android-app",
        "debar.readers.files.android_app",
        "Android app (APK)",
        (Medium.FILES,),
        "application id, signers, packages of the code, classes and SDK keys of the manifest, native libraries",
        "texts that stand in resources are not resolved; of signatures from scheme 2 on only the certificate is read",
        marks=(magic(_ZIP, "a zip file with an Android manifest", fits="debar.readers.files.android_app"),),
        tree_names=r".+\.apk",
        in_trees=True,
    ),
    Reader(
        "ipa",
        "debar.readers.files.ipa",
        "iOS app (IPA)",
        (Medium.FILES,),
        "bundle identifiers and names of the app, its frameworks and extensions; team of the provisioning profile",
        "the program inside is not read",
        marks=(magic(_ZIP, "a zip file with Payload/*.app/Info.plist", fits="debar.readers.files.ipa"),),
    ),
    Reader(
        "deb-file",
        "debar.readers.files.deb",
        "Debian package file (deb, ipk)",
        (Medium.FILES,),
        "name, version, maintainer, addresses, description",
        f"{_NOT_INSTALLED}; the files inside are not listed",
        marks=(magic(b"!<arch>\ndebian-binary", "an archive that begins with debian-binary"),),
    ),
    Reader(
        "rpm-file",
        "debar.readers.files.rpm_file",
        "RPM package file",
        (Medium.FILES,),
        "name, version, vendor, packager, addresses, description",
        f"{_NOT_INSTALLED}; the files inside are not listed; the signature names a key and no signer",
        marks=(magic(b"\xed\xab\xee\xdb", "the lead of an RPM package"),),
    ),
    Reader(
        "mac-installer",
        "debar.readers.files.mac_installer",
        "macOS installer package (pkg)",
        (Medium.FILES,),
        "title, package and bundle identifiers, signer",
        f"{_NOT_INSTALLED}; the signer is named without checking the signature",
        marks=(magic(b"xar!", "a xar header"),),
    ),
    Reader(
        "security-catalogue",
        "debar.readers.files.catalogue",
        "Windows security catalogue (cat)",
        (Medium.FILES,),
        "signers",
        "which files it vouches for is not looked at",
        marks=(
            magic(
                b"\x30",
                "signed data with a certificate trust list",
                # Signed data, the version, digest algorithms, then the content's type 1.3.6.1.4.1.311.10.1.
                pattern=r"0[\x82-\x84](?s:.{2,4})\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02(?s:.{0,80}?)"
                r"\x06\x09\x2b\x06\x01\x04\x01\x82\x37\x0a\x01",
            ),
        ),
        tree_names=r".+\.cat",
        in_trees=True,
    ),
    Reader(
        "driver-inf",
        "debar.readers.files.driver_inf",
        "Windows driver setup (inf)",
        (Medium.FILES,),
        "provider, manufacturers, catalogue, driver files, USB and PCI identifiers of devices",
        "says for which devices a driver lies there, not which are attached",
        marks=(
            text(
                r"(?i)^[ \t]*signature[ \t]*=[ \t]*\"?\$(?:windows (?:nt|95)|chicago)\$",
                "the signature of a Windows setup file",
                needs="$",
            ),
        ),
        tree_names=r".+\.inf",
        in_trees=True,
    ),
    Reader(
        "disk-magic",
        "debar.readers.files.disk_magic",
        "Disk of a video recorder, or firmware of a camera",
        (Medium.FILES,),
        "the mark of a format that one maker alone has",
        "files and recordings on the disk are not looked at; no digest is taken of it, for it may be terabytes",
        marks=tuple(magic(mark.first, f"the mark of a {mark.thing}", offset=mark.offset) for mark in DISK_MARKS),
    ),
    Reader(
        "mail-message",
        "debar.readers.files.mail_message",
        "E-mail message or mailbox (eml, mbox)",
        (Medium.FILES,),
        "names of the headers that gateways and programs added, the program that wrote it as prose",
        "bodies, attachments, addresses and subjects are not looked at; a gateway may have been the sender's",
        marks=(
            text(rf"{_HEADERS}Received:[ \t]*(?:from|by|\(|\n[ \t])", "headers of an e-mail", needs="Received:"),
            text(rf"{_HEADERS}(?i:Message-ID):[ \t]*(?:\n[ \t]+)?<[^>\n]*@", "headers of an e-mail", needs="essage-"),
        ),
    ),
    Reader(
        "vsix",
        "debar.readers.files.vsix",
        "Visual Studio or VS Code extension (VSIX)",
        (Medium.FILES,),
        "extension identifier, name, publisher, addresses",
        _NOT_INSTALLED,
        marks=(magic(_ZIP, "a zip file with extension.vsixmanifest", fits="debar.readers.files.vsix"),),
    ),
    Reader(
        "nupkg",
        "debar.readers.files.nupkg",
        "NuGet package file",
        (Medium.FILES,),
        "package URL, authors, owners, addresses, description",
        f"{_NOT_INSTALLED}; its dependencies are not listed",
        marks=(magic(_ZIP, "a zip file with a .nuspec", fits="debar.readers.files.nupkg"),),
    ),
    Reader(
        "wheel",
        "debar.readers.files.wheel",
        "Python package file (wheel)",
        (Medium.FILES,),
        "package URL, authors, maintainers, addresses, summary",
        f"{_NOT_INSTALLED}; its dependencies and programs are not listed",
        marks=(magic(_ZIP, "a zip file with .dist-info/METADATA", fits="debar.readers.files.wheel"),),
    ),
    Reader(
        "browser-extension",
        "debar.readers.files.browser_extension",
        "Browser extension (CRX, XPI, or its manifest)",
        (Medium.FILES,),
        "extension identifier, name, author, addresses",
        "whether the browser has it switched on, its profile says; translated names are read of packed ones only",
        marks=(
            magic(b"Cr24", "the header of a Chromium extension"),
            magic(_ZIP, "a zip file with a browser extension's manifest", fits="debar.readers.files.browser_extension"),
            keys("manifest_version", "name", "version", why="a browser extension's manifest"),
        ),
        tree_names=r"manifest\.json|.+\.(?:crx|xpi)",
        in_trees=True,
    ),
)
