# SPDX-License-Identifier: Apache-2.0
"""What the first who asks would wait for, had before anybody asks: the register, the templates, and what is known of today.

Nothing is made that was not made before: a view that nobody has asked for is made for whoever does.
"""

from __future__ import annotations

import contextlib
import logging
import threading
from typing import TYPE_CHECKING

from debar.errors import DebarError
from debar.model.portfolio import Clock
from debar.portfolio import estates, tenants, views
from debar.portfolio.register_of import register_of
from debar.web import here
from debar.web.pages import showing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.portfolio.databases import Portfolio

LOG = logging.getLogger("debar.web")


@contextlib.contextmanager
def warmed(portfolio: Portfolio) -> Iterator[None]:
    """Have the templates ready, and fetch what lies in databases while the first requests may come."""
    showing.compiled()
    is_over = threading.Event()
    fetching = threading.Thread(target=fetch, args=(portfolio, is_over), name="warm", daemon=True)
    fetching.start()
    try:
        yield
    finally:
        is_over.set()
        fetching.join()


def fetch(portfolio: Portfolio, is_over: threading.Event) -> None:
    """Have at hand what was kept of today for each organisation; what cannot be had now is had when it is asked for."""
    try:
        for tenant in tenants.listed(portfolio):
            if is_over.is_set():
                return
            with contextlib.suppress(DebarError):
                estate = estates.behind(portfolio, tenant.id)
                register_of(estate)
                with estate.reading() as connection:
                    views.held(connection, estate, Clock(as_of=here.today()))
    except DebarError as e:
        LOG.warning("nothing was fetched before the first request: %s", e.message)
