"""What measures and populations are, and which includes which."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..tables.cells import Row
    from ..tables.package import Package


# What is counted: measure, population, area. People counted by the nationality they declare form a
# population of their own.
Layer = tuple[str, str, str]
SELF_DECLARED = " (self-declared)"
# Areas in running text; any other area keeps its code.
AREAS = {
    "GBR": "UK",
    "ALB": "Albania",
    "DEU": "Germany",
    "FRA": "France",
    "RWA": "Rwanda",
    "XKX": "Kosovo",
    "EU27": "the 27 EU countries",
    "EU+": "EU countries, Norway and Switzerland",
}
# The word that joins a count to the people counted, if it is not "of".
_WHOSE = {
    "asylum_applications": "by",
    "asylum_claims": "by",
    "asylum_grants": "to",
    "asylum_refusals": "to",
}
# The kinds of measures whose counts add up over time.
FLOW = "flow"


class Vocabulary:
    """How measures and populations relate, from the rows of their tables by name."""

    def __init__(self, measures: dict[str, Row], populations: dict[str, Row]) -> None:
        self.measures = measures
        self.populations = populations
        self._splits: dict[str, dict[str, list[str]]] = {}
        self._above: dict[tuple[str, str], tuple[str, ...]] = {}

    def _chain(self, table: dict[str, Row], column: str, name: str) -> tuple[str, ...]:
        """The name and everything that includes it, outwards, up to a loop."""
        known = self._above.get((column, name))
        if known is None:
            chain = [name]
            while (after := table.get(chain[-1], {}).get(column)) and after not in chain:
                chain.append(after)
            known = self._above[column, name] = tuple(chain)
        return known

    def wholes(self, measure: str) -> tuple[str, ...]:
        """The measure and those that include it, outwards."""
        return self._chain(self.measures, "part_of", measure)

    def holders(self, population: str) -> tuple[str, ...]:
        """The population and those that include it, outwards.

        People who declare a nationality are among those who declare a wider one, and among
        everyone.
        """
        plain = population.removesuffix(SELF_DECLARED)
        holders = self._chain(self.populations, "within", plain)
        if plain == population:
            return holders
        if len(holders) == 1:
            return (population, plain)
        # Whatever people declare, all of them are in the last population, every nationality.
        return (*(f"{holder}{SELF_DECLARED}" for holder in holders[:-1]), holders[-1])

    def above(self, layer: Layer) -> list[Layer]:
        """The layer and every layer that includes everything it counts."""
        measure, population, area = layer
        return [(m, p, area) for p in self.holders(population) for m in self.wholes(measure)]

    def family(self, layer: Layer) -> Layer:
        """The outermost layer around this one. Layers of other families say nothing about it."""
        return self.wholes(layer[0])[-1], self.holders(layer[1])[-1], layer[2]

    def partitions(self, measure: str) -> dict[str, list[str]]:
        """The exhaustive splits of a measure: the parts by the name of the split."""
        if not self._splits:
            for name, row in self.measures.items():
                splits = self._splits.setdefault(str(row["part_of"]), {})
                if row["partition"]:
                    splits.setdefault(str(row["partition"]), []).append(name)
        return self._splits.get(measure, {})

    def population_title(self, population: str) -> str:
        """What a population is called."""
        plain = population.removesuffix(SELF_DECLARED)
        title = str(self.populations.get(plain, {}).get("title") or plain)
        if plain == "all":
            title = title.lower()
        return title if plain == population else f"{title} as they declare themselves"

    def title(self, layer: Layer) -> str:
        """What a layer counts, in words.

        >>> from albania_uk_migration.tables.package import shipped
        >>> words = vocabulary(shipped())
        >>> words.title(("returns", "albanian", "GBR"))
        'Returns of Albanians (UK)'
        >>> words.title(("residents", "albanian", "GBR"))
        'Residents (Albanians, UK)'
        """
        measure, population, area = layer
        title = self.measure_title(measure)
        people = "people of any nationality"
        if population != "all":
            people = population and self.population_title(population)
        where = AREAS.get(area, area)
        # "Of" is right for what people do and what is done to them. After a share, a change or a
        # rank it would refer to the number.
        counts = self.measures.get(measure, {}).get("kind") == FLOW and " of " not in title
        if people and counts:
            title, people = f"{title} {_WHOSE.get(measure, 'of')} {people}", ""
        aside = ", ".join(filter(None, (people, where)))
        return f"{title} ({aside})" if aside else title

    def title_within(self, layer: Layer) -> str:
        """What a layer counts, in words, for use inside a sentence."""
        title = self.title(layer)
        return title[:1].lower() + title[1:]

    def measure_title(self, measure: str) -> str:
        """What a measure is called."""
        return str(self.measures.get(measure, {}).get("title") or measure)


def vocabulary(package: Package) -> Vocabulary:
    """The measures and populations of a package."""
    return Vocabulary(
        {str(row["measure"]): row for row in package.rows("measures")},
        {str(row["population"]): row for row in package.rows("populations")},
    )
