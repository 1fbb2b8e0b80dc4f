# SPDX-License-Identifier: Apache-2.0
"""Steps from one schema of the ledger to the next; Alembic runs them in order, and none is ever changed or undone."""
