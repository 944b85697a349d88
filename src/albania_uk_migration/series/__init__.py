"""Series of figures: returns and arrivals by year, stated changes, money, and a timeline.

Begin with `returns`. `stated` has arrivals, changes and funding, and `timeline` what was said and
done by date. `lookup` finds figures by their keys, `known` gives the tables as they were known on a
day, and `grouping` groups figures that make the same claim.

Uses official, claims, citing, rules, tables, wording and errors.
"""
