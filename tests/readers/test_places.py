# SPDX-License-Identifier: Apache-2.0
"""Promises of what the place of a file tells about the asset it speaks of."""

import pytest

from debar.readers import places

EXTENSION = "Extensions/cjpalhdlnbpafiamejdnhcphjbkeiagm/1.55.0_0/manifest.json"


@pytest.mark.parametrize(
    "below",
    [
        "var/lib/dpkg/status",
        "usr/lib/os-release",
        "usr/local/Cellar/wget/1.24/INSTALL_RECEIPT.json",
        "lib/apk/db/installed",
        "Windows/System32/config/SOFTWARE",
        "WINDOWS/system32/drivers/klif.sys",
        "opt/homebrew/Cellar/wget/1.24/INSTALL_RECEIPT.json",
        "home/linuxbrew/.linuxbrew/Cellar/wget/1.24/INSTALL_RECEIPT.json",
        "ProgramData/chocolatey/lib/7zip/7zip.nuspec",
        "snap/firefox/4173/meta/snap.yaml",
        "nix/store/0c1bcqqp0vxl4dqk4r9wvk7w3c9ihp5i-openssl-3.0.14/lib/libssl.so",
        f"Users/jo/AppData/Local/Google/Chrome/User Data/Default/{EXTENSION}",
        f"Users/jo/Library/Application Support/Google/Chrome/Profile 1/{EXTENSION}",
        f"home/jo/.config/chromium/Default/{EXTENSION}",
        f"User Data/Profile 2/{EXTENSION}",
        f"Default/{EXTENSION}",
        EXTENSION,
    ],
)
def test_what_stands_above_a_system_is_the_host(below: str) -> None:
    """A file of a system, a package manager or a browser's profile belongs to the host that was copied."""
    assert places.home(f"copies/web01/{below}") == "web01"
    assert places.home(f"copies\\web01\\{below}") == "web01"
    assert places.home(f"copies/web01.tar.gz!{below}") == "web01"


@pytest.mark.parametrize(
    "path", ["/var/lib/dpkg/status", "/opt/homebrew/Cellar/a/1/INSTALL_RECEIPT.json", f"/{EXTENSION}"]
)
def test_file_of_a_system_with_nothing_above_is_itself(path: str) -> None:
    """Where nothing stands above, no host is invented."""
    assert places.home(path) == path


@pytest.mark.parametrize(
    ("path", "home"),
    [
        ("exports/web01/programs.csv", "web01"),
        ("exports/snap/programs.csv", "snap"),
        ("exports/homebrew/programs.csv", "homebrew"),
        ("src/Extensions/my-own/1.0/manifest.json", "1.0"),
        ("web01.csv", "web01"),
    ],
)
def test_other_files_belong_to_their_folder(path: str, home: str) -> None:
    """A folder that only looks like a part of a system is the folder that a person filed exports in."""
    assert places.home(path) == home


def test_endless_path_takes_no_time() -> None:
    """Names inside an archive are anybody's: 60,000 characters of beginnings cost less than a second."""
    path = "home/Users/" * 6000
    assert places.home(f"{path}x") == "Users"


@pytest.mark.parametrize(
    ("path", "asset"),
    [
        ("exports/srv-01_dpkg.txt", "srv-01"),
        ("exports/PC-1 services.txt", "PC-1"),
        ("exports/netstat-db2.txt.gz", "db2"),
        ("fleet/web01/dpkg.txt", "web01"),
        ("fleet/web01/installed-v1.json", "web01"),
        ("jars/surefire-logger-api-3.5.6.jar", "jars"),
        ("logs/access.log.1", "logs"),
        ("logs/dns_20241001.log", "logs"),
        ("dpkg/libsqlite3-0", "dpkg"),
    ],
)
def test_exports_named_after_machines(path: str, asset: str) -> None:
    """Exports of several machines in one folder are told apart by their names; other names do not make machines."""
    assert places.home(path) == asset
