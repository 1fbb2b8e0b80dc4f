# SPDX-License-Identifier: Apache-2.0
"""Matching in one organisation: its address is what a screening client is given as that of its service."""

from __future__ import annotations

from debar.model.named import Catalog, Entity, MatchQuery, MatchResponse, SearchResponse
from debar.web.api import named
from debar.web.api.declared import Operations
from debar.web.api.listed import REGISTER
from debar.web.here import Reading


def declare(operations: Operations) -> None:
    """Declare the operations."""

    @operations.post("/match/{dataset}", status=200, is_lenient=True)
    def match_names(here: Reading, dataset: str, asked: named.MatchOptions, sent: MatchQuery) -> MatchResponse:
        """Say whom names may mean, of a list: register, or the id of an upload; in the words of yente."""
        return named.matched(here.estate, dataset, sent, asked)

    @operations.get("/search/{dataset}", has_days=False)
    def search_names(here: Reading, dataset: str, asked: named.SearchOptions) -> SearchResponse:
        """Search a list for a name, in the words of yente."""
        return named.searched(here.estate, dataset, asked)

    @operations.get("/entities/{entity}", has_days=False)
    def read_entity(here: Reading, entity: str) -> Entity:
        """Give a party of the register, in the words of yente."""
        return named.entity(here.estate, REGISTER, entity)

    @operations.get("/catalog", has_days=False)
    def read_catalog(here: Reading) -> Catalog:
        """List the lists that can be asked, in the words of yente."""
        return named.catalog(here.estate)
