# SPDX-License-Identifier: Apache-2.0
"""The legal position: exposures against provisions, then what to do by when.

`applies.applies` decides one provision for one act, `findings.assess` asks it for every exposure,
`position.positions` says what the findings come to on a day, `plan.plan` what to do about them.
"""
