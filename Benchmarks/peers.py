#!/usr/bin/env python3
"""Compares what spawnlint and other programs report on the examples in Rules/checks, and how long they take.

  SPAWNLINT=path    default: .build/release/spawnlint
  CLANG=path        default: the clang beside swift, otherwise the one on the PATH
  CLANG_TIDY, GCC   default: clang-tidy and gcc on the PATH
  RUNS=n            runs of each program per file; the median counts; default 5

Prints two Markdown tables. "a/b" is: a of the lines that carry an expectation are reported, and b other lines.
Programs that are not installed are left out. Python 3.9, standard library only.
"""

import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import time

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
RUNS = int(os.environ.get("RUNS", "5"))


def beside_swift(name):
    swift = shutil.which(os.environ.get("SWIFT", "swift"))
    path = swift and os.path.join(os.path.dirname(os.path.realpath(swift)), name)
    return path if path and os.path.exists(path) else None


def program(variable, *candidates):
    named = os.environ.get(variable)
    for candidate in [named] if named else candidates:
        path = candidate and shutil.which(candidate)
        if path:
            return path
    return None


def lines_of_json(output, _):
    return {finding["line"] for finding in json.loads(output)["findings"]}


def lines_of_text(output, errors):
    """Lines of clang's and gcc's diagnostics that the compared check gave; notes show the way only."""
    pattern = re.compile(r"^[^\s:][^:]*:(\d+):(?:\d+:)? warning: .*\[(-Wanalyzer-|unix\.Vfork|bugprone-)", re.M)
    return {int(match.group(1)) for match in pattern.finditer(output + errors)}


def peers():
    spawnlint = program("SPAWNLINT", os.path.join(ROOT, ".build/release/spawnlint"))
    clang = program("CLANG", beside_swift("clang"), "clang")
    tidy = program("CLANG_TIDY", "clang-tidy")
    gcc = program("GCC", "gcc")
    if spawnlint is None:
        sys.exit("no spawnlint: run `make build`, or name it in SPAWNLINT")
    yield "spawnlint", [spawnlint, "check", "--no-cache", "--format", "json"], [], lines_of_json
    if clang:
        yield ("clang --analyze, unix.Vfork",
               [clang, "--analyze", "--analyzer-no-default-checks", "-Xclang", "-analyzer-checker=unix.Vfork",
                "--analyzer-output", "text", "-o", os.devnull], [], lines_of_text)
    if tidy:
        yield ("clang-tidy, bugprone-signal-handler", [tidy, "--checks=-*,bugprone-signal-handler"], ["--"],
               lines_of_text)
    if gcc:
        yield "gcc -fanalyzer", [gcc, "-fanalyzer", "-c", "-o", os.devnull], [], lines_of_text


def version(command):
    text = subprocess.run([command[0], "--version"], capture_output=True, text=True).stdout
    found = [line.strip() for line in text.splitlines() if re.search(r"\d+\.\d+", line)]
    # Without the address of the repository that it was built from.
    return re.sub(r" \(https?:\S* \w*\)", "", found[0]) if found else "unknown version"


def measure(command, tail, file, read):
    times = []
    for _ in range(RUNS):
        start = time.monotonic()
        done = subprocess.run([*command, file, *tail], capture_output=True, text=True)
        times.append(time.monotonic() - start)
    # 1 says "findings" here and "errors" with the others, which accept these files.
    if done.returncode not in (0, 1) or re.search(r": (fatal )?error: ", done.stderr):
        sys.exit(f"status {done.returncode}: {' '.join(command)} {file}\n{done.stderr[:1000]}")
    return read(done.stdout, done.stderr), statistics.median(times)


def main():
    os.chdir(ROOT)
    programs = list(peers())
    checks = sorted(name for name in os.listdir("Rules/checks") if os.path.isdir(f"Rules/checks/{name}"))
    totals = {name: {"found": 0, "wanted": 0, "other": 0, "good": 0, "time": 0.0} for name, *_ in programs}
    rows = []
    for check in checks:
        row = [f"`{check}`"]
        for name, command, tail, read in programs:
            total = totals[name]
            for example in ("bad.c", "good.c"):
                file = f"Rules/checks/{check}/{example}"
                with open(file, encoding="utf-8") as source:
                    expected = {number for number, line in enumerate(source, 1) if "expect: " in line}
                reported, seconds = measure(command, tail, file, read)
                total["time"] += seconds
                if example == "good.c":
                    total["good"] += len(reported)
                    continue
                total["wanted"] += len(expected)
                total["found"] += len(reported & expected)
                total["other"] += len(reported - expected)
                row.append(f"{len(reported & expected)}/{len(reported - expected)} of {len(expected)}")
        rows.append(row)

    print("| program | version | expected lines found | other lines in bad.c | lines in good.c | seconds |")
    print("| --- | --- | ---: | ---: | ---: | ---: |")
    for name, command, *_ in programs:
        total = totals[name]
        print(f"| {name} | {version(command)} | {total['found']} of {total['wanted']} | {total['other']} "
              f"| {total['good']} | {total['time']:.2f} |")
    print()
    print("| bad.c of | " + " | ".join(name for name, *_ in programs) + " |")
    print("| --- |" + " ---: |" * len(programs))
    for row in rows:
        print("| " + " | ".join(row) + " |")


if __name__ == "__main__":
    main()
