"""The figures that scripts/bench writes as JSON: by table, row and store."""

import json
import math

NITRO = "NitroCache"


class Run:
    def __init__(self, file):
        with open(file, encoding="utf-8") as text:
            run = json.load(text)
        self.environment = run["environment"]
        self.arguments = run["arguments"]
        self.tables = {}
        for figure in run["figures"]:
            self.tables.setdefault(figure["table"], {}).setdefault(figure["row"], {})[figure["store"]] = figure

    def stores(self, table):
        """In the order in which they were measured."""
        return list(dict.fromkeys(store for row in self.tables[table].values() for store in row))


def number(value):
    """Three digits, or all that stand before the point."""
    digits = 0 if value <= 0 else max(0, min(3, 2 - math.floor(math.log10(value))))
    return f"{value:,.{digits}f}".replace(",", " ")
