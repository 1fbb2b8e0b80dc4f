# SPDX-License-Identifier: Apache-2.0
"""Steps of the common database; none is ever changed or undone."""
