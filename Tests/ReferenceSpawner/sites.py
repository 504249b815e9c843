#!/usr/bin/env python3
"""sites.py SPAWNLINT ARGUMENT…: the spawn sites that `spawnlint sites ARGUMENT…` finds, one line each: function, spawn
call, verdict, and the closed list of what the child can call."""
import json
import subprocess
import sys

command = [sys.argv[1], "sites", "--format", "json", *sys.argv[2:]]
run = subprocess.run(command, stdout=subprocess.PIPE)
report = json.loads(run.stdout or b"{}")
if run.returncode > 1 or report.get("incomplete"):
    sys.exit(f"{' '.join(command)} failed with status {run.returncode}: {report.get('incomplete')}")
for site in report["sites"]:
    calls = " ".join(site.get("externalCalls", []))
    print(site["function"], site["call"], site["verdict"], calls, sep="\t")
