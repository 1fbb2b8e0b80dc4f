# SPDX-License-Identifier: Apache-2.0
"""A proof that nobody touched is intact; whatever is changed in it, and wherever, is found and named."""

from __future__ import annotations

import json
import shutil
import subprocess
import zipfile
from base64 import b64decode
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

import proving
from debar.proof import evidence as evidences
from debar.proof import inputs, log, stored, verify
from debar.proof.canonical import decoded, encoded
from debar.proof.held import in_folder, measured, of_bytes
from debar.proof.statement import Statement, enveloped, opened, pae
from debar.proof.verify import Trust
from debar.register import trust

if TYPE_CHECKING:
    from collections.abc import Callable

    from debar.proof.verify import Verdict


@pytest.fixture
def proof(made: Path, tmp_path: Path) -> Path:
    """Give a copy of the folder, to be changed."""
    return Path(shutil.copytree(made / "proof", tmp_path / "proof"))


def trusted(key: Path) -> Trust:
    """Give trust in one key alone, as --key demands it."""
    return Trust(trust.keys([], [key]), is_demanded=True)


def told(verdict: Verdict) -> list[tuple[str, str]]:
    """Give step and file of each fault."""
    return [(fault.step, fault.name) for fault in verdict.faults]


def resigned(proof: Path, key: bytes | None = None) -> None:
    """Make the sums and the statement of a folder fit its files again, as somebody with the key could."""
    parts = {n: p for n, p in in_folder(proof).parts.items() if n not in (evidences.ENVELOPE, evidences.SUMS)}
    seal = opened((proof / evidences.ENVELOPE).read_bytes())
    digests = {name: measured(part).sha256 for name, part in parts.items()}
    sums = evidences.listing(digests)
    (proof / evidences.SUMS).write_bytes(sums)
    digests[evidences.SUMS] = measured(of_bytes(sums)).sha256
    chain = log.read((proof / evidences.LOG).read_bytes())
    payload = encoded(
        {
            "_type": seal.statement.type,
            "predicateType": seal.statement.predicateType,
            "subject": [{"name": n, "digest": {"sha256": d}} for n, d in sorted(digests.items())],
            "predicate": {"entries": len(chain.entries), "head": chain.head, "time": seal.statement.predicate.time},
        }
    )
    signature = proving.KEY.sign(pae(payload)) if key is None else key
    envelope = enveloped(payload, seal.signature.keyid if seal.signature else "", signature)
    (proof / evidences.ENVELOPE).write_bytes(envelope)


@pytest.mark.parametrize("name", ["proof", "proof.zip"])
def test_untouched_is_intact(made: Path, trusting: Path, name: str) -> None:
    """Folder and zip file hold the same, signed by the key that made them."""
    verdict = verify.verify(made / name, trusted(trusting))
    assert (verdict.intact, verdict.signed, verdict.faults, verdict.remarks) == (True, verify.TRUSTED, (), ())
    assert (verdict.time, verdict.inputs, verdict.after) == (proving.WHEN, 2, "")
    assert verdict.files == len(list(proving.files(made / "proof"))) - 1
    assert in_folder(made / "proof").parts.keys() == stored.read(made / "proof.zip").parts.keys()


@settings(max_examples=150)
@given(data=st.data())
def test_a_flipped_bit_of_a_folder_is_found_and_named(little: Path, data: st.DataObject) -> None:
    """Any bit of any file: the verdict is broken, and one fault names that very file or what cannot be read for it."""
    name = data.draw(st.sampled_from(sorted(in_folder(little / "proof").parts)))
    content = bytearray((little / "proof" / name).read_bytes())
    place = data.draw(st.integers(0, len(content) - 1))
    content[place] ^= 1 << data.draw(st.integers(0, 7))
    with TemporaryDirectory() as folder:
        proof = Path(shutil.copytree(little / "proof", Path(folder, "proof")))
        (proof / name).write_bytes(content)
        verdict = verify.verify(proof)
    assert not verdict.intact
    assert name in [fault.name for fault in verdict.faults]


@settings(max_examples=200)
@given(data=st.data())
def test_a_flipped_bit_of_a_zip_file_is_found(little: Path, data: st.DataObject) -> None:
    """Any bit of the whole file: of members, of their headers, of the list, of the last record."""
    content = bytearray((little / "proof.zip").read_bytes())
    # The register is most of the file, and its bytes are as good as any: look more often at the rest.
    start = len(content) - 6000
    place = data.draw(
        st.one_of(st.integers(0, len(content) - 1), st.integers(start, len(content) - 1), st.integers(0, 6000))
    )
    content[place] ^= 1 << data.draw(st.integers(0, 7))
    with TemporaryDirectory() as folder:
        proof = Path(folder, "proof.zip")
        proof.write_bytes(content)
        verdict = verify.verify(proof)
    assert not verdict.intact
    assert verdict.faults


