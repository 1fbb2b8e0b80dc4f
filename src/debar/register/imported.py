# SPDX-License-Identifier: Apache-2.0
"""Registers that were imported from bundles, and which of them is active instead of the one that ships with debar.

`home` holds a directory for each import and `active.json`, which names one of them. An import becomes active by
replacing that one file; whatever goes wrong before leaves the former in use. Nothing is deleted here.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from debar.errors import UsageError
from debar.register import active, archive, bundle, load, trust

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


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
    pointer = active.Pointer(directory=target.name, built_at=manifest.built_at, shipped=active.shipped_version())
    try:
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        if trust.is_foreign(home.stat()):
            raise UsageError(f"{home}: somebody else can write it", hint="own it, and chmod go-w it")
        if target.exists():
            bundle.expect_loads(file, target)
        else:
            _unpack(file, files, target)
        bundle.verify(target, keys)
        pointer = msgspec.structs.replace(pointer, sha256=load.digest(target))
        archive.replace(home / active.POINTER, msgspec.json.encode(pointer), 0o600)
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
    pointer = active.pointer(home)[0] if active.active(home) else None
    version, built_at = (active.version(pointer), pointer.built_at) if pointer else (active.shipped_version(), "")
    if (active.order(manifest.register), manifest.built_at) < (active.order(version), built_at):
        there = f"{version}, built at {built_at}" if built_at else f"{version}, which ships with debar"
        fault = f"register {manifest.register}, built at {manifest.built_at}, is older than the one in use: {there}"
        archive.refuse(file, [fault], "--older imports it all the same")
