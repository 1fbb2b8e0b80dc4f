# SPDX-License-Identifier: Apache-2.0
"""What the columns of an unknown table carry, guessed from their names and from what stands in them.

A guess is made for two kinds of table only, purchases and installed software, and only when the columns
that make such a table are all there: a list of sanctioned companies also has names in it, and nobody bought
anything. A guess is always told; the user corrects it by naming the columns.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, NamedTuple

from debar.model.inventory import Layout
from debar.model.vocab import Kind, Meaning, Medium
from debar.readers.tables.table_columns import BLANK, GIVEN, HEADER_ROWS, cell
from debar.text import fold
from debar.text import header as folded

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

SAMPLE = 200
"""Rows that are looked at."""
FEWEST = 3
"""Rows below which nothing is guessed."""
_MOST = 0.8
"""Share of a column's cells that must look alike."""
GUESSED = "guessed"
"""Id of the layouts that are made here."""
ROLES = (*Kind, "asset", "label", "version", "date")
"""What a user can call a column."""

_WORDS = {
    "supplier": """supplier suppliers vendor vendors payee payees creditor creditors merchant beneficiary recipient
        contractor seller reseller lieferant lieferanten kreditor zahlungsempfänger auftragnehmer fournisseur fournisseurs
        begünstigter begünstigte zahlungspflichtiger zahlungspflichtige zahlungsbeteiligter empfänger auftraggeber anbieter
        vertragspartner händler counterparty kontrahent kred wer tiers bénéficiaire titulaire proveedor proveedores acreedor
        beneficiario adjudicatario fornitore fornitori creditore leverancier leveranciers fornecedor credor dostawca
        leverantör leverandør toimittaja dodavatel furnizor tedarikçi поставщик контрагент постачальник 供应商 供應商 仕入先 取引先 공급업체
        거래처""",
    "purchase": """description narrative details item items purpose expenditure goods services memo beschreibung
        bezeichnung verwendungszweck verwendung artikel gegenstand leistung was subject text txt désignation libellé objet
        descripción concepto objeto descrizione oggetto omschrijving descrição opis beskrivning beskrivelse kuvaus popis
        описание предмет 品名 摘要 说明 說明 품명""",
    "sku": """sku mpn partnumber partno itemnumber itemcode articlenumber artikelnummer referencia référence""",
    "amount": """wieviel netto brutto amount total value net gross spend cost price sum paid betrag summe preis wert
        montant prix coût importe precio importo prezzo bedrag prijs valor preço kwota cena belopp beløb summa částka suma
        tutar сумма цена 金额 金額 금액""",
    "date": """wann buchungstag date day period month datum tag fecha data jour giorno dzień dato päivä tarih дата 日期 日付
        날짜""",
    "name": """software program programs programme application applications app apps product title displayname package
        anzeigename programmname anwendung logiciel programma aplicación aplicación aplikacja 软件 軟體 소프트웨어""",
    "version": "version release build versie versión versione wersja версия 版本 バージョン 버전",
    "publisher": """publisher manufacturer maker maintainer maintainers company developer author brand vendor hersteller
        herausgeber éditeur fabricant fabricante editor produttore uitgever fabrikant producent utgivare производитель
        издатель 发布者 厂商""",
    "address": """address street city town postcode zip zipcode country phone telephone email iban vat taxid duns strasse straße
        ort plz land telefon adresse rue ville pays dirección ciudad indirizzo città adres plaats адрес 地址 住所 주소""",
    "asset": """host hostname computer computername device devicename machine machinename endpoint server asset workstation
        rechner gerät ordinateur poste equipo computadora macchina""",
}


def _spelt(word: str) -> tuple[str, str]:
    """Give a word of a header, also with its umlauts as banks write them: a, o or u with an e behind it."""
    return folded(word), unicodedata.normalize("NFD", folded(word)).replace("\u0308", "e")