@pytest.mark.parametrize("cut", [1, 22, 3000])
def test_a_shorter_or_longer_zip_file_is_broken(made: Path, tmp_path: Path, cut: int) -> None:
    """Bytes that are missing at the end or were added before or behind are found."""
    content = (made / "proof.zip").read_bytes()
    for changed in (content[:-cut], content + b"x" * cut, b"x" * cut + content):
        (tmp_path / "proof.zip").write_bytes(changed)
        assert not verify.verify(tmp_path / "proof.zip").intact


def test_what_happened_to_each_file_is_told(proof: Path) -> None:
    """Changed, missing, added and renamed are told apart, all in one go."""
    (proof / "report.txt").write_bytes(b"all is well\n")
    (proof / "coverage.json").unlink()
    (proof / "extra.txt").write_text("more")
    (proof / "tools.json").rename(proof / "tool.json")
    verdict = verify.verify(proof)
    said = {fault.name: fault.what for fault in verdict.faults if fault.step == "files"}
    assert said["report.txt"].startswith("was changed: ")
    assert said["coverage.json"] == "is missing"
    assert said["extra.txt"] == "was added: the statement does not name it"
    assert said["tool.json"] == "was renamed: it was tools.json"
    assert "tools.json" not in said


def test_links_and_odd_names_are_faults(proof: Path, tmp_path: Path) -> None:
    """A link is not followed, even to the same bytes; empty folders and hidden files are no part of a proof."""
    shutil.copy(proof / "report.json", tmp_path / "same.json")
    (proof / "report.json").unlink()
    (proof / "report.json").symlink_to(tmp_path / "same.json")
    (proof / "empty").mkdir()
    (proof / ".hidden").write_text("x")
    assert {("form", "report.json"), ("form", "empty"), ("form", ".hidden")} <= set(told(verify.verify(proof)))


def rewritten(proof: Path, change: Callable[[list[dict[str, Any]]], list[dict[str, Any]]]) -> None:
    """Change the log of a proof, with every hash in it made to fit, and sign anew."""
    lines = [json.loads(line) for line in (proof / evidences.LOG).read_bytes().splitlines()]
    said = [(str(one["kind"]), dict(one["body"])) for one in change(lines)]
    (proof / evidences.LOG).write_bytes(log.chained(said, proving.WHEN)[0])
    resigned(proof)


@pytest.mark.parametrize(
    ("change", "what"),
    [
        (lambda lines: [lines[0], *lines[2:]], "does not follow"),
        (lambda lines: [*lines[:3], lines[4], lines[3], *lines[5:]], "does not follow"),
        (lambda lines: [*lines[:3], lines[3], *lines[3:]], "does not follow"),
        (lambda lines: lines[:-1], "is not the head"),
        (lambda lines: [*lines, lines[-1]], "does not follow"),
        (lambda lines: [*lines[:-1], lines[-1].replace(b'"files"', b'"filez"')], "is not the head"),
    ],
    ids=["removed", "reordered", "inserted", "truncated", "added", "changed"],
)
def test_a_log_that_was_tampered_with_is_told(
    proof: Path, change: Callable[[list[bytes]], list[bytes]], what: str
) -> None:
    """Entries that were removed, moved, put in, cut off, added or changed: each is a fault of the log itself."""
    file = proof / evidences.LOG
    file.write_bytes(b"".join(change(file.read_bytes().splitlines(keepends=True))))
    verdict = verify.verify(proof)
    about = [fault.what for fault in verdict.faults if fault.name == evidences.LOG and fault.step != "files"]
    assert any(what in text for text in about), about


def test_a_wrong_signature_is_told(proof: Path, trusting: Path) -> None:
    """A signature of somebody else under the same id does not fit."""
    seal = opened((proof / evidences.ENVELOPE).read_bytes())
    resigned(proof, proving.OTHER.sign(pae(seal.payload)))
    verdict = verify.verify(proof, trusted(trusting))
    assert (verdict.signed, told(verdict)) == (verify.WRONG, [("signature", evidences.ENVELOPE)])


def test_a_key_that_nobody_trusts_is_never_called_trusted(proof: Path, tmp_path: Path) -> None:
    """Without any trusted key it is intact with a remark; beside other trusted keys it is broken."""
    verdict = verify.verify(proof)
    assert (verdict.intact, verdict.signed) == (True, verify.UNTRUSTED)
    assert "no key is trusted here" in verdict.remarks[0]
    _, other = proving.keys(tmp_path, proving.OTHER, "other")
    verdict = verify.verify(proof, trusted(other))
    assert (verdict.intact, verdict.signed) == (False, verify.UNTRUSTED)
    assert "which nobody here trusts" in verdict.faults[0].what


