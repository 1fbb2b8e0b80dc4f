# SPDX-License-Identifier: Apache-2.0
"""Pages and an API over the portfolio; FastAPI and uvicorn are imported here alone.

    request ──► security/frame     host, rate of the address, headers, time, what went wrong
                   │
                security/origins   does it come from our own pages?
                   │
                route              pages/ · api/ · health, metrics, calendar · security/doors
                   │ asks for one of: Reading Working Approving Administering SignedIn Operating
                here               who asks, and may they? gives `Here`: caller, estate, clock
                   │
                portfolio/         all that is known and done

A route says what it needs by the type of its first argument, and gets it only if the caller may:

    @router.get("/o/{organisation}/exposures")
    def exposures(here: Reading) -> Response: ...

What goes wrong is raised as an error of `debar.errors`, and told at one place (`errors_shown`): as a page, or as
`application/problem+json` below /api.
"""
