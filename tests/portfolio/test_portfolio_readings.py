# SPDX-License-Identifier: Apache-2.0
"""A file is read once; what is kept of it comes to the same as reading it again."""

from __future__ import annotations

import gzip
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import archived
import composed
import staffed
import worked
from debar import pipeline
from debar.errors import EvidenceError, StoreError
from debar.model.vocab.portfolio import JobKind, JobState
from debar.obligations.question import Question
from debar.portfolio import estates, holding, jobs, listening, readings, running, uploads
from debar.portfolio.prepared import States
from debar.portfolio.register_of import register_of
from debar.store import checking, lake, runs
from debar.store.places import place

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from debar.model.results import Report
    from debar.portfolio.databases import Portfolio
    from debar.portfolio.estates import Estate

ROOT = Path(__file__).parents[2]
DAY = "2024-10-01"
TEXTS = {
    "shop.cdx.json": composed.CYCLONEDX,
    "shop.xml": composed.CYCLONEDX_XML,
    "image.spdx.json": composed.SPDX,
    "status": composed.DPKG,
    "ws-4_programs.json": composed.OSQUERY,
    "conn.log": composed.ZEEK,
    "assets.csv": composed.TABLE,
    "README.md": b"# What this is about\n",
    "empty": b"",
    "cut.json": composed.CYCLONEDX[:-40],
    "noise.bin": bytes(range(256)) * 9,
    "shop.json.gz": gzip.compress(composed.CYCLONEDX, mtime=0),
    "two.zip": archived.zipped({"a/dpkg/status": composed.DPKG, "b.json": composed.CYCLONEDX, "c": b""}),
    "root.tar": archived.tarred({"etc/os-release": b"ID=debian\n", "var/lib/dpkg/status": composed.DPKG}),
}


@pytest.fixture
def portfolio(tmp_path: Path) -> Iterator[Portfolio]:
    """Give a new portfolio."""
    with staffed.staffed(place(str(tmp_path / "portfolio"))) as found:
        yield found


@pytest.fixture
def alpha(portfolio: Portfolio) -> Estate:
    """Give an organisation."""
    return estates.behind(portfolio, "alpha")


def run(portfolio: Portfolio, estate: Estate) -> Report:
    """Give the report of the run that is due on the day of the tests."""
    worked.at_once(portfolio)
    made = running.run(portfolio, estate, on=DAY)
    assert made
    return runs.report(estate.ledger, made)


def scanned(folder: Path, estate: Estate, files: Mapping[str, bytes]) -> Report:
    """Give the report of a scan of the same files under the same names."""
    before = Path.cwd()
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    os.chdir(folder)
    try:
        question = Question(organisation=estate.tenant.facts, as_of=DAY, known_on="")
        return pipeline.scan(sorted({name.partition("/")[0] for name in files}), register_of(estate), question)
    finally:
        os.chdir(before)


def undigested(report: Report) -> Report:
    """Give a report without digests of sources: of an upload that of the file is always known."""
    bare = tuple(msgspec.structs.replace(source, sha256="") for source in report.sources)
    return msgspec.structs.replace(report, sources=bare)


def test_a_run_is_the_scan_of_its_files(portfolio: Portfolio, tmp_path: Path) -> None:
    """Every format, packed and in archives, cut off, empty and unknown: sources, skips, exposures, coverage, all of it."""
    alpha = estates.behind(portfolio, "alpha")
    worked.send(portfolio, alpha, TEXTS)
    expected, found = scanned(tmp_path / "files", alpha, TEXTS), run(portfolio, alpha)
    assert undigested(found) == undigested(expected)
    assert len(found.exposures) > 3
    assert [s.sha256 for s in found.sources if "!" not in s.path] == [
        uploads.one(alpha, one.id).sha256 for one in uploads.current(alpha) if one.reader
    ]


def test_so_it_is_in_folders(portfolio: Portfolio, tmp_path: Path) -> None:
    """What was found in a folder, and says that it is about the folder, is passed over there as here."""
    alpha = estates.behind(portfolio, "alpha")
    files = {f"evidence/{name}": content for name, content in TEXTS.items()}
    worked.send(portfolio, alpha, files)
    assert undigested(run(portfolio, alpha)) == undigested(scanned(tmp_path / "files", alpha, files))