WORDS_OF_ROLES = {
    role: frozenset(form for word in words.split() for form in _spelt(word)) for role, words in _WORDS.items()
}
"""What columns of each role are called, compared without case, spaces and punctuation."""
_SEVERAL = ("supplier", "purchase", "publisher")
"""Roles that several columns of a table can have: who paid and who was paid stand side by side in bank exports."""
_ABOUT = "type typ art category kategorie group gruppe class status code currency id bic"
_ASIDE = WORDS_OF_ROLES["address"].union(_ABOUT.split())
"""Words that make a further column one about a party, and not the party itself: Supplier Type, Vendor Country."""
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")
TOLD, TOLD_NAME = 8, 40
"""Columns that were not used and are told by name, and characters of such a name."""
_SHAPES = (
    (Kind.PURL, re.compile(r"pkg:[a-z][a-z0-9.+-]*/.+")),
    (Kind.CPE, re.compile(r"cpe:(?:2\.3:|/)[aho]:.+", re.IGNORECASE)),
    (Kind.MAC, re.compile(r"(?:[0-9a-f]{2}[:-]){5}[0-9a-f]{2}", re.IGNORECASE)),
    (Kind.PRODUCT_CODE, re.compile(r"\{[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\}", re.IGNORECASE)),
    (Kind.PATH, re.compile(r"[A-Za-z]:\\.+|/(?:opt|usr|Applications)/.+")),
)
"""Columns that are told from their cells alone."""
_NUMBER = re.compile(r"[(-]?\s*[£$€¥]?\s*-?\d{1,3}(?:[ ,.'\u00a0]?\d{3})*(?:[.,]\d{1,4})?\s*[£$€¥]?\)?")
_DATE = re.compile(r"\d{1,4}[-/. ](?:\d{1,2}|[A-Za-z]{3,9})[-/. ]\d{1,4}(?:[ T].*)?|[12]\d{7}")
_VERSION = re.compile(r"v?\d+(?:\.\d+){1,5}[\w.+~-]*")


class Guess(NamedTuple):
    """A layout made for one table."""

    layout: Layout
    header: int
    """Row of the header, from 1."""
    unused: tuple[str, ...] = ()
    """Columns with words in them that the layout takes nothing from."""


def guess(rows: Sequence[Sequence[str]]) -> Guess | None:
    """Give what the columns of a table carry by the first of its rows; nothing when it is no table of a known kind."""
    for number, names in enumerate(rows[:HEADER_ROWS], 1):
        below = [row for row in rows[number : number + SAMPLE] if any(map(str.strip, row))]
        if not _is_header(names, below):
            continue
        roles = roles_of(names, below)
        layout = _software(names, roles, below) or _purchases(names, roles)
        return Guess(layout, number, _unused(layout, names, below)) if layout else None
    return None


def given(columns: Sequence[tuple[str, str]]) -> Layout:
    """Give the layout that a user's (role, column) pairs amount to; a role is a kind of observable, or asset, label ..."""
    kinds = {role for role, _ in columns}
    is_purchase = not kinds.isdisjoint({Kind.SUPPLIER, Kind.PURCHASE, Kind.SKU})
    return _layout(
        GIVEN,
        columns,
        medium=Medium.PURCHASES if is_purchase else Medium.INVENTORY,
        meaning=Meaning.PURCHASE if is_purchase else Meaning.INSTALLED,
        required=[column for _, column in columns],
    )


def told(guess: Guess) -> str:
    """Give what was guessed and what was left, in words."""
    layout = guess.layout
    parts = [f"{name!r} as {kind}" for kind, names in sorted(layout.columns.items()) for name in names]
    parts += [
        f"{names[0]!r} as {role}" for role in ("asset", "version", "observed_at") if (names := getattr(layout, role))
    ]
    left = [repr(name[:TOLD_NAME]) for name in guess.unused[:TOLD]]
    if len(guess.unused) > TOLD:
        left.append(f"{len(guess.unused) - TOLD} more")
    unused = f"; not used: {', '.join(left)}" if left else ""
    return f"columns were guessed: {', '.join(parts)}{unused}; --columns ROLE=HEADER corrects it"


