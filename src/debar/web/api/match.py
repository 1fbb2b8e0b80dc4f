# SPDX-License-Identifier: Apache-2.0
"""Matching for screening clients that know a host alone: the organisation is the one that their key opens."""

from __future__ import annotations

from debar.errors import UsageError
from debar.model.named import Algorithms, Catalog, Entity, MatchQuery, MatchResponse, SearchResponse
from debar.model.vocab.portfolio import Permission
from debar.portfolio import estates
from debar.portfolio.estates import Estate
from debar.web.api import named
from debar.web.api.declared import Operations
from debar.web.api.listed import REGISTER
from debar.web.here import SignedIn, Visit


def declare(operations: Operations) -> None:
    """Declare the operations."""

    @operations.post("/match/{dataset}", status=200, is_lenient=True)
    def match_names_of_key(here: SignedIn, dataset: str, asked: named.MatchOptions, sent: MatchQuery) -> MatchResponse:
        """Say whom names may mean, as yente does, in the organisation that the key opens."""
        return named.matched(_estate(here, asked.organisation), dataset, sent, asked)

    @operations.get("/search/{dataset}")
    def search_names_of_key(here: SignedIn, dataset: str, asked: named.SearchOptions) -> SearchResponse:
        """Search a list for a name, as yente does, in the organisation that the key opens."""
        return named.searched(_estate(here, asked.organisation), dataset, asked)

    @operations.get("/entities/{entity}")
    def read_entity_of_key(here: SignedIn, entity: str, asked: named.Elsewhere) -> Entity:
        """Give a party of the register, as yente does."""
        return named.entity(_estate(here, asked.organisation), REGISTER, entity)

    @operations.get("/catalog")
    def read_catalog_of_key(here: SignedIn, asked: named.Elsewhere) -> Catalog:
        """List the lists that can be asked, as yente does."""
        return named.catalog(_estate(here, asked.organisation))

    @operations.get("/algorithms")
    def list_algorithms(here: SignedIn) -> Algorithms:
        """List how names can be compared, as yente does."""
        del here
        return named.algorithms()


def _estate(here: Visit, organisation: str) -> Estate:
    """Give the organisation that is meant; UsageError where whoever asks is a member of several."""
    if not organisation and len(here.caller.roles) != 1:
        raise UsageError("which organisation is meant is not said", hint="say ?organisation=ID, or send a key of it")
    return estates.entered(here.portfolio, here.caller, organisation or next(iter(here.caller.roles)), Permission.READ)
