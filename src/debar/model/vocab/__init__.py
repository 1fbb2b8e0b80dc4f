# SPDX-License-Identifier: Apache-2.0
"""The words of the law and of evidence, each with its definition and its border to the neighbour.

Values are never renamed or removed: reports and registers out there carry them.
"""

from debar.model.vocab.acts import DUTIES, Act, AddresseeKind
from debar.model.vocab.evidence import Held, Kind, Looked, Meaning, Medium, Operator, Verdict
from debar.model.vocab.law import (
    Change,
    Effect,
    Force,
    Grade,
    Halt,
    Instrument,
    MeasureStatus,
    Milestone,
    Modality,
    Status,
)
from debar.model.vocab.names import Likeness, NameKind, NameRelation
from debar.model.vocab.parties import Category, OriginTest, RelationKind, Tie

__all__ = [
    "DUTIES",
    "Act",
    "AddresseeKind",
    "Category",
    "Change",
    "Effect",
    "Force",
    "Grade",
    "Halt",
    "Held",
    "Instrument",
    "Kind",
    "Likeness",
    "Looked",
    "Meaning",
    "MeasureStatus",
    "Medium",
    "Milestone",
    "Modality",
    "NameKind",
    "NameRelation",
    "Operator",
    "OriginTest",
    "RelationKind",
    "Status",
    "Tie",
    "Verdict",
]
