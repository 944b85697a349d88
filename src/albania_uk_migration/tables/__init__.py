"""The shipped tables: found, read, cast by their Table Schema, and handed out as rows or frames.

Begin with `access`, which has the public functions; `package` holds all tables at once, `csv_text`
reads a file of them, `cells` casts a cell and makes a frame, `files` finds where they lie, `edtf`
reads dates, `noted_rows` are rows that answer a question, with what must be known of them.

Uses errors and wording.
"""
