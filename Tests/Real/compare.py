#!/usr/bin/env python3
"""compare.py SPAWNLINT NAME.json NAME.tsv SOURCE: runs spawnlint on a prepared source tree and
compares what it finds with the expected rows, exactly. Python 3.9, standard library only.

NAME.json: {"directory": where to run, relative to SOURCE,
            "runs": [{"name", "options": […], "files": […], "flags": […]}]}

NAME.tsv, one row for each finding and spawn site (see its header line):
  run      name of the run, or * for all
  kind     finding | site
           worker: the site's child goes on as a worker. At least one finding of one of the named
           checks must be left that only this site (file:line) leads to; all such are accepted.
  file, line, check, callee, level, certainty
           for a site: check is the function, callee the call, level the verdict
           a|b: either (where the design leaves it open)
  roles    sorted, comma separated; for a site: assumptions
  sites    file:line of the spawn calls, sorted, comma separated; for a site: external calls
  causes   callees or checks that must be among the causes; -x must not be; 'x' in quotes: a name that the
           reason of some cause says; empty: not compared
  reason   why, from reading the code
  changed  changed after the first run because …
'-' stands for nothing, '*' for not compared.
"""

import csv
import json
import os
import re
import subprocess
import sys

# Seconds for one command; far above what any of the projects should take.
LIMIT = 300


def run_tool(tool, command, run, directory):
    arguments = [tool, command, "--format", "json", *run.get("options", []), *run["files"]]
    if run.get("flags"):
        arguments += ["--", *run["flags"]]
    try:
        done = subprocess.run(arguments, cwd=directory, capture_output=True, text=True, timeout=LIMIT)
    except subprocess.TimeoutExpired:
        print(f"  {' '.join(arguments)}\n  did not end within {LIMIT} s")
        return None, None
    try:
        return json.loads(done.stdout), done
    except json.JSONDecodeError:
        print("  " + " ".join(arguments))
        print(f"  exit status {done.returncode}, no JSON: {done.stdout[:200]!r}")
        print("  " + done.stderr[-2000:].replace("\n", "\n  "))
        return None, done


def relative(path, directory):
    return os.path.relpath(os.path.join(directory, path), directory)


def place(site, directory):
    return f"{relative(site['file'], directory)}:{site['line']}"


def listed(text):
    return [] if text in ("-", "") else sorted(text.split(","))


def allows(cell, value):
    return cell == "*" or ("-" if value in (None, "") else str(value)) in cell.split("|")


def check_causes(row, finding, complain):
    known = set()
    for cause in finding.get("causes", []):
        known.update(str(cause.get(key)) for key in ("callee", "check", "function"))
        known.update(re.findall("'[^']*'", str(cause.get("reason"))))
    for wanted in (row["causes"] or "").split(","):
        if wanted.startswith("-") and wanted[1:] in known:
            complain(f"has the cause {wanted[1:]}, which it must not have")
        elif wanted not in ("", "*") and not wanted.startswith("-") and wanted not in known:
            complain(f"lacks the cause {wanted} (has {', '.join(sorted(known - {'None'}))})")


class Comparison:
    def __init__(self, name):
        self.name = name
        self.problems = 0

    def complain(self, text, row=None):
        self.problems += 1
        print(f"  {self.name}: {text}")
        if row:
            print(f"      because: {row['reason']}")

    def cells(self, row, title, pairs):
        for key, value in pairs:
            if not allows(row[key], value):
                self.complain(f"{title}: {key} is {value}, expected {row[key]}", row)

    def lists(self, row, title, pairs):
        for key, values in pairs:
            if row[key] != "*" and listed(row[key]) != sorted(values):
                missing = sorted(set(listed(row[key])) - set(values))
                surplus = sorted(set(values) - set(listed(row[key])))
                self.complain(f"{title}: {key} lack {missing}, have besides {surplus}", row)

    def findings(self, rows, findings, directory):
        left = list(findings)
        for row in (row for row in rows if row["kind"] == "finding"):
            title = f"{row['file']}:{row['line']}"
            same = [f for f in left if relative(f["file"], directory) == row["file"]
                    and str(f["line"]) in row["line"].split("|") and allows(row["callee"], f.get("callee"))]
            if not same:
                self.complain(f"missing: {title} {row['check']} {row['callee']}", row)
                continue
            finding = same[0]
            left.remove(finding)
            self.cells(row, title, [(key, finding.get(key)) for key in ("check", "level", "certainty")])
            self.lists(row, title, [
                ("roles", finding.get("roles", [])),
                ("sites", [place(site, directory) for site in finding.get("spawnSites", [])])])
            check_causes(row, finding, lambda text: self.complain(f"{title}: {text}", row))
        for row in (row for row in rows if row["kind"] == "worker"):
            site = f"{row['file']}:{row['line']}"
            its = [f for f in left if row["check"] == "*" or f["check"] in row["check"].split("|")]
            its = [f for f in its if [place(s, directory) for s in f.get("spawnSites", [])] == [site]]
            if not its:
                self.complain(f"no finding for the worker of {site} ({row['check']})", row)
            left = [finding for finding in left if finding not in its]
        for finding in left:
            self.complain(f"unexpected: {finding['file']}:{finding['line']}:{finding.get('column')} "
                          f"{finding['level']} {finding['check']} {finding.get('callee')} "
                          f"in {finding.get('function')}")

    def sites(self, rows, sites, directory):
        left = list(sites)
        for row in (row for row in rows if row["kind"] == "site"):
            title = f"site {row['file']}:{row['line']}"
            same = [s for s in left if place(s, directory) == f"{row['file']}:{row['line']}"]
            if not same:
                self.complain(f"missing: {title}", row)
                continue
            site = same[0]
            left.remove(site)
            self.cells(row, title, [("check", site.get("function")), ("callee", site.get("call")),
                                    ("level", site.get("verdict"))])
            self.lists(row, title, [("roles", site.get("assumes", [])),
                                    ("sites", site.get("externalCalls", []))])
        for site in left:
            self.complain(f"unexpected site: {place(site, directory)} {site.get('call')}")


def main():
    tool, description, table, source = sys.argv[1:5]
    project = os.path.splitext(os.path.basename(description))[0]
    with open(description, encoding="utf-8") as file:
        description = json.load(file)
    with open(table, encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    directory = os.path.realpath(os.path.join(source, description.get("directory", ".")))
    problems = 0
    for run in description["runs"]:
        comparison = Comparison(f"{project} ({run['name']})")
        mine = [row for row in rows if row["run"] in ("*", run["name"])]
        check, done = run_tool(tool, "check", run, directory)
        sites = check and run_tool(tool, "sites", run, directory)[0]
        if check is None or sites is None:
            problems += 1
            print(f"  {comparison.name}: nothing to compare")
            continue
        if done.returncode not in (0, 1):
            comparison.complain(f"exit status {done.returncode}: {done.stderr.strip()[-500:]}")
        comparison.findings(mine, check["findings"], directory)
        comparison.sites(mine, sites["sites"], directory)
        if not comparison.problems:
            print(f"  {comparison.name}: {len(mine)} rows as expected")
        problems += comparison.problems
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
