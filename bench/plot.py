#!/usr/bin/python3
"""Draws the plots of docs/benchmarks.md, as docs/benchmarks/*.svg, from the JSON of scripts/bench:

    bench/plot.py out/bench/full.json out/bench/growth.json
"""

import pathlib
import sys

import matplotlib

matplotlib.use("svg")
matplotlib.rcParams.update({
    # The same figures give the same file.
    "svg.hashsalt": "nitro",
    "svg.fonttype": "none",
    "font.size": 9,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "figure.constrained_layout.use": True,
})
from matplotlib import pyplot  # noqa: E402

from figures import NITRO, Run  # noqa: E402

FOLDER = pathlib.Path(__file__).parent.parent / "docs" / "benchmarks"
COLOURS = {"floor": "#bbbbbb", "PHP array": "#888888", NITRO: "#d62728", "APCu": "#1f77b4", "APCu tuned": "#6baed6",
           "APCu native": "#9ecae1", "APCu igbinary": "#c6dbef", "Redis": "#ff7f0e", "Memcached": "#2ca02c",
           "files": "#9467bd"}
ONE_KEY = "One key"


def save(figure, name):
    FOLDER.mkdir(parents=True, exist_ok=True)
    figure.savefig(FOLDER / f"{name}.svg", metadata={"Date": None})
    pyplot.close(figure)


def bars(axes, rows, stores, median):
    """A group for each row, a bar for each store that has a figure."""
    width = 0.8 / len(stores)
    for position, store in enumerate(stores):
        heights = [median(row, store) for row in rows]
        offsets = [number + (position - (len(stores) - 1) / 2) * width for number in range(len(rows))]
        axes.bar(offsets, heights, width, label=store, color=COLOURS.get(store))
    axes.legend(ncol=5, frameon=False, loc="upper center", bbox_to_anchor=(0.5, 1.2))


def plot_bars(run, table, rows, labels, name, unit, log):
    median = lambda row, store: run.tables[table][row].get(store, {}).get("median", 0)  # noqa: E731
    figure, axes = pyplot.subplots(figsize=(10, 4))
    bars(axes, rows, run.stores(table), median)
    axes.set_xticks(range(len(rows)), labels, rotation=20, ha="right")
    axes.set_ylabel(unit)
    if log:
        axes.set_yscale("log")
    save(figure, name)


def plot_operation(run, operation):
    rows = [row for row in run.tables[ONE_KEY] if row.startswith(f"{operation}, ")]
    labels = [row.split(", ", 1)[1] for row in rows]
    plot_bars(run, ONE_KEY, rows, labels, f"{operation}-one-key", "ns", log=True)


def plot_growth(run, table):
    """A line for each store and operation, over x."""
    operations = list(dict.fromkeys(row.rsplit(", ", 1)[0] for row in run.tables[table]))
    figure, all_axes = pyplot.subplots(1, len(operations), figsize=(10, 3.5), sharey=True, squeeze=False)
    for axes, operation in zip(all_axes[0], operations):
        rows = [row for row in run.tables[table] if row.rsplit(", ", 1)[0] == operation]
        for store in run.stores(table):
            points = [run.tables[table][row][store] for row in rows if store in run.tables[table][row]]
            axes.plot([point["x"] for point in points], [point["median"] for point in points], marker="o",
                      label=store, color=COLOURS.get(store))
        axes.set_title(operation)
        axes.set_xscale("log")
        axes.set_yscale("log")
        axes.set_xlabel(table.split(": ")[1].replace("memory", "MB of memory"))
    all_axes[0][0].set_ylabel("ns")
    all_axes[0][-1].legend(frameon=False)
    save(figure, table.lower().replace(": ", "-of-"))


def plot(run):
    if ONE_KEY in run.tables:
        plot_operation(run, "get")
        plot_operation(run, "set")
    for table in run.tables:
        if table.startswith("Growth: "):
            plot_growth(run, table)
        if table.startswith("Two processes: what"):
            rows = list(run.tables[table])
            plot_bars(run, table, rows, rows, "two-processes", "two ÷ one", log=False)


if __name__ == "__main__":
    for file in sys.argv[1:]:
        plot(Run(file))
