# SPDX-License-Identifier: Apache-2.0
"""What to take out in which order, so that no machine is without protection and what is due first goes first."""
