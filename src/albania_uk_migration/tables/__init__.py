"""The shipped tables: find them, read them, type their cells, and give rows or frames.

Begin with `access`, which has the public functions. `package` has all tables together, `csv_text`
reads one file, `cells` types a cell and makes a frame, `files` finds the files, and `edtf` reads
dates.

Uses errors and wording.
"""
