# SPDX-License-Identifier: Apache-2.0
"""`python -m bench.logs.with_duckdb LOG NAMES`: how DuckDB counts the look-ups of names and of what lies below them.

The different names first, then every end of each that begins behind a dot, against the list: faster than asking each
row, and than any expression of all names.
"""

from __future__ import annotations

import sys

_COUNT = r"""
with looked as (
    select rtrim(lower(query), '.') as name, count(*) as times
    from read_json(?, format = 'newline_delimited', columns = {query: 'VARCHAR'})
    group by 1
), ends as (
    select name, times, unnest(list_transform(range(1, len(string_split(name, '.')) + 1),
        lambda n: array_to_string(string_split(name, '.')[n:], '.'))) as ending
    from looked
), wanted as (
    select column0 as ending from read_csv(?, header = false, columns = {column0: 'VARCHAR'}, delim = '|')
)
select coalesce(sum(times), 0)::bigint from (select distinct name, times from ends semi join wanted using (ending))
"""


def main() -> None:
    """Print how many rows there are."""
    import duckdb  # not for what else stands in this package

    print(duckdb.connect().execute(_COUNT, sys.argv[1:]).fetchall()[0][0])


if __name__ == "__main__":
    main()
