# SPDX-License-Identifier: Apache-2.0
"""Promises of the reader of plain lists that package managers print."""

from __future__ import annotations

import pytest

from debar.errors import SourceError
from debar.model.vocab import Kind, Meaning
from debar.readers import named, sniff
from debar.readers.packages import package_list
from opened import observed, opened, values

LISTS = [
    ("rpm -qa", "bash-5.1.8-6.el9_1.x86_64\nklnagent64-14.2.0-35148.x86_64\n", ("klnagent64", "14.2.0-35148")),
    (
        "rpm -qa --last",
        "bash-5.1-2.fc34.x86_64                Thu 01 Apr 2021 10:00:00 AM CEST\n",
        ("bash", "5.1-2.fc34"),
    ),
    ("dnf list", "Installed Packages\nbash.x86_64   5.1.8-6.el9  @anaconda\n", ("bash", "5.1.8-6.el9")),
    ("dnf list, in German", "Installierte Pakete\nbash.x86_64   5.1.8-6.el9  @System\n", ("bash", "5.1.8-6.el9")),
    ("apt list", "Listing... Done\nadduser/stable,now 3.134 all [installed]\n", ("adduser", "3.134")),
    ("apt list, in French", "En train de lister...\nadduser/now 3.134 all [installé, local]\n", ("adduser", "3.134")),
    ("apk list", "musl-1.2.4-r2 x86_64 {musl} (MIT) [installed]\n", ("musl", "1.2.4-r2")),
    ("apk info", "musl-1.2.4-r2\nzlib-1.3-r0\n", ("zlib", "1.3-r0")),
    ("opkg", "base-files - 1562-r24106\nbusybox - 1.36.1-1\nubus - 2023-1\n", ("ubus", "2023-1")),
    ("dpkg-query", "adduser\t3.134\nbash\t5.2\nlibc6:amd64\t2.36-9\n", ("libc6", "2.36-9")),
    ("dpkg-query with fields", "adduser\tall\t3.134\t120\tadmin\tinstall ok installed\n", ("adduser", "3.134")),
    ("guix", "hello\t2.12.1\tout\t/gnu/store/6fbh8phmp3izay6c0dpggpxhcjn4xlm5-hello-2.12.1\n", ("hello", "2.12.1")),
    ("xbps", "ii acl-2.3.1_1        Access Control List\n", ("acl", "2.3.1_1")),
    ("pacman -Q", "acl 2.3.1-3\nlinux 6.6.1.arch1-1\nzlib 1:1.3-2\n", ("zlib", "1:1.3-2")),
    ("qlist", "app-admin/eselect-1.4.22\nsys-libs/zlib-1.2.13-r1:0/1\n", ("zlib", "1.2.13-r1")),
    ("pkg info", "abc-1.0.1 A thing\nbcd-2.1_3,1 Another\nkav4fs-8.0.4 Anti-virus\n", ("kav4fs", "8.0.4")),
    ("choco", "Chocolatey v2.2.2\n7zip 23.1.0\n1 packages installed.\n", ("7zip", "23.1.0")),
    ("ports", "The following ports are currently installed:\n  curl @8.5.0_0+ssl (active)\n", ("curl", "8.5.0_0+ssl")),
    ("nix", "/nix/store/00283mxalvigry6gp3ll1qiplblc60rf-hello-2.12.1\n", ("hello", "2.12.1")),
]


@pytest.mark.parametrize(("text", "last"), [row[1:] for row in LISTS], ids=[row[0] for row in LISTS])
@pytest.mark.parametrize("ending", ["\n", "\r\n"], ids=["LF", "CRLF"])
def test_list_is_recognised_and_read(text: str, last: tuple[str, str], ending: str) -> None:
    """Each program's list is told from its lines, and its last package has name and version."""
    content = text.replace("\n", ending)
    reader, _ = sniff.find_reader(opened(content, "web01/packages.txt"))
    assert reader == named("package-list")
    found, _ = observed(package_list, content)
    assert (found[-1].label, found[-1].version, found[-1].meaning) == (*last, Meaning.INSTALLED)
    assert values(found[-1], Kind.PACKAGE)[0] == last[0]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("brew-list.txt", "abseil 20240116.2\n"),
        ("choco.txt", "7zip|23.1.0\n"),
        ("world", "app-admin/eselect\nsys-libs/zlib:0\n"),
        ("nix-env.txt", "hello-2.12.1\n"),
        ("dpkg.list", "bash\t5.2.15-2\n"),
        ("pkg_info", "zip-3.0p1           create/update ZIP files\n"),
    ],
)
def test_plain_list_is_recognised_by_its_name_only(name: str, text: str) -> None:
    """Names with versions could be anything: such a list must be called after its program."""
    assert sniff.find_reader(opened(text, f"web01/{name}"))[0] == named("package-list")
    assert sniff.find_reader(opened(text, "web01/notes.txt"))[0] is None


