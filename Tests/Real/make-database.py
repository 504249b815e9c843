#!/usr/bin/env python3
"""make-database.py FOLDER [ARGUMENT…]: writes FOLDER/compile_commands.json from what make would run there.

Runs `make -n ARGUMENT…` and keeps each command that compiles one C file. Python 3.9, standard library only.
"""

import json
import os
import re
import shlex
import subprocess
import sys


def commands(text):
    # A rule's commands stand in one line, or in several that end with a backslash.
    for line in text.replace("\\\n", " ").splitlines():
        for command in line.replace("&&", ";").split(";"):
            # Automake looks for the source's folder on the way.
            yield re.sub(r"`[^`]*`", "", command).strip()


def main():
    folder = os.path.abspath(sys.argv[1])
    done = subprocess.run(["make", "-n", *sys.argv[2:]], cwd=folder, capture_output=True, text=True)
    entries = []
    for command in commands(done.stdout):
        if " -c " not in command:
            continue
        try:
            words = shlex.split(command)
        except ValueError:
            continue
        files = [word for word in words[1:] if word.endswith(".c") and not word.startswith("-")]
        if len(files) == 1:
            entries.append({"directory": folder, "file": files[0], "arguments": words})
    with open(os.path.join(folder, "compile_commands.json"), "w", encoding="utf-8") as database:
        json.dump(entries, database, indent=1)
    print(f"{len(entries)} units")
    return 0 if entries else 1


sys.exit(main())
