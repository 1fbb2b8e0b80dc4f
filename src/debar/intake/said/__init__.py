# SPDX-License-Identifier: Apache-2.0
"""Who says what: quotations, speakers, and which utterances are one."""
