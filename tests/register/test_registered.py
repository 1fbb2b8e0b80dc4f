# SPDX-License-Identifier: Apache-2.0
"""Promises about the indicators that are rebuilt from public registries."""

from __future__ import annotations

import io
import tarfile
import zipfile
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from registries import blocks, sources, writing
from registries.blocks import Lookalike, Names, Registrant
from registries.reading import Entry, entries, prefix
from registries.sources import Snapshot, Source

from debar.match.compile import compile_index
from debar.match.kernel import meet
from debar.model.inventory import Indicator
from debar.model.measures import Party
from debar.model.vocab import Grade, Kind, Meaning
from debar.register import yamlfile
from debar.text import digits

if TYPE_CHECKING:
    from debar.register import Register

ROOT = Path(__file__).parents[2]
GENERATED = sorted((ROOT / "register" / "indicators" / "registered").glob("*.yaml"))
NEWEST = """{
 "001882": "HUAWEI TECHNOLOGIES CO.,LTD\\nD1-4,Huawei Base\\nShenzhen 518129\\nChina",
 "0CDA41": "Hangzhou H3C Technologies Co., Limited\\nChina",
 "64F81C": "Huawei Technologies Co., Ltd.\\nChina",
 "003192": "TP-Link Systems Inc\\nUnited States",
 "040F66": "TP-Link Systems Inc.\\nUnited States",
 "E405F8": "Bytedance\\nChina",
 "AABBCC": "Stranger\\nChina",
 "70B3D5": "IEEE Registration Authority\\nUnited States",
 "EC5BCDE": "Autel Robotics USA LLC\\nUnited States",
 "70B3D587C": "Nautel LTD\\nCanada",
 "70B3D50AE": "Norsat International Inc.\\nCanada",
 "0000AA": "Huawei Tomorrow Ltd.\\nChina",
 "001BC0": "Private"
}"""
OLDER = """OUI/MA-L                                                    Organization
00-31-92   (hex)\t\tTP-Link Corporation Limited
003192     (base 16)\t\tTP-Link Corporation Limited
\t\t\t\tRoom 901,9/F.New East Ocean Centre
E405F8     (base 16)\t\tDelta Innovation Technology Co., Ltd.
AABBCC     (base 16)\t\tHUAWEI TECHNOLOGIES CO.,LTD
040F66     (base 16)\t\tPrivate
"""
USB = """#
# Version: 2025.07.26
# Date:    2025-07-26 20:34:01
#
05c6  Qualcomm, Inc.
\t9003  Quectel UC20
\t9008  Gobi Wireless Modem (QDL mode)
12d1  Huawei Technologies Co., Ltd.
\t1001  E161/E169/E620/E800 HSDPA Modem
\t\t00  an interface
C 12  a class, and no vendor
"""
NUMBERS = "# Day: 2024-08-31\n# number\tregistrant\n2011\tHUAWEI Technology Co.,Ltd\n25506\tH3C\n"
KNOWN = Names(
    registrants=(
        Registrant(registry="ieee", registrant="HUAWEI TECHNOLOGIES CO.,LTD", party="huawei"),
        Registrant(registry="ieee", registrant="Huawei Technologies Co., Ltd.", party="huawei"),
        Registrant(registry="ieee", registrant="TP-Link Systems Inc", party="tp-link-systems"),
        Registrant(registry="ieee", registrant="TP-Link Systems Inc.", party="tp-link-systems"),
        Registrant(registry="ieee", registrant="TP-Link Corporation Limited", party="tp-link-systems"),
        Registrant(registry="ieee", registrant="Bytedance", party="bytedance"),
        Registrant(registry="ieee", registrant="Autel Robotics USA LLC", party="autel-robotics"),
        Registrant(
            registry="ieee",
            registrant="Norsat International Inc.",
            party="hytera",
            level=2,
            grade=Grade.UNVERIFIED,
            valid_from="2017-07-20",
            basis="a page",
        ),
        Registrant(registry="usb", registrant="Huawei Technologies Co., Ltd.", party="huawei"),
        Registrant(
            registry="usb",
            registrant="Qualcomm, Inc.",
            device="Quectel UC20",
            party="quectel",
            meaning=Meaning.COMPONENT,
            level=3,
        ),
        Registrant(registry="iana", registrant="HUAWEI Technology Co.,Ltd", party="huawei"),
        Registrant(registry="ieee", registrant="Gone Ltd.", party="huawei"),
    ),
    lookalikes=(
        Lookalike(registry="ieee", registrant="Hangzhou H3C Technologies Co., Limited", of=("huawei",)),
        Lookalike(registry="ieee", registrant="Nautel LTD", of=("autel-robotics",)),
        Lookalike(registry="iana", registrant="H3C", of=("huawei",)),
    ),
)
PARTIES = (Party(id="huawei", name="Huawei", legal_names=("Huawei Technologies Co., Ltd.",)),)


