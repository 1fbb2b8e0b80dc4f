# SPDX-License-Identifier: Apache-2.0
"""What texts say is done: the words of acts, and the dates that belong to them."""
