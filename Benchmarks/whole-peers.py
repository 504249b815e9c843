#!/usr/bin/env python3
"""whole-peers.py [--every N] NAME=DIR[:FILE]…: what spawnlint and other programs report on whole programs, and the
processor time they take.

  DIR has a compile_commands.json; :FILE takes the entries of that file alone.
  --every N   the other programs, which know one file at a time, look at each Nth file and at all in which spawnlint
              reports something; their time over the rest is taken to be as long per byte. Default 10; 1 measures all.
  SPAWNLINT, CLANG, CLANG_TIDY, GCC   as for peers.py

Prints a Markdown table. Findings are places (file and line). Those of spawn safety are, for spawnlint, all; for the
others those of the named checks, and of gcc's analyzer -Wanalyzer-unsafe-call-within-signal-handler, the only one that
judges what may be called where. "shared" are places that spawnlint reports too. Python 3.9, standard library only.
"""

import json
import os
import re
import resource
import shlex
import subprocess
import sys
import tempfile

from peers import beside_swift, program, version

SPAWN_CHECKS = r"unix\.Vfork|bugprone-signal-handler|-Wanalyzer-unsafe-call-within-signal-handler"


def processor(command, directory):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(command, cwd=directory, capture_output=True, text=True, errors="replace")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return done, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def entries(folder, only):
    for entry in json.load(open(os.path.join(folder, "compile_commands.json"), encoding="utf-8")):
        directory = os.path.join(folder, entry["directory"])
        path = os.path.realpath(os.path.join(directory, entry["file"]))
        if only and not path.endswith("/" + only):
            continue
        flags, skip = [], False
        for word in (entry.get("arguments") or shlex.split(entry["command"]))[1:]:
            if skip:
                skip = False
            elif word in ("-o", "-MF", "-MT", "-MQ"):
                skip = True
            elif word not in ("-c", "-MD", "-MMD", "-MP") and os.path.realpath(os.path.join(directory, word)) != path:
                flags.append(word)
        yield {"directory": directory, "path": path, "flags": flags, "entry": entry}


def places(text, directory):
    """Of diagnostics: (file, line) of all and of those that concern spawn safety."""
    every, spawn = set(), set()
    for match in re.finditer(r"^([^\s:][^:\n]*):(\d+):(?:\d+:)? warning: .*\[([^\]\n]*)\]$", text, re.M):
        name = match.group(3)
        if not re.search(SPAWN_CHECKS + r"|-Wanalyzer-", name):
            continue
        place = (os.path.realpath(os.path.join(directory, match.group(1))), int(match.group(2)))
        every.add(place)
        if re.search(SPAWN_CHECKS, name):
            spawn.add(place)
    return every, spawn


def peers():
    clang = program("CLANG", beside_swift("clang"), "clang")
    tidy = program("CLANG_TIDY", "clang-tidy")
    gcc = program("GCC", "gcc")
    if clang:
        yield ("clang --analyze, unix.Vfork", clang, lambda unit: [
            clang, "--analyze", "--analyzer-no-default-checks", "-Xclang", "-analyzer-checker=unix.Vfork",
            "--analyzer-output", "text", "-o", os.devnull, *unit["flags"], unit["path"]])
    if tidy:
        yield ("clang-tidy, bugprone-signal-handler", tidy, lambda unit: [
            tidy, "--quiet", "--checks=-*,bugprone-signal-handler", unit["path"], "--", *unit["flags"]])
    if gcc:
        yield ("gcc -fanalyzer", gcc, lambda unit: [
            gcc, "-fanalyzer", "-c", "-o", os.devnull, *unit["flags"], unit["path"]])


def main():
    arguments = sys.argv[1:]
    every = 10
    if arguments[:1] == ["--every"]:
        every, arguments = int(arguments[1]), arguments[2:]
    spawnlint = program("SPAWNLINT", os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))),
                                                  ".build/release/spawnlint"))
    if not arguments or not spawnlint:
        sys.exit(__doc__)
    print("| files | program | looked at | processor (s) | findings | of spawn safety | shared |")
    print("| --- | --- | ---: | ---: | ---: | ---: | ---: |")
    for argument in arguments:
        name, _, folder = argument.partition("=")
        folder, _, only = folder.partition(":")
        folder = os.path.realpath(folder)
        units = list(entries(folder, only))
        own = set()
        with tempfile.TemporaryDirectory() as scratch:
            with open(os.path.join(scratch, "compile_commands.json"), "w", encoding="utf-8") as database:
                json.dump([{**unit["entry"], "directory": unit["directory"]} for unit in units], database)
            ways = [("spawnlint, by need", []), ("spawnlint, everything", ["--exhaustive"])]
            for label, options in ways if len(units) > 8 else ways[:1]:
                done, seconds = processor([spawnlint, "check", "--no-cache", "--format", "json", "--timings", *options,
                                           "-p", scratch], folder)
                report = json.loads(done.stdout)
                found = {(os.path.realpath(os.path.join(folder, one["file"])), one["line"])
                         for one in report["findings"]}
                own |= found
                read = re.search(r"^read (\d+)", done.stderr, re.M)
                print(f"| {name}: {len(units)} | {label} | {read.group(1) if read else len(units)} | {seconds:.1f} "
                      f"| {len(found)} | {len(found)} | |", flush=True)
        sample = [unit for number, unit in enumerate(units)
                  if number % every == 0 or any(path == unit["path"] for path, _ in own)]
        size = sum(os.path.getsize(unit["path"]) for unit in sample)
        total = sum(os.path.getsize(unit["path"]) for unit in units)
        for label, _, command in peers():
            seconds, found, spawn = 0.0, set(), set()
            for unit in sample:
                done, used = processor(command(unit), unit["directory"])
                seconds += used
                more, spawning = places(done.stdout + done.stderr, unit["directory"])
                found |= more
                spawn |= spawning
            estimate = "" if len(sample) == len(units) else f", ≈ {seconds * total / size:.0f} for all"
            print(f"| {name} | {label} | {len(sample)} | {seconds:.1f}{estimate} | {len(found)} | {len(spawn)} "
                  f"| {len(spawn & own)} |", flush=True)
    print()
    for label, path, _ in peers():
        print(f"{label}: {version([path])}")


if __name__ == "__main__":
    main()