@pytest.mark.parametrize(
    "text",
    [
        "Dear all, version 1.2-3 is out.\nRegards\n",
        "2024-01-01 10:00:00 web01 started\n2024-01-01 10:00:01 web01 stopped\n2024-01-01 10:00:02 Again\n",
        "a b\nc d\ne f\n",
        "name,version\nbash,5.1\n",
        "src/app/main-1.py\nsrc/app/other-2.py\n",
    ],
)
def test_other_text_is_left_to_others(text: str) -> None:
    """Prose, logs and tables are not taken for lists of packages."""
    reader, _ = sniff.find_reader(opened(text, "web01/some.txt"))
    assert reader is None


@pytest.mark.parametrize(
    "text",
    [
        "".join(f"word{number}\t{number}.5\n" for number in range(40)),
        "".join(f"word{number}\t2024-01-{number:02}\n" for number in range(10, 30)),
        "".join(f"word{number} {number}\n" for number in range(40)),
        "".join(f"{letter}|{number}\n" for number, letter in enumerate("abcdefghijklmnop")),
        "".join(f"picture-1.{number}.jpg\n" for number in range(20)),
        "".join(f"chapter-{number}\n" for number in range(20)),
        "agent\t1.0-1\n" * 9 + "this line is prose\n",
    ],
)
def test_names_with_numbers_are_not_yet_packages(text: str) -> None:
    """Frequencies of words, dates, coordinates and names of files have no versions, and prose ends a list."""
    reader, _ = sniff.find_reader(opened(text, "web01/some.txt"))
    assert reader != named("package-list")


def test_what_is_not_on_the_machine_is_counted() -> None:
    """Available packages, and recipes of Nix, are not installed."""
    found, source = observed(package_list, "bash.x86_64 5.1-1 @base\nzsh.x86_64 5.8-9 baseos\n")
    assert [o.label for o in found] == ["bash"]
    assert source.tally == {"packages": 1, "packages not installed": 1}
    found, source = observed(package_list, "/nix/store/00283mxalvigry6gp3ll1qiplblc60rf-hello-2.12.1.drv\n")
    assert (found, source.tally) == ([], {"packages not installed": 1})


def test_left_over_configuration_is_residue() -> None:
    """Packages are listed of which only the configuration is left."""
    found, _ = observed(package_list, "vlc\tamd64\t2.2\t9270\tvideo\tdeinstall ok config-files\n")
    assert [o.meaning for o in found] == [Meaning.RESIDUE]


def test_line_that_yum_broke_is_joined() -> None:
    """A name too long for its column stands alone; the line below belongs to it."""
    found, _ = observed(package_list, "a-very-long-name.noarch\n                 1.0-1.el7   @epel\n")
    assert [(o.label, o.version, o.locator) for o in found] == [("a-very-long-name", "1.0-1.el7", "line 2")]


def test_text_without_any_package_is_an_error() -> None:
    """A list that is forced upon the reader and holds none is told."""
    with pytest.raises(SourceError, match="no line is a package"):
        observed(package_list, "nothing here\n")


def test_endless_line_costs_no_more_than_its_beginning() -> None:
    """A line of a megabyte is cut before it is compared."""
    found, source = observed(package_list, "acl 2.3.1-3\nzlib 1.3-2\n" + "a-1" * 400_000 + "\n")
    assert [o.label for o in found] == ["acl", "zlib"]
    assert source.tally["other lines"] == 1
