# SPDX-License-Identifier: Apache-2.0
"""The words of the law and of evidence, each with its definition and its border to the neighbour.

Values are never renamed or removed: reports and registers out there carry them.
"""

from debar.model.vocab.acts import DUTIES, LASTING, SETTLES, Act, AddresseeKind
from debar.model.vocab.evidence import (
    Cause,
    Health,
    Held,
    Kind,
    Looked,
    Meaning,
    Medium,
    Operator,
    Presence,
    Validity,
    Verdict,
)
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
    State,
    Status,
)
from debar.model.vocab.names import Likeness, NameKind, NameRelation
from debar.model.vocab.parties import Category, OriginTest, RelationKind, Tie
from debar.model.vocab.planned import Shelter, Task

__all__ = [
    "DUTIES",
    "LASTING",
    "SETTLES",
    "Act",
    "AddresseeKind",
    "Category",
    "Cause",
    "Change",
    "Effect",
    "Force",
    "Grade",
    "Halt",
    "Health",
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
    "Presence",
    "RelationKind",
    "Shelter",
    "State",
    "Status",
    "Task",
    "Tie",
    "Validity",
    "Verdict",
]
