# SPDX-License-Identifier: Apache-2.0
"""Marks of what package managers print with a package a line: tables with a heading, and lists without one."""

from __future__ import annotations

from debar.readers.rows import text
from debar.readers.rows_of.beginnings import early

RPM = r"(?:x86_64(?:_v2)?|noarch|i[3-6]86|aarch64|ppc64(?:le)?|s390x?|armv[5-8]\w*|ia64|riscv64|loongarch64)"
DEB = r"(?:all|amd64|arm64|armel|armhf|i386|mips(?:64)?(?:el)?|ppc64el|riscv64|s390x)"
APK = r"(?:x86_64|x86|noarch|aarch64|armhf|armv7|ppc64le|s390x|riscv64|loongarch64)"
"""Names of processors as the package managers of these families write them."""

TABLES = (
    text(early(r"\|\|/ +\S+ +\S+"), "the heading of dpkg -l", needs="+++-"),
    text(r"\A\S+ +Version +R[eé]v\S* +\S+ +\S+ +\S+", "the heading of snap list", needs="Version"),
    text(early(r"(?:[^\n]*\r)?\S+ +I[dD] +\S[^\n]*\n-{20,}\s*$"), "the heading of winget list", needs="-----"),
    text(early(r"Name +Version +Source +Updated"), "the heading of scoop list", needs="Updated"),
    text(r"\A\S[^\n]{0,200} {2}Application ID +\S", "the heading of flatpak list", needs="Application ID"),
    text(
        r"\A[^\t\n]*\t[A-Za-z_][\w-]*(?:\.[\w-]+){2,}\t[^\n]*\t(?:system|user)\b",
        "what flatpak list prints into a file",
        needs="\t",
    ),
)

_DEBIAN = r"(?!\d{4}-\d\d-\d\d)\d[\w:.+~-]*"
"""A version that is no date."""
_WITHOUT_NAME = (
    # Nothing but names and versions: enough of them, and among them what no other table has.
    text(
        rf"\A(?=(?:.*\n){{0,200}}?\S+\t[\w:.+~]+-\d)(?:[a-z0-9][a-z0-9+.-]+(?::{DEB})?\t{_DEBIAN}\r?\n){{10}}",
        "packages as dpkg-query prints them",
        needs="\t",
    ),
    text(
        r"\A(?=(?:.*\n){0,2000}?chocolatey\|\d)(?:[A-Za-z0-9][\w.-]*\|\d[\w.+-]*\r?\n){2}",
        "packages as choco list -r prints them",
        needs="chocolatey|",
    ),
    text(
        r"\A(?:[A-Za-z0-9][\w.-]*\|\d+(?:\.\d+){1,3}(?:-[\w.]+)?\r?\n){10}",
        "packages as choco list -r prints them",
        needs="|",
    ),
    text(
        r"\A(?=(?:.*\n){0,500}?(?:\S+@\d[\d.]* |\S+ \d[\w.]*_)\d)(?=(?:.*\n){0,500}?\S+ \d+\.\d+\.\d)"
        r"(?:[a-z0-9][\w@.+-]* \d[\w.+,-]*(?: \d[\w.+,-]*)*\r?\n){10}",
        "packages as brew list prints them",
        needs=" ",
    ),
    text(
        r"\A(?:(?!.*\.[A-Za-z]\w{0,3}\r?$)[A-Za-z][\w+.]*(?:-[A-Za-z_][\w+.]*)*-\d+\.\d[\w.+]*(?:-[\w.+]+)*\r?\n){10}",
        "packages as nix-env -q lists them",
        needs="-",
    ),
)

