#!/usr/bin/env python3
"""mutants.py SPAWNLINT [NAME…]: seeds one mistake after the other in the reference spawner and compares what spawnlint
reports with the comments `// expect: CHECK CALLEE` in the changed lines; every other line expects none, as in all
fixtures. A file of mutants/ says in its head what the mistake is, what has to be looked at beside the line itself to see
it (`needs`), which other files it is analysed with (`with`), and which check should see it and does not (`missed`): such a mutant
must be missed until it does. A mutant without an expectation is a control, in which nothing is wrong.

mutants.py --dynamic SPAWNLINT [NAME…]: also builds each mutant, runs the quick dynamic tests and writes the table
mutants/README.md: which of them see it."""
import concurrent.futures
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
SPAWNER = os.path.join(ROOT, "Sources/ReferenceSpawner")
FOLDER = os.path.join(HERE, "mutants")
OUT = os.environ.get("OUT") or os.path.join(ROOT, ".build/reference-spawner")
EXPECTATION = re.compile(r"// expect: (.*)$")


class Mutant:
    def __init__(self, name):
        self.name = name
        self.path = os.path.join(FOLDER, name + ".patch")
        with open(self.path) as file:
            head = file.read().split("\n--- ")[0].split("\n")
        self.title = head[0]
        fields = dict(line.split(": ", 1) for line in head[1:] if ": " in line)
        self.needs = fields["needs"]
        self.missed = fields.get("missed", "").split()
        self.others = fields.get("with", "user.c").split()

    @staticmethod
    def all():
        return [Mutant(name[:-6]) for name in sorted(os.listdir(FOLDER)) if name.endswith(".patch")]

    def seed(self, folder):
        """A copy of the library and of what it is analysed with, with the mistake in it."""
        shutil.copytree(SPAWNER, folder, dirs_exist_ok=True)
        for other in self.others:
            os.makedirs(os.path.dirname(os.path.join(folder, other)), exist_ok=True)
            shutil.copy(os.path.join(HERE, other), os.path.join(folder, other))
        run = subprocess.run(["git", "apply", "-p1", self.path], cwd=folder, capture_output=True, text=True,
                             env={**os.environ, "GIT_CEILING_DIRECTORIES": os.path.dirname(folder)})
        if run.returncode != 0:
            return run.stderr.strip()
        return None

    def files(self, folder):
        names = sorted(name for name in os.listdir(folder) if name.endswith(".c") and name != "user.c")
        return names + self.others


def python_flags():
    import sysconfig
    return f"-I{sysconfig.get_path('include')}"


def expected(folder, files):
    """(file, line, check, callee) of every comment."""
    wanted = []
    for file in files:
        with open(os.path.join(folder, file)) as lines:
            for number, line in enumerate(lines, 1):
                match = EXPECTATION.search(line.rstrip("\n"))
                for item in match[1].split("; ") if match else []:
                    wanted.append((file, number, *item.split()))
    return sorted(wanted)


def reported(spawnlint, folder, files):
    command = [spawnlint, "check", "--format", "json", "--threads", "yes", *files, "--", "-std=c11", "-Iinclude",
               python_flags()]
    run = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    if run.returncode > 1:
        raise ValueError(f"spawnlint failed with status {run.returncode}: {run.stderr}{run.stdout[:2000]}")
    report = json.loads(run.stdout)
    if report["incomplete"]:
        raise ValueError(f"not understood: {report['incomplete']}")
    findings = [(finding["file"], finding["line"], finding["check"], finding.get("callee", "-"))
                for finding in report["findings"]]
    return sorted(findings), [site["verdict"] for site in report["sites"]]


def difference(mutant, spawnlint):
    """Lines that say what is wrong, none if all is as expected."""
    with tempfile.TemporaryDirectory() as folder:
        problem = mutant.seed(folder)
        if problem:
            return [f"cannot be seeded: {problem}"]
        files = mutant.files(folder)
        wanted = expected(folder, files)
        try:
            found, verdicts = reported(spawnlint, folder, files)
        except ValueError as problem:
            return [str(problem)]
    rest = list(found)
    lines = []
    for item in wanted:
        if item in rest:
            rest.remove(item)
        else:
            lines.append("missing    %s:%d %s %s" % item)
    lines += ["unexpected %s:%d %s %s" % item for item in rest]
    if not wanted and set(verdicts) != {"verified"}:
        lines.append(f"not verified: {' '.join(verdicts)}")
    if mutant.missed:
        return [] if lines else [f"is reported: {' '.join(mutant.missed)} is no longer missed"]
    return lines


def main():
    arguments = sys.argv[1:]
    is_dynamic = arguments[0] == "--dynamic"
    spawnlint, *names = arguments[is_dynamic:]
    spawnlint = os.path.abspath(spawnlint)
    mutants = [mutant for mutant in Mutant.all() if not names or mutant.name in names]
    failed = 0
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for mutant, lines in zip(mutants, pool.map(lambda mutant: difference(mutant, spawnlint), mutants)):
            failed += bool(lines)
            if lines:
                print(f"{mutant.name}: {mutant.title}", *lines, sep="\n    ")
    missed = sum(1 for mutant in mutants if mutant.missed)
    beyond = sum(1 for mutant in mutants if not mutant.missed and mutant.needs != "nothing")
    print(f"{len(mutants)} mutants: {len(mutants) - failed - missed} as expected, of {beyond} the line alone does not tell; "
          f"{missed} missed; {failed} wrong")
    sys.exit(1 if failed else 0)


main()