@pytest.mark.slow
@settings(max_examples=25)
@given(
    st.dictionaries(st.sampled_from(sorted(TEXTS)), st.tuples(st.integers(0, 600), st.binary(max_size=3)), min_size=1)
)
def test_so_it_is_with_damage(damage: dict[str, tuple[int, bytes]]) -> None:
    """Whatever bytes of whatever files are others, what is kept comes to what a scan finds."""
    files = {}
    for name, (at, other) in damage.items():
        content = TEXTS[name]
        files[name] = content[:at] + other + content[at + len(other) :]
    with tempfile.TemporaryDirectory() as folder, staffed.staffed(place(f"{folder}/portfolio")) as portfolio:
        alpha = estates.behind(portfolio, "alpha")
        worked.send(portfolio, alpha, files)
        found = run(portfolio, alpha)
        assert undigested(found) == undigested(scanned(Path(folder, "files"), alpha, files))


def test_the_demo_estate(portfolio: Portfolio, tmp_path: Path) -> None:
    """The estate of the documentation, file by file."""
    alpha = estates.behind(portfolio, "alpha")
    top = ROOT / "examples" / "estate"
    files = {f"estate/{p.relative_to(top)}": p.read_bytes() for p in sorted(top.rglob("*")) if p.is_file()}
    worked.send(portfolio, alpha, files)
    assert undigested(run(portfolio, alpha)) == undigested(scanned(tmp_path / "files", alpha, files))


def listened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Give the names of files that are read from now on."""
    read: list[str] = []
    real = listening.listen

    def listen(file: Path, name: str, *rest: object) -> listening.Heard:
        read.append(name)
        return real(file, name, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(listening, "listen", listen)
    return read


def test_the_same_content_is_read_once(
    portfolio: Portfolio, alpha: Estate, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Under another name as well, where the name told nothing; and it comes to what a scan of both finds."""
    read = listened(monkeypatch)
    bom = {"bom-1.json": composed.CYCLONEDX, "other/bom.json": composed.CYCLONEDX, "bom-2.json": composed.CYCLONEDX}
    worked.send(portfolio, alpha, bom)
    found = run(portfolio, alpha)
    assert read == ["bom-1.json", "other/bom.json"], "in a folder it might be about the folder"
    assert undigested(found) == undigested(scanned(tmp_path / "files", alpha, bom))
    worked.send(portfolio, alpha, {"bom-1.json": b"{}"})
    worked.send(portfolio, alpha, {"bom-1.json": composed.CYCLONEDX})
    worked.at_once(portfolio)
    assert read[2:] == [], "what was read before is not, though it was replaced in between; what was replaced is not"


@pytest.mark.parametrize(
    ("first", "second", "content"),
    [
        ("srv-01_dpkg.txt", "srv-02_dpkg.txt", composed.DPKG),
        ("web/status", "mail/status", composed.DPKG),
        ("a.zip", "b.zip", archived.zipped({"status": composed.DPKG})),
        ("host-1.tar", "host-2.tar", TEXTS["root.tar"]),
        ("README", "data", b"what nothing knows"),
    ],
)
def test_a_name_that_tells_something_is_heeded(
    portfolio: Portfolio, alpha: Estate, tmp_path: Path, first: str, second: str, content: bytes
) -> None:
    """The same content of two machines is that of two machines."""
    files = {first: content, second: content}
    worked.send(portfolio, alpha, files)
    assert undigested(run(portfolio, alpha)) == undigested(scanned(tmp_path / "files", alpha, files))


