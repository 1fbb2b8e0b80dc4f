# SPDX-License-Identifier: Apache-2.0
"""Promises about the JSON Schemas that are committed: they are the structs, and real documents fit them."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jsonschema_rs
import msgspec
import pytest
import yaml

from debar import pipeline
from debar.cli.proving import Made
from debar.cli.verifying import Checked
from debar.model import intake
from debar.model.inventory import Calibration, Embedding, FieldLayout, Indicator, Layout, LineLayout
from debar.model.lexicon import ActPattern, Clutter, Language, Outlet, Words
from debar.model.measures import Authority, Calendar, Document, Form, Measure, Organisation, Party
from debar.model.protected import Protector, Removal, StateField
from debar.model.results import Case, Comparison, Explanation, History, Plan, Report
from debar.model.screened import Screening
from debar.model.vocab import AddresseeKind
from debar.obligations.explain import explain
from debar.obligations.question import Question
from debar.register.folders import part

if TYPE_CHECKING:
    from collections.abc import Callable

    from debar.register import Register

ROOT = Path(__file__).parents[1]
SCHEMAS: dict[str, Any] = {
    "docs/reference/report.schema.json": Report,
    "docs/reference/explanation.schema.json": Explanation,
    "docs/reference/plan.schema.json": Plan,
    "docs/reference/screening.schema.json": Screening,
    "docs/reference/history.schema.json": History,
    "docs/reference/comparison.schema.json": Comparison,
    "docs/reference/proof.schema.json": Made,
    "docs/reference/verdict.schema.json": Checked,
    "docs/reference/reading.schema.json": intake.Reading,
    "docs/reference/watched.schema.json": intake.Watched,
    "docs/reference/choice.schema.json": intake.Chosen,
    "register/schema/act-pattern.schema.json": tuple[ActPattern, ...],
    "register/schema/authority.schema.json": Authority,
    "register/schema/calendar.schema.json": Calendar,
    "register/schema/calibration.schema.json": tuple[Calibration, ...],
    "register/schema/case.schema.json": tuple[Case, ...],
    "register/schema/clutter.schema.json": tuple[Clutter, ...],
    "register/schema/document.schema.json": Document,
    "register/schema/embedding.schema.json": tuple[Embedding, ...],
    "register/schema/form.schema.json": Form,
    "register/schema/indicator.schema.json": tuple[Indicator, ...],
    "register/schema/field-layout.schema.json": FieldLayout,
    "register/schema/language.schema.json": Language,
    "register/schema/layout.schema.json": Layout,
    "register/schema/line-layout.schema.json": LineLayout,
    "register/schema/measure.schema.json": Measure,
    "register/schema/organisation.schema.json": Organisation,
    "register/schema/outlet.schema.json": tuple[Outlet, ...],
    "register/schema/party.schema.json": Party,
    "register/schema/protector.schema.json": tuple[Protector, ...],
    "register/schema/removal.schema.json": tuple[Removal, ...],
    "register/schema/state-field.schema.json": tuple[StateField, ...],
    "register/schema/words.schema.json": tuple[Words, ...],
}
"""File -> what one document of the kind holds; indicators and cases stand many in a file."""
FOLDERS = {
    "authorities": "authority",
    "calendars": "calendar",
    "calibration": "calibration",
    "cases": "case",
    "documents": "document",
    "embeddings": "embedding",
    "forms": "form",
    "indicators": "indicator",
    "layouts": "layout",
    "layouts/fields": "field-layout",
    "layouts/lines": "line-layout",
    "lexicon/acts": "act-pattern",
    "lexicon/clutter": "clutter",
    "lexicon/languages": "language",
    "lexicon/outlets": "outlet",
    "lexicon/words": "words",
    "measures": "measure",
    "parties": "party",
    "protection": "protector",
    "protection/removals": "removal",
    "protection/states": "state-field",
}
QUESTION = Question(
    organisation=Organisation(name="us/company", jurisdictions=("us",), kinds=(AddresseeKind.COMPANY,)),
    as_of="2024-10-01",
    known_on="",
)


def schema(kind: Any) -> dict[str, Any]:
    """Give the JSON Schema of a type."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **msgspec.json.schema(kind)}


def faults(kind: Any, document: object) -> list[str]:
    """Give what does not fit the schema of a type, with its place."""
    validator = jsonschema_rs.validator_for(schema(kind))
    return [f"{'/'.join(map(str, e.instance_path))}: {e.message}" for e in validator.iter_errors(document)]


@pytest.mark.parametrize("name", sorted(SCHEMAS))
def test_a_schema_is_up_to_date(name: str, accepted: Callable[[Path, str], None]) -> None:
    """The committed schema is the one that the structs amount to."""
    accepted(ROOT / name, json.dumps(schema(SCHEMAS[name]), indent=2, ensure_ascii=False) + "\n")


@pytest.mark.parametrize("name", sorted(SCHEMAS))
def test_a_schema_is_a_schema(name: str) -> None:
    """Every schema is itself valid."""
    assert jsonschema_rs.meta.is_valid(schema(SCHEMAS[name]))


def test_a_report_fits_its_schema(register: Register, monkeypatch: pytest.MonkeyPatch) -> None:
    """The report on the demo estate is what the schema describes."""
    monkeypatch.chdir(ROOT)
    report = pipeline.scan(["examples/estate"], register, QUESTION)
    assert report.exposures and report.findings and report.obligations
    assert [] == faults(Report, json.loads(msgspec.json.encode(report)))


def test_an_explanation_fits_its_schema(register: Register) -> None:
    """What the register says about its supplier is what the schema describes."""
    explanation = explain("kaspersky", "endpoint-security", register, QUESTION)
    assert [] == faults(Explanation, json.loads(msgspec.json.encode(explanation)))


class EditorsYaml(yaml.SafeLoader):
    """YAML 1.2 as editors read it, whose only guesses are numbers, true, false and null."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012 - PyYAML's own way


for first, tag, pattern in (
    ("tf", "bool", "true|false"),
    ("-0123456789", "int", "-?[0-9]+"),
    ("-.0123456789", "float", r"-?[0-9]*\.[0-9]+"),
    ("~n", "null", "~|null"),
):
    EditorsYaml.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(rf"^(?:{pattern})$"), list(first))


@pytest.mark.parametrize("folder", sorted(FOLDERS))
def test_register_files_fit_their_schema(folder: str) -> None:
    """Every file of the register fits, as an editor reads it that completes from the schema."""
    kind = SCHEMAS[f"register/schema/{FOLDERS[folder]}.schema.json"]
    home = ROOT / "register"
    top = home / folder.partition("/")[0]
    files = [file for file in sorted(top.rglob("*.yaml")) if part(file.relative_to(home)) == folder]
    assert files
    wrong = {}
    for file in files:
        document = yaml.load(file.read_text(encoding="utf-8"), Loader=EditorsYaml)
        if found := faults(kind, document):
            wrong[file.name] = found[:3]
    assert {} == wrong


def test_a_schema_refuses_what_the_structs_refuse() -> None:
    """Unknown fields and unknown words do not fit."""
    known: dict[str, object] = {"name": "A", "jurisdictions": ["us"], "kinds": ["company"]}
    assert [] == faults(Organisation, known)
    assert 1 == len(faults(Organisation, {**known, "staff": 3}))
    assert 1 == len(faults(Organisation, {**known, "kinds": ["baker"]}))
    assert 1 == len(faults(Organisation, {"name": "A", "jurisdictions": ["us"]}))
