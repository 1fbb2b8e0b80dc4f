# SPDX-License-Identifier: Apache-2.0
"""PLANNING: in which order what must go goes, without leaving a machine bare.

going.py      which exposures go, by when, and which are kept, with the reason
shelter.py    what protects a machine when its product is gone
jobs.py       what goes, machine by machine: what comes first, what is put together
scheduling.py jobs to working days under a capacity, and the same for others
steps.py      jobs to steps, with what comes before each
waves.py      steps to waves
template.py   the elements that laws want in a plan, filled from the evidence
plan.py       all of it, from a report to a plan
"""
