# SPDX-License-Identifier: Apache-2.0
"""The client: a method for each thing that people and programs ask of a service, put together from its parts."""

from __future__ import annotations

from debar.client.decided import Decided
from debar.client.found import Found
from debar.client.lawful import Lawful
from debar.client.people import People
from debar.client.told import Hearing
from debar.client.worked import Worked


class Client(Found, Worked, Decided, Lawful, Hearing, People):
    """A service, asked with a key; the organisation is the one that the key opens, unless another is named.

    Lists are iterators over all pages; their keyword arguments are the parameters that the document of the API names, such as
    `status="prohibited"` or `as_of="2027-01-31"`. ProblemError tells what the service refuses. What no key may, such as to approve
    what somebody asks for, is asked by a person: `Client(url).sign_in(email, password)`.
    """