LISTS = (
    text(r"\A/nix/store/[0-9a-z]{32}-\S+\r?$", "paths of the Nix store", needs="/nix/store/"),
    text(
        rf"\A(?:gpg-pubkey-\S+\r?\n)*[\w.+~^-]+-[\w.+~^:]+-[\w.+~^]+\.{RPM}(?:[ \t]{{2,}}.*)?\r?$",
        "packages as rpm -qa lists them",
        needs="-",
    ),
    text(
        rf"\A(?:.*\n){{0,6}}?[\w.+-]+\.{RPM}[ \t]+\S+-\S+[ \t]+@?[\w./-]+[ \t]*\r?$",
        "packages as dnf lists them",
        needs=".",
    ),
    text(
        rf"\A(?:.*\n){{0,3}}?[a-z0-9][a-z0-9+.-]*/\S+ \S+ {DEB}(?: \[.*\])?\r?$",
        "packages as apt lists them",
        needs="/",
    ),
    text(rf"\A\S{{1,200}}-\d\S{{0,100}}-r\d+ {APK} \{{", "packages as apk list prints them", needs="-r"),
    text(r"\A(?:\S{1,200}-\d\S{0,100}-r\d+(?: - .*)?\r?\n){2}", "packages as apk info prints them", needs="-r"),
    text(r"\A(?:[A-Za-z0-9][\w.+-]* - \d\S*\r?\n){3}", "packages as opkg lists them", needs=" - "),
    text(rf"\A[a-z0-9][a-z0-9+.-]*\t{DEB}\t\d", "packages as dpkg-query prints them", needs="\t"),
    text(
        rf"\A(?=[\s\S]*:{DEB}\t)(?:[a-z0-9][a-z0-9+.-]*(?::{DEB})?\t\d\S*\r?\n){{3}}",
        "packages as dpkg-query prints them",
        needs=":",
    ),
    text(r"\A[a-z0-9][a-z0-9+.-]*\t\d\S*\r?$", "packages in a file named after dpkg", name=r"(?i)dpkg"),
    text(r"\A\S+\t\S+\t\S+\t/gnu/store/", "packages as guix lists them", needs="/gnu/store/"),
    text(r"\A(?:ii|uu|hr|\?\?) \S{1,200}-\S{1,100}_\d+ +\S", "packages as xbps-query lists them", needs="_"),
    text(
        r"\A(?:[a-z0-9@_+][\w@.+-]* (?:\d+:)?[\w.+~]+-\d+(?:\.\d+)?(?: \[.*\])?\r?\n){3}",
        "packages as pacman -Q lists them",
        needs="-",
    ),
    text(
        r"\A(?:(?:[a-z0-9]+-[a-z0-9]+|virtual)/[\w+-]+-\d[\w.]*(?:-r\d+)?(?::\S+)?\r?\n){2}",
        "packages as qlist -Iv lists them",
        needs="/",
    ),
    text(r"\A(?:[A-Za-z][\w@.+-]*-\d\w*\.[\w.,+]* +[A-Z(].*\n){3}", "packages as pkg info prints them", needs="-"),
    text(r"\A(?:[A-Za-z][\w@.+-]*-\d[\w.,+]* {3,}[A-Z(].*\n){2}", "packages as pkg info prints them", needs="   "),
    text(r"\A\S{1,200}-\d[\w.,+]* +\S", "packages as pkg info prints them", needs="-", name=r"pkg.?info"),
    text(r"\A(?:[a-z0-9]+-[a-z0-9]+|virtual)/[\w+-]+(?::\S+)?\r?$", "a file world of Portage", name=r"^world$"),
    text(r"\AChocolatey v\d", "what choco list prints", needs="Chocolatey"),
    text(r"\A[\w.-]+[ |]\d\S*\r?$", "packages in a file named after choco", name=r"(?i)choco"),
    text(r"\A[a-z0-9][\w@.+-]* \d\S*(?: \S+)*\r?$", "packages in a file named after brew", name=r"(?i)brew"),
    text(r"\AThe following ports are currently installed:", "what port installed prints", needs="ports"),
    text(r"\A\S{1,200}-\d\S{0,100}\r?$", "packages in a file named after nix-env", name=r"(?i)nix-?env"),
    *_WITHOUT_NAME,
)
