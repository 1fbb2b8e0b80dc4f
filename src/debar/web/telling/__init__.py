# SPDX-License-Identifier: Apache-2.0
"""People and programs are told what happened: signed requests to addresses of the web, and mail.

what happened ──► rows that wait (portfolio/telling) ──► posting.py a signed request  ──► what came of it
                                                     └─► mailing.py one mail a day    ──┘
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from debar.model.vocab.telling import HookKind
from debar.portfolio import telling
from debar.web.telling import mailing, posting

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from debar.portfolio.databases import Portfolio
    from debar.portfolio.estates import Estate
    from debar.portfolio.telling import Outgoing

_AT_ONCE = 8
"""Messages that are on their way at the same time: one that nobody takes keeps the others from nothing."""
_MOST = 400
"""Messages of one job; what is left comes with the next."""


def work(portfolio: Portfolio, estate: Estate, _about: str, told: Callable[[int, int, str], None]) -> tuple[str, str]:
    """Tell what there is to tell of an organisation; give ("", what came of it)."""
    telling.gather(portfolio, estate)
    groups = list(telling.by_hook(telling.claim(estate, _MOST)))
    arrived = failed = 0

    def sent(group: Sequence[Outgoing]) -> tuple[Sequence[Outgoing], posting.Answer]:
        if group[0].kind is HookKind.WEB:
            return group, posting.post(estate, group[0], portfolio.means)
        return group, mailing.mail(estate, group, portfolio.means)

    with ThreadPoolExecutor(_AT_ONCE) as pool:
        for number, (group, answer) in enumerate(pool.map(sent, groups)):
            telling.settle(estate, [one.told for one in group], answer.says, is_told=answer.arrived)
            if answer.is_gone:
                telling.stop(estate, group[0].told.hook, answer.says)
            arrived, failed = arrived + answer.arrived, failed + (not answer.arrived)
            told(number + 1, len(groups), "telling")
    return "", f"{arrived} messages arrived" + (f", {failed} did not" if failed else "")