def _unused(layout: Layout, names: Sequence[str], below: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """Give the columns of words that a layout takes nothing from: a maker may stand there."""
    used = {*layout.asset, *layout.label, *layout.version, *layout.observed_at}.union(*layout.columns.values())
    return tuple(
        name.strip()
        for index, name in enumerate(names)
        if name.strip() and name not in used and _suits("text", _cells(below, index))
    )


def _cells(below: Sequence[Sequence[str]], index: int) -> list[str]:
    """Give what stands in a column."""
    return [value for row in below if (value := cell(row, index)) not in BLANK]


def _is_header(names: Sequence[str], below: Sequence[Sequence[str]]) -> bool:
    """Tell whether a row names columns: different words, and rows of the same width below."""
    filled = [name.strip() for name in names if name.strip()]
    if len(below) < FEWEST or len(filled) < 2 or len(filled) * 2 < len(names):
        return False
    if len({folded(name) for name in filled}) < len(filled) * 0.9 or any(_NUMBER.fullmatch(name) for name in filled):
        return False
    alike = sum(abs(len(row) - len(names)) <= 1 for row in below)
    return alike >= len(below) * _MOST


def roles_of(names: Sequence[str], below: Sequence[Sequence[str]]) -> dict[str, tuple[int, ...]]:
    """Give the columns of each role, best first: by their names, or by their cells where the shape of these is plain."""
    roles: dict[str, tuple[int, ...]] = {}
    for index, name in enumerate(names):
        words = {*fold(_HUMP.sub(" ", name)).split(), folded(name)}
        cells = _cells(below, index)
        for role, known in WORDS_OF_ROLES.items():
            is_further = role in _SEVERAL and words.isdisjoint(_ASIDE)
            if words & known and (role not in roles or is_further) and _suits(role, cells):
                roles[role] = (*roles.get(role, ()), index)
        for kind, shape in _SHAPES:
            if kind not in roles and _share(shape, cells) >= _MOST:
                roles[kind] = (index,)
        # Versions of two numbers look like sums of money.
        is_free = "amount" not in roles and index not in roles.get("version", ())
        if is_free and _share(_NUMBER, cells) >= _MOST and any("." in c or "," in c for c in cells):
            roles["amount"] = (index,)
        if "date" not in roles and _share(_DATE, cells) >= _MOST:
            roles["date"] = (index,)
    return roles


def _suits(role: str, cells: Sequence[str]) -> bool:
    """Tell whether cells can be what their header says: names have letters, amounts and dates digits."""
    if not cells:
        return False
    if role == "amount":
        return _share(_NUMBER, cells) >= _MOST
    if role == "date":
        return sum(any(map(str.isdigit, value)) for value in cells) >= len(cells) * _MOST
    if role == "version":
        return sum(value[:1].isalnum() and any(map(str.isdigit, value)) for value in cells) >= len(cells) * _MOST
    return sum(any(map(str.isalpha, value)) for value in cells) >= len(cells) * 0.5


def _share(shape: re.Pattern[str], cells: Sequence[str]) -> float:
    return sum(shape.fullmatch(value[:500]) is not None for value in cells) / len(cells) if cells else 0.0


def _software(names: Sequence[str], roles: dict[str, tuple[int, ...]], below: Sequence[Sequence[str]]) -> Layout | None:
    """Give a table of installed software: names with versions beside them, or package URLs or CPE names."""
    versions = _cells(below, roles["version"][0]) if "version" in roles else []
    is_list = "name" in roles and _share(_VERSION, versions) >= 0.5 and "amount" not in roles
    if not (is_list or Kind.PURL in roles or Kind.CPE in roles):
        return None
    wanted = ("name", "publisher", "version", "asset", *(kind for kind, _ in _SHAPES))
    pairs = [(role, names[index]) for role in wanted for index in roles.get(role, ())]
    required = [names[roles[role][0]] for role in ("name", "version", Kind.PURL, Kind.CPE) if role in roles]
    return _layout(GUESSED, pairs, medium=Medium.INVENTORY, meaning=Meaning.INSTALLED, required=required)


def _purchases(names: Sequence[str], roles: dict[str, tuple[int, ...]]) -> Layout | None:
    """Give a table of purchases: a seller or what was bought, with an amount and a day; or a list of vendors."""
    is_ledger = "amount" in roles and "date" in roles and not roles.keys().isdisjoint({"supplier", "purchase"})
    # A list of vendors says where they are; a table of codes has a column of that name as well.
    is_master = "supplier" in roles and "address" in roles and "amount" not in roles
    if not (is_ledger or is_master):
        return None
    wanted = ("supplier", "purchase", "sku") if is_ledger else ("supplier",)
    pairs = [(role, names[index]) for role in wanted for index in roles.get(role, ())]
    if "date" in roles:
        pairs.append(("observed_at", names[roles["date"][0]]))
    required = [names[roles[role][0]] for role in ("supplier", "purchase") if role in roles][:1]
    return _layout(GUESSED, pairs, medium=Medium.PURCHASES, meaning=Meaning.PURCHASE, required=required)


def _layout(
    name: str, pairs: Iterable[tuple[str, str]], *, medium: Medium, meaning: Meaning, required: Sequence[str]
) -> Layout:
    roles: dict[str, list[str]] = {}
    for role, column in pairs:
        roles.setdefault("observed_at" if role == "date" else role, []).append(column)
    kinds = {role: tuple(found) for role, found in roles.items() if role in Kind.__members__.values()}
    labels = (*roles.get("label", ()), *(c for kind in ("purchase", "name", "supplier") for c in roles.get(kind, ())))
    return Layout(
        id=name,
        title=f"columns {name}",
        medium=medium,
        meaning=meaning,
        required=tuple((column,) for column in required),
        asset=tuple(roles.get("asset", ())),
        label=labels or tuple(c for found in kinds.values() for c in found),
        version=tuple(roles.get("version", ())),
        observed_at=tuple(roles.get("observed_at", ())),
        columns=kinds,
    )
