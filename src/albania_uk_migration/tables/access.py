"""The public functions that give tables as rows or frames, and say what their columns mean."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, overload

from ..errors import UnknownNameError
from .cells import Row, frame
from .engines import arrow_table, described, duckdb_relation, polars_frame
from .package import shipped

if TYPE_CHECKING:
    import duckdb
    import pandas
    import polars
    import pyarrow


def table_names() -> list[str]:
    """The names of the tables, in the order of datapackage.json.

    Raises DataFileError if datapackage.json is missing or damaged.

    >>> table_names()[:3]
    ['documents', 'actors', 'populations']
    """
    return list(shipped().resources)


def describe(table: str) -> dict[str, Any]:
    """What a table is about: title, description, number of rows, keys and columns.

    Returns a dictionary with `name`, `title`, `description`, `path`, `rows`, `primary_key` and
    `columns`, a list of dictionaries with `name`, `type`, `title`, `description` (which gives the
    unit), `example` and, where values are limited, `values` (value to meaning). It all comes from
    datapackage.json (Data Package v2, Table Schema). Raises UnknownNameError for a table that does
    not exist.

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

    The values are `str`, `int`, `bool`, `datetime.date` and, for numbers, `decimal.Decimal`, as the
    Table Schema says; `describe` gives the units. This needs no pandas. You may change the list and
    the rows. Raises UnknownNameError for a table that does not exist, DataFileError for a data file
    that is missing or altered.

    >>> records("figures")[0]["figure_id"]
    'F001'
    """
    return [dict(row) for row in shipped().rows(table)]


_ENGINES = ("pandas", "polars", "pyarrow", "duckdb")


@overload
def load(table: str, engine: Literal["pandas"] = "pandas") -> pandas.DataFrame: ...
@overload
def load(table: str, engine: Literal["polars"]) -> polars.DataFrame: ...
@overload
def load(table: str, engine: Literal["pyarrow"]) -> pyarrow.Table: ...
@overload
def load(table: str, engine: Literal["duckdb"]) -> duckdb.DuckDBPyRelation: ...
def load(
    table: str, engine: str = "pandas"
) -> pandas.DataFrame | polars.DataFrame | pyarrow.Table | duckdb.DuckDBPyRelation:
    """A table as a pandas frame, typed by its Table Schema; you may change the frame.

    Text is `string`, whole numbers are `Int64`, numbers `Float64`, truth values `boolean` and dates
    `datetime64`; empty cells are missing values. `describe` gives the columns with their units.
    `attrs` has `title`, `description` and `licences`.

    With another `engine` the same rows come as a polars frame, a pyarrow table (which has the
    title, description and licences in its metadata) or a DuckDB relation with a database of its
    own. Each needs the extra of its name.

    Raises UnknownNameError for a table or an engine that does not exist, MissingExtraError without
    the library of the engine, DataFileError for a data file that is missing or altered.

    >>> load("figures").set_index("figure_id").loc["F011", "value"].item()
    1888.0
    """
    package = shipped()
    resource = package.resource(table)
    if engine not in _ENGINES:
        raise UnknownNameError("engine", engine, _ENGINES)
    rows, types = package.rows(table), package.types(table)
    if engine == "polars":
        return polars_frame(rows, types)
    if engine == "pyarrow":
        return described(arrow_table(rows, types), resource)
    if engine == "duckdb":
        return duckdb_relation(table, rows, types)
    loaded = frame(rows, types)
    loaded.attrs["title"] = resource["title"]
    loaded.attrs["description"] = resource["description"]
    loaded.attrs["licences"] = [licence["name"] for licence in resource["licenses"]]
    return loaded


def documents() -> pandas.DataFrame:
    """The five source documents: file, publisher, voice, date and fidelity.

    Types, `attrs` and errors are those of `load`; `describe("documents")` explains the columns.

    >>> documents()["document_id"].to_list()
    ['D000', 'D001', 'D002', 'D003', 'D004']
    """
    return load("documents")


def actors() -> pandas.DataFrame:
    """The people and bodies that speak, publish, make agreements or are addressed.

    Types, `attrs` and errors are those of `load`; `describe("actors")` explains the columns.

    >>> actors().set_index("actor_id").loc["albania", "kind"]
    'state'
    """
    return load("actors")


def populations() -> pandas.DataFrame:
    """The groups of people that figures count, and which group includes which.

    Types, `attrs` and errors are those of `load`; `describe("populations")` explains the columns.

    >>> populations().set_index("population").loc["albanian", "within"]
    'all'
    """
    return load("populations")


def measures() -> pandas.DataFrame:
    """What figures measure: definition, kind, unit, parts and wholes.

    Types, `attrs` and errors are those of `load`; `describe("measures")` explains the columns. Each
    definition names its source, mostly the Home Office's user guides.

    >>> measures().set_index("measure").loc["returns", "unit"]
    'persons'
    """
    return load("measures")


def figures() -> pandas.DataFrame:
    """Every quantitative claim in the documents, one row per place where it is stated.

    Types, `attrs` and errors are those of `load`; `describe("figures")` explains the columns. The
    column `unit` gives the unit of `value`, `lower` and `upper`.

    >>> figures().set_index("figure_id").loc["F009", "exact"]
    'Over 1,000'
    """
    return load("figures")


def figures_flat() -> pandas.DataFrame:
    """Each figure in one row of plain words, with the official figure it is checked against.

    Types, `attrs` and errors are those of `load`; `describe("figures_flat")` explains the columns.
    The column `unit` gives the unit of `value`, `low`, `high`, `official_low` and `official_high`.

    >>> flat = figures_flat().set_index("figure_id")
    >>> print(*flat.loc["F034", ["said_by", "number", "official_high"]], sep=", ")
    Rishi Sunak, over 8,000, 3066.0
    """
    return load("figures_flat")


def trends() -> pandas.DataFrame:
    """Every claim, without a number, that something rose, fell or peaked.

    Types, `attrs` and errors are those of `load`; `describe("trends")` explains the columns.

    >>> trends().set_index("trend_id").loc["T001", "direction"]
    'no_increase_noted'
    """
    return load("trends")


def statements() -> pandas.DataFrame:
    """Every statement that the documents attribute to someone, quoted or reported.

    Types, `attrs` and errors are those of `load`; `describe("statements")` explains the columns.

    >>> statements().set_index("statement_id").loc["S001", "mode"]
    'reported'
    """
    return load("statements")


def agreements() -> pandas.DataFrame:
    """Agreements, joint bodies, arrangements, programmes, gifts, laws and proposals.

    Types, `attrs` and errors are those of `load`; `describe("agreements")` explains the columns.

    >>> agreements().set_index("agreement_id").loc["A002", "signed"]
    '2021'
    """
    return load("agreements")


def agreement_parties() -> pandas.DataFrame:
    """Who takes part in an agreement, and in what role.

    Types, `attrs` and errors are those of `load`; `describe("agreement_parties")` explains the
    columns.

    >>> parties = agreement_parties()
    >>> parties[parties["agreement_id"] == "A001"]["role"].to_list()
    ['requester', 'addressee', 'addressee']
    """
    return load("agreement_parties")


def agreement_links() -> pandas.DataFrame:
    """How agreements relate to one another.

    Types, `attrs` and errors are those of `load`; `describe("agreement_links")` explains the
    columns. Two that may be the same are linked, never merged.

    >>> agreement_links().loc[0, ["agreement_id", "relation", "other_id"]].to_list()
    ['A001', 'hindered_by', 'A002']
    """
    return load("agreement_links")


def agreement_events() -> pandas.DataFrame:
    """What happened to an agreement, or was expected to happen, or was denied.

    Types, `attrs` and errors are those of `load`; `describe("agreement_events")` explains the
    columns.

    >>> agreement_events().set_index("event_id").loc["E001", ["event", "status"]].to_list()
    ['requested', 'reported']
    """
    return load("agreement_events")


def excluded_numbers() -> pandas.DataFrame:
    """Every number or date that is not a figure, with the reason.

    Types, `attrs` and errors are those of `load`; `describe("excluded_numbers")` explains the
    columns.

    >>> excluded_numbers().loc[0, ["exact", "reason"]].to_list()
    ['2021', 'date']
    """
    return load("excluded_numbers")


def official_releases() -> pandas.DataFrame:
    """A calendar of official releases: publisher, day and web page.

    Types, `attrs` and errors are those of `load`; `describe("official_releases")` explains the
    columns.

    >>> releases = official_releases().set_index("release_id")
    >>> releases.loc["ho-iss-ye-mar-2022", "publisher"]
    'Home Office'
    """
    return load("official_releases")


def official_coverage() -> pandas.DataFrame:
    """The days that each statistical release covers, as we saw or expect them.

    Types, `attrs` and errors are those of `load`; `describe("official_coverage")` explains the
    columns.

    >>> official_coverage().loc[0, ["release_id", "basis"]].to_list()
    ['ho-iss-ye-mar-2022', 'expected']
    """
    return load("official_coverage")


def official_latest() -> pandas.DataFrame:
    """One official value per count and quarter or year, from the newest release that has it.

    Types, `attrs` and errors are those of `load`; `describe("official_latest")` explains the
    columns. Values of one measure, population and area can be added up. `value` counts people, or
    what `measure` names.

    >>> returns = official_latest().query("measure == 'returns' and population == 'albanian'")
    >>> int(returns.query("year == 2022")["value"].sum())
    2010
    """
    return load("official_latest")


def official_statistics() -> pandas.DataFrame:
    """Values that offices published, release by release; not from the documents.

    Types, `attrs` and errors are those of `load`; `describe("official_statistics")` explains the
    columns. `value` counts people, or what `measure` names, from `period_start` to `period_end`.

    >>> values = official_statistics().set_index(["release_id", "measure", "area", "period_start"])
    >>> int(values.loc[("unhcr-rdf-2025-12", "asylum_applications", "DEU", "2015-01-01"), "value"])
    53805
    """
    return load("official_statistics")


def follow_ups() -> pandas.DataFrame:
    """What we know was said about a figure elsewhere, before or after.

    Types, `attrs` and errors are those of `load`; `describe("follow_ups")` explains the columns.

    >>> follow_ups().set_index("follow_up_id").loc["U001", ["figure_id", "relation"]].to_list()
    ['F003', 'same_day']
    """
    return load("follow_ups")


def proof_exceptions() -> pandas.DataFrame:
    """The cells that the text alone does not prove, each with its reason.

    Types, `attrs` and errors are those of `load`; `describe("proof_exceptions")` explains the
    columns.

    >>> proof_exceptions().loc[0, ["row", "column"]].to_list()
    ['F003', 'measure_exact']
    """
    return load("proof_exceptions")
