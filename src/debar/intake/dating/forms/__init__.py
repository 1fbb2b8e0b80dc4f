# SPDX-License-Identifier: Apache-2.0
"""The forms in which texts write dates, one row each. Earlier rows win over later ones at the same place."""

from __future__ import annotations

from debar.intake.dating.forms.bare import BARE
from debar.intake.dating.forms.counted import COUNTED
from debar.intake.dating.forms.days import DAYS
from debar.intake.dating.forms.periods import PERIODS
from debar.intake.dating.forms.row import PARTS, Form
from debar.intake.dating.forms.seen import SEEN

__all__ = ["FORMS", "PARTS", "Form"]

FORMS = (*DAYS, *PERIODS, *COUNTED, *SEEN, *BARE)
