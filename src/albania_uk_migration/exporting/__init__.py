"""Write the tables in the forms that other programs open: databases, spreadsheets, JSON, archives.

Every form has the rows of `answers.derived.rows_of`, typed by one Table Schema.
"""