def _snapshot(id_: str, text: str, version: str = "1", day: str = "2026-07-31") -> Snapshot:
    return Snapshot(next(one for one in sources.sources() if one.id == id_), version, day, text)


def _snapshots() -> list[Snapshot]:
    return [
        _snapshot("ieee", NEWEST, "2.1.9"),
        _snapshot("ieee-2020", OLDER, "0.8.0", "2020-06-22"),
        _snapshot("usb", USB, "2025.07.26", "2025-07-26"),
        _snapshot("iana", NUMBERS, "", "2024-08-31"),
    ]


def _built() -> dict[str, Indicator]:
    report = blocks.build(_snapshots(), KNOWN, PARTIES)
    return {block.id: block for found in report.indicators.values() for block in found}


@pytest.mark.parametrize(
    ("block", "expected"),
    [("001882", "00:18:82"), ("70B3D51", "70:b3:d5:1"), ("70B3D5123", "70:b3:d5:12:3")],
)
def test_blocks_of_24_28_and_36_bits(block: str, expected: str) -> None:
    """A block is written in pairs of digits, with a single one at the end of 28 and 36 bits."""
    assert prefix(block) == expected


def test_each_form_is_read() -> None:
    """Each form of list gives the values and the registrants as they are printed."""
    assert Entry("ec:5b:cd:e", "Autel Robotics USA LLC") in entries(_snapshot("ieee", NEWEST))
    assert Entry("00:31:92", "TP-Link Corporation Limited") in entries(_snapshot("ieee-2020", OLDER))
    assert entries(_snapshot("usb", USB)) == [
        Entry("usb:05c6", "Qualcomm, Inc."),
        Entry("usb:05c6:9003", "Qualcomm, Inc.", "Quectel UC20"),
        Entry("usb:05c6:9008", "Qualcomm, Inc.", "Gobi Wireless Modem (QDL mode)"),
        Entry("usb:12d1", "Huawei Technologies Co., Ltd."),
        Entry("usb:12d1:1001", "Huawei Technologies Co., Ltd.", "E161/E169/E620/E800 HSDPA Modem"),
    ]
    assert entries(_snapshot("iana", NUMBERS)) == [
        Entry("1.3.6.1.4.1.2011", "HUAWEI Technology Co.,Ltd"),
        Entry("1.3.6.1.4.1.25506", "H3C"),
    ]


def test_a_build_gives_exactly_these_blocks() -> None:
    """A small list of each form gives the blocks of the names that are written down, and no other."""
    assert {
        block.id: (block.kind, block.patterns, block.level, block.valid_from, block.valid_until)
        for block in _built().values()
    } == {
        "autel-robotics-address-autel-robotics-usa-llc": (Kind.MAC, ("ec:5b:cd:e",), 4, "", ""),
        "bytedance-address-bytedance": (Kind.MAC, ("e4:05:f8",), 4, "2026-07-31", ""),
        "huawei-address-huawei-technologies-co-ltd": (Kind.MAC, ("00:18:82", "64:f8:1c"), 4, "", ""),
        "huawei-address-huawei-technologies-co-ltd-until-2026": (Kind.MAC, ("aa:bb:cc",), 2, "", "2026-07-31"),
        "huawei-oid-huawei-technology-co-ltd": (Kind.OID, ("1.3.6.1.4.1.2011",), 4, "", ""),
        "huawei-usb-huawei-technologies-co-ltd": (Kind.HARDWARE_ID, ("usb:12d1",), 4, "", ""),
        "hytera-address-norsat-international-inc": (Kind.MAC, ("70:b3:d5:0a:e",), 2, "2017-07-20", ""),
        "quectel-usb-quectel-uc20": (Kind.HARDWARE_ID, ("usb:05c6:9003",), 3, "", ""),
        "tp-link-systems-address-tp-link-systems-inc": (Kind.MAC, ("04:0f:66",), 4, "", ""),
        "tp-link-systems-address-tp-link-systems-inc-formerly-tp-link-corporation-limited": (
            Kind.MAC,
            ("00:31:92",),
            4,
            "",
            "",
        ),
    }


