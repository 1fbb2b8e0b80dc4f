# SPDX-License-Identifier: Apache-2.0
"""A database of an older debar, or an empty one, becomes one of this: every step that is missing, in one transaction."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from alembic.config import Config
from alembic.runtime.environment import EnvironmentContext
from alembic.script import ScriptDirectory

if TYPE_CHECKING:
    import sqlalchemy as sa


class Steps(NamedTuple):
    """The steps of some tables, and the table that tells how far they were taken."""

    folder: Path
    version: str = "alembic_version"


HISTORY = Steps(Path(__file__).with_name("migrations"))


def upgrade(connection: sa.Connection, steps: Steps = HISTORY) -> None:
    """Run the missing steps within the transaction of a connection, which must hold the lock of writers."""
    # Without env.py: the connection is ours already, and there is nothing to configure.
    script = _script(steps)

    def missing(revision: Any, _context: Any) -> Any:  # noqa: ANN401 - as Alembic hands them on
        return script._upgrade_revs("head", revision)  # noqa: SLF001 - what alembic.command.upgrade itself calls

    with EnvironmentContext(Config(), script, fn=missing) as context:
        context.configure(connection=connection, version_table=steps.version)
        context.run_migrations()


def known(steps: Steps = HISTORY) -> frozenset[str]:
    """Give the revisions that there are steps for."""
    return frozenset(step.revision for step in _script(steps).walk_revisions())


def _script(steps: Steps) -> ScriptDirectory:
    return ScriptDirectory(steps.folder, version_locations=[steps.folder])
