#!/usr/bin/env python3
"""mutants.py SPAWNLINT [NAME…]: seeds one mistake after the other in the reference spawner and compares what spawnlint
reports with the comments `// expect: CHECK CALLEE` in the changed lines; every other line expects none, as in all
fixtures. A file of mutants/ says in its head what the mistake is, what has to be looked at beside the line itself to see
it (`needs`), which other files it is analysed with (`with`), and which check should see it and does not (`missed`): such a mutant
must be missed until it does. A mutant without an expectation is a control, in which nothing is wrong.

mutants.py --dynamic SPAWNLINT [NAME…]: builds each mutant, runs the dynamic tests that take seconds, and says which of them
see it; for all of them, writes the table mutants/README.md. Each test runs in a process namespace of its own, as a child
that runs on where it should not becomes many. This takes half an hour; the first form compares the table's rows with the
mutants that there are."""
import concurrent.futures
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time

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

    def changes_user_alone(self):
        with open(self.path) as file:
            return {line[6:].strip() for line in file if line.startswith("+++ b/")} == {"user.c"}

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


TABLE = os.path.join(FOLDER, "README.md")
# Column, and the tests of run.py behind it.
COLUMNS = {
    "behaviour": ("descriptors", "attributes", "errors", "lock", "memory"),
    "interposed": ("interposed functions",),
    "strace": ("system calls with arguments", "system calls without close_range", "system calls without vfork"),
    "faults": ("faults",),
    "growth": ("growth",),
    "slow exec": ("embedding", "slow exec on FUSE"),
}
MOST_PROCESSES = 400
SECONDS_PER_COLUMN = 120


def processes_like(process):
    """How many processes are in the namespace that a process made for its children."""
    try:
        namespace = os.readlink(f"/proc/{process.pid}/ns/pid_for_children")
    except OSError:
        return 0
    count = 0
    for name in os.listdir("/proc"):
        if name.isdigit():
            try:
                count += os.readlink(f"/proc/{name}/ns/pid") == namespace
            except OSError:
                pass
    return count


def outcome(column, environment):
    """`yes` where a test of the column fails, `no` where all pass, `-` where none could run."""
    command = ["unshare", "--pid", "--fork", "--kill-child", "--mount-proc", sys.executable, os.path.join(HERE, "run.py"),
               "spawnlint", *COLUMNS[column]]
    with tempfile.TemporaryFile() as output:
        process = subprocess.Popen(command, env=environment, stdout=output, stderr=subprocess.STDOUT)
        end = time.monotonic() + SECONDS_PER_COLUMN
        is_wild = False
        while process.poll() is None:
            time.sleep(0.1)
            if time.monotonic() > end or processes_like(process) > MOST_PROCESSES:
                is_wild = True
                process.kill()
                process.wait()
        output.seek(0)
        text = output.read().decode(errors="replace")
    if is_wild or "\nFAILED " in "\n" + text:
        return "yes"
    if "\nok " in "\n" + text:
        return "no"
    if "\nSKIPPED " in "\n" + text:
        return "-"
    raise ValueError(text[-2000:])


def dynamic(mutant):
    """By column, whether the dynamic tests see the mutant; of the library itself where there is none. `-` where they do not
    run what was changed."""
    if mutant and mutant.changes_user_alone():
        return {column: "-" for column in COLUMNS}
    with tempfile.TemporaryDirectory() as folder:
        # The programs are started by other users, too.
        os.chmod(folder, 0o755)
        source = os.path.join(folder, "source")
        if mutant is None:
            shutil.copytree(SPAWNER, source)
        else:
            problem = mutant.seed(source)
            if problem:
                raise ValueError(f"{mutant.name} cannot be seeded: {problem}")
        environment = {**os.environ, "SPAWNER": source, "OUT": os.path.join(folder, "out"), "WERROR": "-w", "STARTS": "1000",
                       "QUICK": "1", "SECONDS_PER_PROGRAM": "40"}
        extension = os.path.join(source, "python/_spawner.c")
        if os.path.exists(extension):
            environment["EXTENSION"] = extension
        return {column: outcome(column, environment) for column in COLUMNS}


def static(mutant):
    """The checks that see the mutant."""
    with tempfile.TemporaryDirectory() as folder:
        mutant.seed(folder)
        checks = {item[2] for item in expected(folder, mutant.files(folder))}
    return ", ".join(f"`{check}`" for check in sorted(checks)) if checks and not mutant.missed else "no"


def row(mutant, cells):
    return f"| {mutant.name} | {mutant.title} | {static(mutant)} | " + " | ".join(cells) + " |"


def write_table(mutants, results):
    lines = ["# Mutants of the reference spawner", "",
             "Each is one seeded mistake. The first column is what spawnlint reports, the others say which dynamic tests fail",
             "(`-`: does not run what is changed). Written by `mutants.py --dynamic`; do not edit.", "",
             "| mutant | mistake | spawnlint | " + " | ".join(COLUMNS) + " |",
             "| --- | --- | --- |" + " --- |" * len(COLUMNS)]
    lines += [row(mutant, results[mutant.name].values()) for mutant in mutants]
    seen = sum("yes" in results[mutant.name].values() for mutant in mutants)
    wrong = [mutant for mutant in mutants if static(mutant) != "no"]
    lines += ["", f"Of {len(wrong)} mistakes that spawnlint reports, the dynamic tests see "
              f"{sum('yes' in results[mutant.name].values() for mutant in wrong)}; of all {len(mutants)} rows, {seen}."]
    with open(TABLE, "w") as file:
        file.write("\n".join(lines) + "\n")


def table_is_current(mutants):
    """The table's rows are those of the mutants, but for what the dynamic tests say."""
    try:
        with open(TABLE) as file:
            rows = [line.split(" | ")[:3] for line in file if line.startswith("| ")][2:]
    except OSError:
        return False
    return rows == [row(mutant, ["no"]).split(" | ")[:3] for mutant in mutants]


def run_dynamic(mutants, is_all):
    if "yes" in dynamic(None).values():
        sys.exit("the tests fail for the library itself")
    results = {}
    # Most of the time they wait.
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for mutant, cells in zip(mutants, pool.map(dynamic, mutants)):
            results[mutant.name] = cells
            print(mutant.name, *(f"{name}: {cell};" for name, cell in cells.items()), flush=True)
    if is_all:
        write_table(mutants, results)


def main():
    arguments = sys.argv[1:]
    is_dynamic = arguments[0] == "--dynamic"
    spawnlint, *names = arguments[is_dynamic:]
    spawnlint = os.path.abspath(spawnlint)
    mutants = [mutant for mutant in Mutant.all() if not names or mutant.name in names]
    if is_dynamic:
        run_dynamic(mutants, not names)
        return
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
    if not names and not table_is_current(mutants):
        print("mutants/README.md has other rows: run mutants.py --dynamic")
        failed += 1
    sys.exit(1 if failed else 0)


main()
