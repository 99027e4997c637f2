#!/usr/bin/python3
"""Writes the tables of docs/benchmarks.md and README.md from the JSON of scripts/bench, and of out/eviction:

    bench/report.py out/bench/full.json out/bench/growth.json
    bench/report.py --eviction out/bench/eviction.json

Between "<!-- NAME -->" and "<!-- end of NAME -->" it replaces what is there: "environment", and each of the JSON's
tables by its name; "Hit ratios"; in README.md "summary". All else is written by hand.
"""

import json
import pathlib
import re
import sys

from figures import NITRO, Run, number

ROOT = pathlib.Path(__file__).parent.parent
DOCUMENT = ROOT / "docs" / "benchmarks.md"
README = ROOT / "README.md"

SUMMARY_STORES = ["PHP array", NITRO, "APCu", "Redis", "Memcached", "files"]
SUMMARY = {
    "One key": ["get, int", "get, 32 bytes", "get, 100 KB", "get, 10 scalars", "get, 100 rows of 10", "get, object of 3",
                "get, 100 objects of 3", "miss", "set, 32 bytes", "set, 1 KB", "set, 100 KB", "set, 100 rows of 10", "increment"],
    "100 000 keys, uniform": ["get, 32 bytes", "set, 32 bytes"],
}


def cell(figure, nitro):
    if figure is None:
        return "–"
    median = number(figure["median"])
    if figure["store"] == NITRO:
        return f"**{median}**" + (f" ±{figure['spread'] * 50:.0f} %" if figure["rounds"] > 1 else "")
    return f"{median} (×{number(figure['median'] / nitro['median'])})" if nitro and nitro["median"] else median


def row_of(figures, row, stores):
    return f"| {row} | " + " | ".join(cell(figures.get(store), figures.get(NITRO)) for store in stores) + " |"


def head(first, stores):
    return [f"| {first} | " + " | ".join(stores) + " |", "|---" + "|---:" * len(stores) + "|"]


def table(run, name):
    stores = run.stores(name)
    rows = [row_of(figures, row, stores) for row, figures in run.tables[name].items()]
    return "\n".join(head(unit_of(run, name), stores) + rows)


def summary(run):
    rows = [
        row_of(run.tables[name][row], row if name == "One key" else f"{row}, {name}", SUMMARY_STORES)
        for name, rows in SUMMARY.items() for row in rows
    ]
    return "\n".join(head("ns", SUMMARY_STORES) + rows)


def unit_of(run, name):
    return next(figure["unit"] for row in run.tables[name].values() for figure in row.values())


def environment(run):
    return "\n".join(["| | |", "|---|---|", *(f"| {what} | {which} |" for what, which in run.environment.items())])


def hit_ratios(file):
    columns = ["lru", "s3-fifo", "belady", "core", "segment"]
    lines = head("%", ["exact LRU", "S3-FIFO", "Bélády", f"{NITRO}'s rings", f"all of {NITRO}", "rings − LRU", "moved"])
    for row in json.loads(pathlib.Path(file).read_text(encoding="utf-8"))["rows"]:
        share = f"{row['share'] * 100:g} %" if row["trace"] != "get-or-set" else "64 MB"
        hits = {policy: row["policies"][policy]["hit_ratio"] * 100 for policy in columns}
        cells = [f"{hits[policy]:.2f}" for policy in columns]
        cells += [f"**{hits['core'] - hits['lru']:+.2f}**", f"{row['policies']['core']['moved_per_written']:.2f}"]
        lines.append(f"| {row['trace']}, {share} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def replace(file, contents):
    text = file.read_text(encoding="utf-8")
    for name, content in contents.items():
        begin, end = f"<!-- {name} -->", f"<!-- end of {name} -->"
        pattern = re.escape(begin) + ".*?" + re.escape(end)
        text, count = re.subn(pattern, lambda _: f"{begin}\n{content}\n{end}", text, flags=re.DOTALL)
        if count != 1:
            sys.exit(f"{file.name} has {count} places for \"{name}\" instead of one.")
    file.write_text(text, encoding="utf-8")


def main():
    if len(sys.argv) == 3 and sys.argv[1] == "--eviction":
        replace(DOCUMENT, {"Hit ratios": hit_ratios(sys.argv[2])})
        return
    runs = [Run(file) for file in sys.argv[1:]]
    if not runs:
        sys.exit(__doc__)
    replace(DOCUMENT, {"environment": environment(runs[0])})
    for run in runs:
        replace(DOCUMENT, {name: table(run, name) for name in run.tables})
    replace(README, {"summary": summary(runs[0])})


if __name__ == "__main__":
    main()
