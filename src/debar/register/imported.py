# SPDX-License-Identifier: Apache-2.0
"""Registers that were imported from bundles, and which of them is active instead of the one that ships with debar.

`home` holds a directory for each import and `active.json`, which names one of them. An import becomes active by
replacing that one file; whatever goes wrong before leaves the former in use. Nothing is deleted here.
"""

from __future__ import annotations

import contextlib
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from debar.errors import UsageError
from debar.register import archive, bundle, trust
from debar.register.age import calver
from debar.release import register_directory

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

POINTER = "active.json"
_DIRECTORY = re.compile(r"([0-9.]{10,15})-[0-9a-f]{12}")
"""Version, and the beginning of the manifest's digest."""
_LONGEST = 4096
"""Bytes of the pointer that are read; it has about 100."""
_CHOOSE = "debar register import BUNDLE makes one active"


class _Pointer(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    directory: str
    built_at: str
    shipped: str
    """Version that shipped with debar when this one was imported."""


def home() -> Path | None:
    """Give where imported registers are: $XDG_DATA_HOME/debar, or ~/.local/share/debar; None without a home."""
    return trust.place("XDG_DATA_HOME", ".local/share")


def active(home: Path | None) -> Path | None:
    """Give the directory of the imported register that is in use, or None when it is the shipped one."""
    return choice(home)[0]


def choice(home: Path | None) -> tuple[Path | None, str]:
    """Give what `active` gives, and why an import is not used although there is one.

    It is not used if somebody else could have written it, if its directory is gone, and if the shipped register
    has become newer than both the import and the one that shipped at its time. Never raises.
    """
    pointer, why = _pointer(home) if home else (None, "")
    if home is None or pointer is None:
        return None, why
    directory = home / pointer.directory
    try:
        about = directory.lstat()
        if not directory.is_dir() or directory.is_symlink() or trust.is_foreign(about):
            return None, f"{directory}: is no directory of yours alone; {_CHOOSE}"
    except OSError as e:
        return None, f"{directory}: {e.strerror}; {_CHOOSE}"
    shipped = _shipped()
    if _order(shipped) > max(_order(_version(pointer)), _order(pointer.shipped)):
        return None, f"the shipped register {shipped} is newer than {_version(pointer)}, which was imported"
    return directory, ""


def import_bundle(file: Path, keys: Sequence[trust.PublicKey], home: Path, *, older: bool = False) -> Path:
    """Make the register of a bundle the active one, and give its directory: `<home>/<version>-<digest>`.

    Raises what `bundle.verify` raises; RegisterError also for a register that does not load with this debar, and
    for one that is older than the one in use unless `older` is said; UsageError for a home that cannot be written
    or that somebody else can write. Until the last step, one replaced file, the former register stays active.
    """
    files = archive.contents(file)
    found = bundle.proven(file, files, keys)
    manifest = found.manifest
    if not older:
        _expect_not_older(file, manifest, home)
    target = home / f"{manifest.register}-{found.sha256[:12]}"
    pointer = _Pointer(directory=target.name, built_at=manifest.built_at, shipped=_shipped())
    try:
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        if trust.is_foreign(home.stat()):
            raise UsageError(f"{home}: somebody else can write it", hint="own it, and chmod go-w it")
        if target.exists():
            bundle.expect_loads(file, target)
        else:
            _unpack(file, files, target)
        bundle.verify(target, keys)
        archive.replace(home / POINTER, msgspec.json.encode(pointer), 0o600)
    except OSError as e:
        raise UsageError(f"{e.filename or home}: {e.strerror}", hint="the former register stays active") from e
    return target


def _unpack(file: Path, files: Mapping[str, bytes], target: Path) -> None:
    """Write files to a directory that appears whole, or not at all when they are no register."""
    import shutil
    import tempfile

    partial = Path(tempfile.mkdtemp(prefix=".partial-", dir=target.parent))
    unpacked = partial / "register"  # as faults of its files call it
    try:
        for name, text in files.items():
            (unpacked / name).parent.mkdir(parents=True, exist_ok=True)
            archive.write(unpacked / name, text, 0o600)
        bundle.expect_loads(file, unpacked)
        unpacked.rename(target)
    except OSError:
        if not target.is_dir():  # else another process has imported the same meanwhile
            raise
    finally:
        shutil.rmtree(partial, ignore_errors=True)


def _expect_not_older(file: Path, manifest: bundle.Manifest, home: Path) -> None:
    """Refuse a register that is older than the one in use, and an older build of the same."""
    pointer = _pointer(home)[0] if active(home) else None
    version, built_at = (_version(pointer), pointer.built_at) if pointer else (_shipped(), "")
    if (_order(manifest.register), manifest.built_at) < (_order(version), built_at):
        there = f"{version}, built at {built_at}" if built_at else f"{version}, which ships with debar"
        fault = f"register {manifest.register}, built at {manifest.built_at}, is older than the one in use: {there}"
        archive.refuse(file, [fault], "--older imports it all the same")


def _pointer(home: Path) -> tuple[_Pointer | None, str]:
    """Give what the pointer says, or why it is not followed; neither where there is none."""
    file = home / POINTER
    try:
        with file.open("rb") as opened:
            if trust.is_foreign(os.fstat(opened.fileno())) or trust.is_foreign(home.stat()):
                return None, f"{file}: somebody else could have written it; {_CHOOSE}"
            found = msgspec.json.decode(opened.read(_LONGEST), type=_Pointer)
        if _DIRECTORY.fullmatch(found.directory):
            return found, ""
    except FileNotFoundError:
        return None, ""
    except OSError as e:
        return None, f"{file}: {e.strerror}; {_CHOOSE}"
    except msgspec.MsgspecError:
        pass
    return None, f"{file}: does not name a register; {_CHOOSE}"


def _version(pointer: _Pointer) -> str:
    return pointer.directory.partition("-")[0]


def _shipped() -> str:
    """Give the version of the register that ships with debar, or nothing when it has none."""
    with contextlib.suppress(OSError, UnicodeDecodeError):
        return (register_directory() / "VERSION").read_text(encoding="utf-8").strip()
    return ""


def _order(version: str) -> tuple[tuple[date, int], ...]:
    """Give what versions are compared by; what is no version is older than every version."""
    with contextlib.suppress(ValueError):
        return (calver(version),)
    return ()
