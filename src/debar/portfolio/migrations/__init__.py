# SPDX-License-Identifier: Apache-2.0
"""Steps from one schema of the portfolio to the next: those of the common database, and those of the databases of organisations."""
