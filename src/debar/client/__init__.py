# SPDX-License-Identifier: Apache-2.0
"""A client of the API of `debar serve`: typed methods that give the nouns of debar.

    from debar.client import Client

    with Client("https://debar.example.org", key) as client:
        for exposure in client.exposures(status="prohibited"):
            print(exposure.asset, exposure.due)

calling.py asks and asks again · problems.py tells what went wrong · addresses.py reads and writes addresses · sending.py sends and
fetches files · organised.py knows the organisation ·
asking.py puts the client together of its methods: found.py what is there, worked.py what is sent, decided.py what people decide,
lawful.py law and names, told.py who is told, people.py who may · asked.py types what lists can be asked
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from debar.client.asking import Client
    from debar.client.problems import ProblemError

__all__ = ["Client", "ProblemError"]


def __getattr__(name: str) -> object:
    """Give what is asked for; httpx2 is imported only then."""
    if name == "Client":
        from debar.client.asking import Client

        return Client
    if name == "ProblemError":
        from debar.client.problems import ProblemError

        return ProblemError
    raise AttributeError(name)
