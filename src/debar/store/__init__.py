# SPDX-License-Identifier: Apache-2.0
"""History: runs, exposures, decisions and obligations over time; imported only where a verb names a store."""
