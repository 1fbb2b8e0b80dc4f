# SPDX-License-Identifier: Apache-2.0
"""What protects an asset beside the products that are to go."""

from __future__ import annotations

from debar.model.results.found import Result
from debar.model.vocab import Health


class Protection(Result, frozen=True, kw_only=True):
    """A product of somebody else that protects an asset, with what it reports of itself."""

    asset: str
    product: str
    """Id of the register's list of products that protect."""
    name: str
    state: Health
    says: tuple[str, ...]
    """What the source says of its state, as "field=value"; empty where it only names the product."""
    as_of: str
    """When that was so, as the source tells; empty when it does not."""
    source: str
    locator: str
