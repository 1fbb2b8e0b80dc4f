# SPDX-License-Identifier: Apache-2.0
"""Public registries of hardware addresses, USB and PCI vendors and SNMP enterprises, to indicators of the register."""