def test_a_look_alike_is_a_counterexample() -> None:
    """A look-alike is never taken, and stands among the counterexamples of whom it looks like."""
    built = _built()
    assert built["huawei-address-huawei-technologies-co-ltd"].counterexamples == ("0c:da:41:5a:17:c3",)
    assert built["autel-robotics-address-autel-robotics-usa-llc"].counterexamples == ("70:b3:d5:87:c5:a1",)
    assert built["huawei-oid-huawei-technology-co-ltd"].counterexamples == ("1.3.6.1.4.1.25506.2.1",)


def test_names_that_nobody_has_judged_are_told() -> None:
    """A registrant that bears a party's name and stands nowhere is told, and so is a name that no list prints."""
    report = blocks.build(_snapshots(), KNOWN, PARTIES)
    assert report.unknown == ["ieee: Huawei Tomorrow Ltd."]
    assert report.unused == ["ieee: Gone Ltd."]
    assert "00:00:aa" not in {value for block in _built().values() for value in block.patterns}


def test_what_is_written_is_what_was_built(tmp_path: Path) -> None:
    """A generated file reads back as its blocks, names the version and day of each list, and has no long line."""
    report = blocks.build(_snapshots(), KNOWN, PARTIES)
    for name, text in writing.files(report, _snapshots()).items():
        (tmp_path / name).write_text(text, encoding="utf-8")
        assert yamlfile.parse(text, tuple[Indicator, ...]) == tuple(report.indicators[name.removesuffix(".yaml")])
        assert text.startswith("# SPDX-License-Identifier: Apache-2.0\n# Generated by `python -m registries build`")
        assert "\n#   IEEE MA-L, MA-M and MA-S: oui-data 2.1.9, as of 2026-07-31\n" in text or name == "quectel.yaml"
    assert writing.changes(tmp_path, report) == []


def test_a_prefix_that_changed_hands_is_told(tmp_path: Path) -> None:
    """What is new, gone or another's since the last build is told with both registrants."""
    report = blocks.build(_snapshots(), KNOWN, PARTIES)
    for name, text in writing.files(report, _snapshots()).items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    moved = NEWEST.replace("Autel Robotics USA LLC", "Bytedance").replace('"001882"', '"001883"')
    later = blocks.build([_snapshot("ieee", moved), *_snapshots()[1:]], KNOWN, PARTIES)
    assert writing.changes(tmp_path, later) == [
        "gone   00:18:82  huawei (HUAWEI TECHNOLOGIES CO.,LTD / Huawei Technologies Co., Ltd.)",
        "new    00:18:83  huawei (HUAWEI TECHNOLOGIES CO.,LTD / Huawei Technologies Co., Ltd.)",
        "moved  ec:5b:cd:e  autel-robotics (Autel Robotics USA LLC) -> bytedance (Bytedance)",
    ]


@pytest.mark.parametrize("file", GENERATED, ids=lambda file: file.stem)
def test_a_generated_file_is_as_build_writes_it(file: Path) -> None:
    """Nobody has edited a generated file: written anew from its own blocks it is the same, below its head."""
    text = file.read_text(encoding="utf-8")
    head, _, body = text.partition("\n\n")
    indicators = yamlfile.parse(text, tuple[Indicator, ...])
    assert writing.text(indicators, []).partition("\n\n")[2] == body
    assert head.splitlines()[1] == "# Generated by `python -m registries build`; do not edit. From:"
    assert all(", as of 20" in line for line in head.splitlines()[2:])
    assert {one.party for one in indicators} == {file.stem}
    assert max(map(len, text.splitlines())) <= writing.WIDTH


def test_no_value_is_of_two_parties() -> None:
    """No prefix belongs to two parties at one time, nor lies inside a prefix of another party."""
    every = [one for file in GENERATED for one in yamlfile.read(file, tuple[Indicator, ...])]
    held = Counter((one.kind, value) for one in every if not one.valid_until for value in one.patterns)
    assert [key for key, count in held.items() if count > 1] == []
    macs = {digits(value): one.party for one in every if one.kind is Kind.MAC for value in one.patterns}
    inside = {value: macs.get(value[:6]) for value in macs if len(value) > 6}
    assert {value for value, outer in inside.items() if outer not in {None, macs[value]}} == set()


