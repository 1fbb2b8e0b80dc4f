# SPDX-License-Identifier: Apache-2.0
"""Lines and fields of logs: headers, times, and what the layouts of the register know."""
