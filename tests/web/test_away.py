# SPDX-License-Identifier: Apache-2.0
"""A service whose database goes away, and comes back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from served import serving

if TYPE_CHECKING:
    from pathlib import Path

    from postgresql import Server


@pytest.mark.slow
def test_requests_fail_cleanly_and_go_on(postgresql: Server, tmp_path: Path) -> None:
    """While the server of the database is away pages and programs hear 503 and when to ask again; then all is as before."""
    with serving(tmp_path, postgresql.fresh("away", tmp_path / "lake")) as service:
        person, program = service.browser(), service.program()
        paths = (
            (person, "/o/alpha/exposures"),
            (person, "/account"),
            (program, "/api/v1/organisations/alpha/exposures"),
        )
        before = [client.get(path).status_code for client, path in paths]
        assert before == [200, 200, 200]
        postgresql.stop()
        try:
            for client, path in paths:
                for _ in range(3):
                    answer = client.get(path)
                    assert (answer.status_code, answer.headers["retry-after"]) == (503, "5")
                    assert "postgresql" not in answer.text
                    assert ("problem+json" in answer.headers["content-type"]) == (client is program)
        finally:
            postgresql.start()
        assert [client.get(path).status_code for client, path in paths] == before