def test_the_names_are_parties_of_the_register(register: Register) -> None:
    """Every name leads to a party of the register, once, and an unverified tie calls for no more than a look."""
    parties = register.parties
    known = blocks.names()
    assert {one.party for one in known.registrants} <= parties.keys()
    assert {party for one in known.lookalikes for party in one.of} <= parties.keys()
    keys = [(one.registry, one.registrant, one.device) for one in known.registrants]
    assert len(set(keys)) == len(keys)
    for one in known.registrants:
        assert one.level <= 2 or one.grade is not Grade.UNVERIFIED, one.registrant
        assert not one.product or one.product in {product.id for product in parties[one.party].products}, one.registrant


@pytest.mark.parametrize(
    ("address", "party"),
    [
        ("00:18:82:01:02:03", "huawei"),
        ("9C-8E-CD-26-6A-00", "amcrest"),
        ("ec5bcde12345", "autel-robotics"),
        ("EC:5B:CD:F1:23:45", ""),
        ("02:18:82:01:02:03", ""),
        ("70:b3:d5:87:c0:01", ""),
        ("0cda.4100.0001", ""),
    ],
)
def test_addresses_find_their_party(address: str, party: str) -> None:
    """An address in a block finds its party in every way of writing; neighbours, local ones and look-alikes find nobody."""
    index = compile_index([one for file in GENERATED for one in yamlfile.read(file, tuple[Indicator, ...])])
    found = {index.indicators[position].party for position in meet(index.tables[Kind.MAC], address)}
    assert found == ({party} if party else set())


def test_a_fetched_folder_is_read(tmp_path: Path) -> None:
    """What `fetch` leaves is read with its versions and days, newest first in a registry, with what is recorded by hand."""
    (tmp_path / "new.json").write_text(NEWEST, encoding="utf-8")
    (tmp_path / "old.txt").write_text(OLDER, encoding="utf-8")
    (tmp_path / sources.FETCHED).write_text(
        """[{"id": "ieee-2020", "version": "0.8.0", "day": "2020-06-22", "file": "old.txt"},
            {"id": "ieee", "version": "2.1.9", "day": "2026-07-31", "file": "new.json"}]""",
        encoding="utf-8",
    )
    found = [(one.source.id, one.version, one.day) for one in sources.snapshots(tmp_path)]
    assert found == [("ieee", "2.1.9", "2026-07-31"), ("ieee-2020", "0.8.0", "2020-06-22"), ("iana", "", "2024-08-31")]
    (tmp_path / sources.FETCHED).write_text("{", encoding="utf-8")
    with pytest.raises(sources.PackageError, match="is not what"):
        sources.snapshots(tmp_path)


def test_lists_are_taken_out_of_archives(tmp_path: Path) -> None:
    """The list is taken out of a package of npm, of PyPI and of Debian; one that lacks it is a fault with its name."""
    package, wheel = tmp_path / "oui-data-2.1.9.tgz", tmp_path / "netaddr-1.3.0-py3-none-any.whl"
    with tarfile.open(package, "w:gz") as tar:
        member = tarfile.TarInfo("./package/index.json")
        member.size = 2
        tar.addfile(member, io.BytesIO(b"{}"))
    with zipfile.ZipFile(wheel, "w") as archive:
        archive.writestr("netaddr/eui/oui.txt", OLDER)
    assert sources._members(package)("package/index.json") == b"{}"
    assert sources._members(wheel)("netaddr/eui/oui.txt") == OLDER.encode()
    with pytest.raises(sources.PackageError, match=r"oui-data-2\.1\.9\.tgz has no other"):
        sources._members(package)("other")


def test_no_code_names_a_host() -> None:
    """The script asks for packages by their names: it names no host."""
    for file in (ROOT / "registries").glob("*.py"):
        assert "://" not in file.read_text(encoding="utf-8"), file.name


def test_sources_are_told_with_their_licence() -> None:
    """Every source names the address of its registry and its licence, and stands in NOTICE."""
    notice = (ROOT / "NOTICE").read_text(encoding="utf-8")
    for one in sources.sources():
        assert isinstance(one, Source)
        assert one.licence
        assert one.address in notice, one.id