def test_other_readers_read_again(portfolio: Portfolio, alpha: Estate, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where readers or layouts have changed a file is read anew before the next run."""
    worked.send(portfolio, alpha, {"bom.json": composed.CYCLONEDX})
    run(portfolio, alpha)
    read = listened(monkeypatch)
    monkeypatch.setattr(readings, "states", lambda _: States("0" * 64, "1" * 64))
    assert running.run(portfolio, alpha, on="2024-10-02") is None
    worked.at_once(portfolio)
    assert read == ["bom.json"]
    assert running.run(portfolio, alpha, on="2024-10-02")


def test_what_cannot_be_read_is_told(portfolio: Portfolio, alpha: Estate) -> None:
    """An upload that was given up is a place that could not be read: nobody takes it for clean."""
    (upload,) = worked.send(portfolio, alpha, {"bomb.gz": b"x"})
    job = holding.take(portfolio, "w")
    assert job
    readings.give_up(alpha, upload.id, "used more than 2 GB of memory")
    holding.fail(portfolio, job, "w", "used more than 2 GB of memory", is_final=True)
    made = running.run(portfolio, alpha, on=DAY)
    assert made
    (skip,) = runs.report(alpha.ledger, made).skips
    assert (skip.source, skip.reason) == ("bomb.gz", "used more than 2 GB of memory")


def test_what_was_read_is_not_given_up(portfolio: Portfolio, alpha: Estate) -> None:
    """A worker that died when it had done its work leaves a file that was read."""
    (upload,) = worked.send(portfolio, alpha, {"bom.json": composed.CYCLONEDX})
    worked.at_once(portfolio)
    readings.give_up(alpha, upload.id, "its worker died 3 times")
    assert uploads.one(alpha, upload.id).state is JobState.DONE


def test_too_little_memory_is_nothing_that_a_file_says(
    portfolio: Portfolio, alpha: Estate, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A reader that ran out of memory leaves nothing to be kept: another time it may suffice."""
    worked.send(portfolio, alpha, {"bom.json": composed.CYCLONEDX})

    def full(_: object) -> Iterator[object]:
        yield from ()
        raise MemoryError

    monkeypatch.setattr(listening, "load", lambda _: full)
    with pytest.raises(MemoryError):
        worked.at_once(portfolio)
    assert list((alpha.place.lake / "readings").iterdir()) == []


def test_what_is_kept_and_was_changed_is_not_believed(portfolio: Portfolio, alpha: Estate) -> None:
    """A reading that is not what was kept, or is gone, ends the run; the check names it."""
    worked.send(portfolio, alpha, {"bom.json": composed.CYCLONEDX})
    worked.at_once(portfolio)
    ((upload, reading),) = readings.gathered(alpha, register_of(alpha))
    assert reading
    file = lake.path(alpha.place.lake, readings.KIND, reading.file)
    content = file.read_bytes()
    file.write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
    with pytest.raises(EvidenceError, match="was changed"):
        running.run(portfolio, alpha, on=DAY)
    assert len(checking.check(alpha.ledger).faults) == 1
    file.unlink()
    with pytest.raises(EvidenceError, match="is gone"):
        running.run(portfolio, alpha, on=DAY)
    assert upload.state is JobState.DONE


def test_a_run_is_wholly_there_or_not_at_all(
    portfolio: Portfolio, alpha: Estate, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What fails in the middle of the transaction leaves no run, no row and no entry of the log."""
    worked.send(portfolio, alpha, {"bom.json": composed.CYCLONEDX})
    worked.at_once(portfolio)

    def fails(*_: object) -> None:
        raise StoreError("the disk is full")

    monkeypatch.setattr(running, "_note", fails)
    with pytest.raises(StoreError):
        running.run(portfolio, alpha, on=DAY)
    monkeypatch.undo()
    with alpha.reading() as connection:
        assert runs.kept(alpha.ledger, connection) == []
    assert running.run(portfolio, alpha, on=DAY)
    assert checking.check(alpha.ledger).faults == ()


def test_a_run_is_due_when_something_has_changed(portfolio: Portfolio, alpha: Estate) -> None:
    """Nothing is due before the first upload, nor twice for the same; it is for other files, and for none of them."""
    assert running.due(alpha) == ""
    assert running.run(portfolio, alpha) is None
    first, _ = worked.send(portfolio, alpha, {"a.json": composed.CYCLONEDX, "b.json": composed.SPDX})
    worked.at_once(portfolio)
    assert running.due(alpha)
    made = running.run(portfolio, alpha)
    assert made
    assert running.due(alpha) == ""
    assert running.run(portfolio, alpha) == made
    uploads.remove(portfolio, alpha, first.id)
    assert running.due(alpha)
    fewer = running.run(portfolio, alpha)
    assert fewer
    assert (made.sources, fewer.sources) == (2, 1)
    assert [one.kind for one in jobs.listed(portfolio, alpha, kind=JobKind.RUN).items] == [JobKind.RUN]


def test_names_that_are_no_text(portfolio: Portfolio, alpha: Estate, tmp_path: Path) -> None:
    """A member whose name is no UTF-8 is kept with escapes, as a scan shows it."""
    import io
    import tarfile

    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as archive:
        entry = tarfile.TarInfo("caf\udce9/status")
        entry.size = len(composed.DPKG)
        archive.addfile(entry, io.BytesIO(composed.DPKG))
    files = {"one.tar": packed.getvalue()}
    worked.send(portfolio, alpha, files)
    found = run(portfolio, alpha)
    assert undigested(found) == undigested(scanned(tmp_path / "files", alpha, files))
    assert any("\\xe9" in source.path for source in found.sources)
