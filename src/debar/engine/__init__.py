# SPDX-License-Identifier: Apache-2.0
"""Where matching runs: row by row in this process, or in columns. Both give the same hits.

An engine is a function `run(observations, ...) -> Iterator[Hit]`. It is handed the kernel it is to
run, so that it knows nothing about recognition.
"""
