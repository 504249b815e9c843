#!/usr/bin/env python3
"""watch.py [--full] [--inject=…] SITES PROGRAM ARGUMENT…

Runs the program under strace and compares what its children call between the spawn call and exec with the closed lists
of spawnlint (SITES, a file of sites.py): the dynamic list must be a subset of the static one. Without --full the calls
that most are, and every list has (rt_sigaction), are not handed to strace. --inject=… goes to strace.
Status 77: strace cannot trace here."""
import os
import re
import subprocess
import sys
import tempfile

FOLDER = os.path.dirname(os.path.abspath(__file__))
# "123 close(3) = 0", "123 <... vfork resumed>) = 124"
LINE = re.compile(r"^(\d+) +(?:(\w+)\(|<\.\.\. (\w+) resumed>)(.*)$")
SPAWN_CALLS = ("vfork", "fork", "clone", "clone3")


def system_calls():
    """Function name to the system calls that it stands for."""
    table = {}
    with open(os.path.join(FOLDER, "functions.tsv")) as lines:
        for line in lines:
            if not line.startswith("#"):
                name, calls = line.rstrip("\n").split("\t")
                table[name] = set() if calls == "-" else set(calls.split())
    return table


def closed_lists(sites):
    """What the children of vfork and those of the other spawn calls may call."""
    table = system_calls()
    lists = {"vfork": set(), "fork": set()}
    with open(sites) as lines:
        for line in lines:
            _, call, _, functions = line.rstrip("\n").split("\t")
            for name in [call, *functions.split()]:
                if name not in table:
                    sys.exit(f"functions.tsv does not know {name}")
                lists["vfork" if call == "vfork" else "fork"] |= table[name]
    return lists


def read(log):
    """Yields for each child of the program: its kind, and what it called until it executed its program."""
    kinds, calls, over, first = {}, {}, set(), None
    for line in log:
        match = LINE.match(line)
        if not match:
            continue
        process, name, rest = match[1], match[2] or match[3], match[4]
        first = first or process
        if process == first:
            child = re.search(r"= (\d+)$", rest)
            if name in SPAWN_CALLS and child:
                is_vfork = name == "vfork" or "CLONE_VFORK" in rest
                kinds[child[1]] = "vfork" if is_vfork else "fork"
        elif process not in over:
            calls.setdefault(process, [])
            if not match[3]:
                calls[process].append(name)
            if name == "execve" and rest.endswith("= 0"):
                over.add(process)
    for process, names in calls.items():
        yield kinds.get(process), names


def main():
    arguments = sys.argv[1:]
    options = []
    while arguments[0].startswith("--"):
        options.append(arguments.pop(0))
    sites, *program = arguments
    lists = closed_lists(sites)
    # A process that left strace behind would be refused its calls by strace's filter; without the filter it may leave.
    what = ["-b", "execve"] if "--full" in options else ["--seccomp-bpf", "-e", "trace=!rt_sigaction"]
    inject = [option for option in options if option.startswith("--inject=")]
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "log")
        run = subprocess.run(["strace", "-f", "-qq", "-o", path, *what, *inject, *program])
        if not os.path.exists(path) or os.path.getsize(path) == 0:
            print("SKIPPED: system calls of the children (strace cannot trace here)")
            sys.exit(77)
        with open(path, errors="replace") as log:
            children = list(read(log))
    wrong = 0
    seen = {"vfork": set(), "fork": set()}
    for kind, names in children:
        if kind is None or "execve" not in names:
            wrong += 1
            print(f"a child of unknown kind, or without execve: {' '.join(names)}")
            continue
        seen[kind] |= set(names)
        for name in sorted(set(names) - lists[kind]):
            wrong += 1
            if wrong < 20:
                print(f"a {kind} child calls {name}, which is not on the closed list: {' '.join(names)}")
    for kind, names in seen.items():
        number = sum(1 for other, _ in children if other == kind)
        print(f"{number} {kind} children: {' '.join(sorted(names)) or 'none'}")
    sys.exit(1 if wrong or run.returncode != 0 or not children else 0)


main()