def test_a_signature_cannot_be_taken_away(proof: Path, trusting: Path) -> None:
    """Without its signature a proof that was signed is broken; with its key taken out as well it no longer fits."""
    seal = opened((proof / evidences.ENVELOPE).read_bytes())
    (proof / evidences.ENVELOPE).write_bytes(enveloped(seal.payload))
    assert told(verify.verify(proof)) == [("signature", evidences.ENVELOPE)]
    (proof / evidences.SIGNER).unlink()
    assert ("files", evidences.SIGNER) in told(verify.verify(proof))
    assert ("signature", evidences.ENVELOPE) in told(verify.verify(proof, trusted(trusting)))


def test_a_statement_that_disagrees_with_the_log_is_told(proof: Path) -> None:
    """Somebody with the key who changes a file and signs anew is betrayed by the log, which names its digest."""
    (proof / "report.txt").write_text("nothing was found\n")
    resigned(proof)
    assert ("agreement", "report.txt") in told(verify.verify(proof))


def test_a_log_that_disagrees_with_the_files_is_told(proof: Path) -> None:
    """An input that the log does not name, a report of another day, and a first or last entry that is missing."""
    rewritten(proof, lambda lines: [one for one in lines if one["kind"] != log.INPUT])
    assert ("agreement", evidences.INPUTS) in told(verify.verify(proof))
    rewritten(proof, lambda lines: lines[1:])
    assert "does not begin" in " ".join(fault.what for fault in verify.verify(proof).faults)
    rewritten(proof, lambda lines: lines[:-1])
    assert "does not end" in " ".join(fault.what for fault in verify.verify(proof).faults)


