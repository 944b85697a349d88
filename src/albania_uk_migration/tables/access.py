"""The public functions that hand out tables: as rows, as frames, with what their columns mean."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .cells import Row, frame
from .package import shipped

if TYPE_CHECKING:
    import pandas


def table_names() -> list[str]:
    """Names of the tables, in the order of the data package.

    >>> table_names()[:3]
    ['documents', 'actors', 'populations']
    """
    return list(shipped().resources)


def describe(table: str) -> dict[str, Any]:
    """What a table holds: title, description, number of rows, keys, and each column.

    Returns a dictionary with `name`, `title`, `description`, `path`, `rows`, `primary_key`
    and `columns`, a list of dictionaries with `name`, `type`, `title`, `description` (which
    gives the unit), `example` and, where values are limited, `values` (value to meaning).
    All of it is read from datapackage.json (Data Package v2, Table Schema). Raises
    UnknownNameError for a table that does not exist.

    >>> describe("figures")["primary_key"]
    ['figure_id']
    """
    resource = shipped().resource(table)
    columns = []
    for field in resource["schema"]["fields"]:
        column = {key: field.get(key, "") for key in ("name", "type", "title", "description")}
        column["example"] = field.get("example", "")
        if "categories" in field:
            column["values"] = {item["value"]: item["label"] for item in field["categories"]}
        columns.append(column)
    return {
        "name": resource["name"],
        "title": resource["title"],
        "description": resource["description"],
        "path": resource["path"],
        "rows": resource["rows"],
        "primary_key": list(resource["schema"]["primaryKey"]),
        "columns": columns,
    }


def records(table: str) -> list[Row]:
    """Rows of a table as dictionaries of plain Python values; a missing cell is None.

    Strings, `int`, `bool`, `datetime.date`, and `decimal.Decimal` for numbers, cast by the
    Table Schema. Needs no pandas. The list and the rows are the caller's own. Raises
    UnknownNameError for a table that does not exist, DataFileError for a data file that is
    missing or altered.

    >>> records("figures")[0]["figure_id"]
    'F001'
    """
    return [dict(row) for row in shipped().rows(table)]


def load(table: str) -> pandas.DataFrame:
    """A table as a pandas frame, typed by its Table Schema; the frame is the caller's own.

    Text is `string`, whole numbers `Int64`, numbers `Float64`, truth values `boolean`, dates
    `datetime64`; a missing cell is missing in each. `attrs` holds `title`, `description` and
    `licences`. Raises UnknownNameError for a table that does not exist, DataFileError for a
    data file that is missing or altered.

    >>> load("figures").set_index("figure_id").loc["F011", "value"].item()
    1888.0
    """
    package = shipped()
    resource = package.resource(table)
    loaded = frame(package.rows(table), package.types(table))
    loaded.attrs["title"] = resource["title"]
    loaded.attrs["description"] = resource["description"]
    loaded.attrs["licences"] = [licence["name"] for licence in resource["licenses"]]
    return loaded


def documents() -> pandas.DataFrame:
    """The five source documents: file, publisher, voice, date, fidelity. See `load`."""
    return load("documents")


def actors() -> pandas.DataFrame:
    """Who speaks, publishes, agrees or is addressed. See `load`."""
    return load("actors")


def populations() -> pandas.DataFrame:
    """The groups of people that figures count. See `load`."""
    return load("populations")


def measures() -> pandas.DataFrame:
    """What figures measure: definition, kind, unit, parts and wholes. See `load`."""
    return load("measures")


def figures() -> pandas.DataFrame:
    """Every quantitative claim of the documents, one row per place it is stated. See `load`."""
    return load("figures")


def trends() -> pandas.DataFrame:
    """Every claim that something rose, fell or peaked, without a number. See `load`."""
    return load("trends")


def statements() -> pandas.DataFrame:
    """Every attributed utterance, direct or reported. See `load`."""
    return load("statements")


def agreements() -> pandas.DataFrame:
    """Agreements, joint bodies, arrangements, programmes, gifts, laws, proposals. See `load`."""
    return load("agreements")


def agreement_parties() -> pandas.DataFrame:
    """Who takes part in an agreement, and as what. See `load`."""
    return load("agreement_parties")


def agreement_links() -> pandas.DataFrame:
    """How agreements hang together; possible identity is a link, never a merger. See `load`."""
    return load("agreement_links")


def agreement_events() -> pandas.DataFrame:
    """What happened, was expected or denied of an agreement. See `load`."""
    return load("agreement_events")


def excluded_numbers() -> pandas.DataFrame:
    """Every number or date expression that is no figure, with the reason. See `load`."""
    return load("excluded_numbers")


def official_releases() -> pandas.DataFrame:
    """A calendar of releases: who published each and when, and its page. See `load`."""
    return load("official_releases")


def official_coverage() -> pandas.DataFrame:
    """The days that each statistical release covers, seen or expected. See `load`."""
    return load("official_coverage")


def official_statistics() -> pandas.DataFrame:
    """Values that offices published, in every release; not from the documents. See `load`."""
    return load("official_statistics")


def follow_ups() -> pandas.DataFrame:
    """What is known to have been said of a figure elsewhere, before or after. See `load`."""
    return load("follow_ups")


def proof_exceptions() -> pandas.DataFrame:
    """The cells that the text alone does not prove, each with its reason. See `load`."""
    return load("proof_exceptions")
