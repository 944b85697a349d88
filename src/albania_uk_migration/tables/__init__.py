"""The shipped tables: find them, read them, type their cells, and give rows or frames.

Begin with `access`, which has the public functions. `package` has all tables together, `csv_text`
reads one file, `cells` types a cell and makes a pandas frame, `engines` makes the same table for
polars, pyarrow and DuckDB, `files` finds the files, and `edtf` reads dates.

Uses errors and wording.
"""
