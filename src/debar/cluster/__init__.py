# SPDX-License-Identifier: Apache-2.0
"""Logs and tables that are looked through by many machines; what is found is read here, as if it had been here.

`learned` finds out which files are sifted and for what, `logs` looks through them in pieces and gives their lines to
the readers, `columns` does so with the rows of files of columns, `tables` reads what only Spark can.
"""