def changed(proof: Path, name: str, change: Callable[[bytes], bytes]) -> list[tuple[str, str]]:
    """Change a file, let log and statement agree to it, and give what is found."""
    content = change((proof / name).read_bytes())
    (proof / name).write_bytes(content)
    found = measured(of_bytes(content))

    def mended(lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
        said = {"name": name, "sha256": found.sha256, "size": found.size}
        return [{**one, "body": said} if one["body"].get("name") == name else one for one in lines]

    rewritten(proof, mended)
    return told(verify.verify(proof))


def swapped(old: bytes, new: bytes, text: bytes) -> bytes:
    """Give a text with other words in it."""
    return text.replace(old, new)


def test_a_proof_that_does_not_agree_with_itself_is_told(made: Path, tmp_path: Path) -> None:
    """What the signer made to fit the log still has to fit the report: register, organisation, coverage, inputs."""
    for number, (name, old, new) in enumerate(
        [
            ("organisation.json", b"Northwind", b"Southwind"),
            ("coverage.json", b'"stale_after":90', b'"stale_after":91'),
            ("register.json", b'"origin":"shipped"', b'"origin":"shippee"'),
            ("report.json", b'"as_of": "2024-10-01"', b'"as_of": "2024-10-02"'),
            ("inputs.json", b"bom.json", b"bum.json"),
            ("forms/us-far-52.204-26-using.json", b'"state":"due', b'"state":"dud'),
            ("forms/us-far-52.204-26-using.json", b'"as_of":"2024-10-01"', b'"as_of":"2024-10-02"'),
        ]
    ):
        proof = Path(shutil.copytree(made / "proof", tmp_path / str(number)))
        assert old in (proof / name).read_bytes(), name
        found = changed(proof, name, partial(swapped, old, new))
        assert ("agreement", name) in found, (name, found)


def test_another_register_is_told(proof: Path) -> None:
    """A register whose files do not come to the digest that the report names is no register of this report."""
    found = changed(proof, "register.json", lambda text: text.replace(b'"name":"VERSION"', b'"name":"VERSIOM"'))
    assert ("agreement", "register/base.zip") in found
    assert ("agreement", "register.json") in found


def test_hostile_zip_files_are_refused(made: Path, tmp_path: Path) -> None:
    """Names that lead out, two of one name, compression that swells, encryption, comments and links are named."""
    plain = {n: (made / "proof" / n).read_bytes() for n in in_folder(made / "proof").parts}

    def packed(change: Callable[[zipfile.ZipFile], None], comment: bytes = b"") -> list[str]:
        file = tmp_path / "hostile.zip"
        with zipfile.ZipFile(file, "w") as archive:
            for name, content in plain.items():
                archive.writestr(name, content)
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr("warnings.warn", lambda *_, **__: None)
                change(archive)
            archive.comment = comment
        verdict = verify.verify(file)
        assert not verdict.intact
        return [f"{fault.name}: {fault.what}" for fault in verdict.faults]

    assert any("could lead out" in text for text in packed(lambda z: z.writestr("../evil", b"x")))
    assert any("could lead out" in text for text in packed(lambda z: z.writestr("/etc/evil", b"x")))
    assert any("stands twice" in text for text in packed(lambda z: z.writestr("report.json", b"x")))
    assert any("bomb" in t for t in packed(lambda z: z.writestr("bomb", bytes(1 << 20), zipfile.ZIP_DEFLATED)))
    assert any("was cut off, something was added" in text for text in packed(lambda _: None, b"hello"))
    link = zipfile.ZipInfo("link")
    link.external_attr = 0o120777 << 16
    assert any("link" in text for text in packed(lambda z: z.writestr(link, b"/etc/passwd")))


@pytest.mark.parametrize("content", [b"", b"PK", b"PK\5\6" + bytes(18), b"\xff" * 100, b"{}\n"])
def test_no_proof_at_all(tmp_path: Path, content: bytes) -> None:
    """A file that is no zip file, and an empty folder, are broken, and nothing is raised."""
    (tmp_path / "proof.zip").write_bytes(content)
    assert not verify.verify(tmp_path / "proof.zip").intact
    (tmp_path / "proof").mkdir()
    assert ("envelope", evidences.ENVELOPE) in told(verify.verify(tmp_path / "proof"))


@pytest.mark.parametrize(
    "text",
    [b"", b"{}\n", b"[" * 100_000, b'{"payload":"","payloadType":"text/plain","signatures":[]}\n', b"\xff\n"],
)
def test_a_hostile_envelope_is_a_fault(proof: Path, text: bytes) -> None:
    """Whatever stands in the place of the envelope, it is told and nothing is raised."""
    (proof / evidences.ENVELOPE).write_bytes(text)
    assert ("envelope", evidences.ENVELOPE) in told(verify.verify(proof))


def test_the_statement_is_an_in_toto_statement(made: Path) -> None:
    """Its fields are those of Statement v1, its subjects every file but the envelope."""
    envelope = json.loads((made / "proof" / evidences.ENVELOPE).read_bytes())
    assert envelope["payloadType"] == "application/vnd.in-toto+json"
    payload = b64decode(envelope["payload"])
    statement = json.loads(payload)
    assert statement.keys() == {"_type", "subject", "predicateType", "predicate"}
    assert statement["_type"] == "https://in-toto.io/Statement/v1"
    assert decoded(payload, Statement).predicate.time == proving.WHEN
    names = {file.relative_to(made / "proof").as_posix() for file in proving.files(made / "proof")}
    assert {one["name"] for one in statement["subject"]} == names - {evidences.ENVELOPE}


@pytest.mark.skipif(not shutil.which("openssl"), reason="openssl is not installed")
@pytest.mark.skipif(not shutil.which("sha256sum"), reason="sha256sum is not installed")
def test_it_can_be_checked_without_debar(made: Path) -> None:
    """The commands of the reference page check files, chain and signature with sha256sum, sed and openssl."""
    page = (Path(__file__).parents[2] / "docs" / "reference" / "evidence.md").read_text(encoding="utf-8")
    script = page.split("```sh\n")[1].split("```")[0]
    done = subprocess.run(["sh", "-eu", "-c", script], cwd=made, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert "chain: OK" in done.stdout
    assert "Signature Verified Successfully" in done.stdout


def test_an_input_of_another_size_is_not_read(tmp_path: Path) -> None:
    """A proof of somebody else may name any file here, and one that is endless: only one of the same size is hashed."""
    (tmp_path / "a").write_bytes(b"12345")
    one = inputs.InputProof(path="a", sha256="0" * 64, size=4, reader="", state=inputs.HASHED, copy="")
    said = "a: changed since the proof was made: 4 bytes then, 5 bytes now"
    assert list(inputs.changed([one], {"a": tmp_path / "a"})) == [said]


def test_a_proof_of_an_earlier_time_does_not_follow(made: Path) -> None:
    """Heads that fit are not enough: a later proof says that it is later."""
    one = verify.verify(made / "proof")
    assert verify.series([one, replace(one, after=one.head, time="2024-10-02T08:00:01Z")]) == []
    (fault,) = verify.series([one, replace(one, after=one.head, time="2024-10-02T07:59:59Z")])
    assert "says that it was made on 2024-10-02T07:59:59Z, before" in fault.what


def test_proofs_that_cannot_be_read_are_no_series(tmp_path: Path) -> None:
    """Two files without a log do not follow one another."""
    for name in ("a.zip", "b.zip"):
        (tmp_path / name).write_bytes(b"x" * 100)
    assert len(verify.series([verify.verify(tmp_path / name) for name in ("a.zip", "b.zip")])) == 1
