#!/usr/bin/env python3
"""synthetic.py SPAWNLINT: processor time and memory of `spawnlint check -p` on made-up repositories of 100, 1,000 and
10,000 files of about 8 kB, of which the same 20 spawn. Prints a Markdown table; with matplotlib it also draws
synthetic.svg beside this file. Python 3.9."""

import json
import os
import subprocess
import sys
import tempfile

SPAWNERS = 20
SIZES = (100, 1000, 10000)

HEAD = '#include "common.h"\n'
SPAWN = """
int start%(n)d(const char *path, char **arguments)
{
	int pid = fork();

	if (pid == 0) {
		prepare%(n)d();
		execve(path, arguments, 0);
		_exit(127);
	}
	return pid;
}
"""
FILLER = """
static int step%(n)d_%(k)d(struct item *list, int count)
{
	int sum = 0;

	for (int i = 0; i < count; i++) {
		if (list[i].kind == %(k)d)
			sum += list[i].weight * helper%(next)d(i);
		else if (list[i].next)
			sum -= list[i].next->weight;
	}
	return sum;
}
"""


def source(number, count):
    text = HEAD
    calls = []
    for k in range(24):
        text += FILLER % {"n": number, "k": k, "next": (number + 1) % count}
        calls.append(f"step{number}_{k}(0, n)")
    text += f"\nint helper{number}(int n)\n{{\n\treturn n + {' + '.join(calls)};\n}}\n"
    if number < SPAWNERS:
        text += SPAWN % {"n": number}
    elif number < 2 * SPAWNERS:
        text += f"\nvoid prepare{number - SPAWNERS}(void)\n{{\n\tvoid *memory = malloc(16);\n\t(void)memory;\n}}\n"
    return text


def write(folder, count):
    header = ["struct item { struct item *next; int kind, weight; };", "int fork(void);",
              "int execve(const char *, char **, char **);", "void _exit(int) __attribute__((noreturn));",
              "void *malloc(unsigned long);"]
    header += [f"int helper{n}(int);" for n in range(count)] + [f"void prepare{n}(void);" for n in range(SPAWNERS)]
    with open(os.path.join(folder, "common.h"), "w") as file:
        file.write("\n".join(header) + "\n")
    database = []
    for number in range(count):
        name = f"unit{number:05}.c"
        with open(os.path.join(folder, name), "w") as file:
            file.write(source(number, count))
        database.append({"directory": folder, "file": name, "arguments": ["cc", "-c", name]})
    with open(os.path.join(folder, "compile_commands.json"), "w") as file:
        json.dump(database, file)


def measure(tool, folder):
    script = ("import os, resource, subprocess, sys\n"
              "done = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)\n"
              "used = resource.getrusage(resource.RUSAGE_CHILDREN)\n"
              "read = [line for line in done.stderr.splitlines() if line.startswith('read ')]\n"
              "print(used.ru_utime + used.ru_stime, used.ru_maxrss // 1024, read[0].split()[1] if read else '?')\n")
    done = subprocess.run([sys.executable, "-c", script, tool, "check", "--no-cache", "--timings", "-p", folder],
                          capture_output=True, text=True, check=True)
    return done.stdout.split()


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    tool = os.path.abspath(sys.argv[1])
    print("| files | spawning | read | processor (s) | largest process (MB) |")
    print("| ---: | ---: | ---: | ---: | ---: |")
    rows = []
    for count in SIZES:
        with tempfile.TemporaryDirectory() as folder:
            write(folder, count)
            seconds, memory, read = measure(tool, folder)
            print(f"| {count} | {SPAWNERS} | {read} | {float(seconds):.2f} | {memory} |", flush=True)
            rows.append((count, float(seconds), int(memory)))
    plot(rows)


def plot(rows):
    try:
        import matplotlib
        matplotlib.use("svg")
        from matplotlib import pyplot
    except ImportError:
        print("(no plot: matplotlib is not installed)")
        return
    matplotlib.rcParams["svg.hashsalt"] = "synthetic"
    figure, sides = pyplot.subplots(1, 2, figsize=(8, 3.6))
    files = [row[0] for row in rows]
    for axes, column, label in zip(sides, (1, 2), ("processor time (s)", "largest process (MB)")):
        axes.plot(files, [row[column] for row in rows], marker="o")
        # As if every file cost the same.
        axes.plot(files, [rows[0][column] * count / files[0] for count in files], linestyle=":", color="gray")
        axes.set_xscale("log")
        axes.set_yscale("log")
        axes.set_xlabel(f"files, {SPAWNERS} of which spawn")
        axes.set_ylabel(label)
        axes.grid(True, which="both", alpha=0.3)
    figure.tight_layout()
    here = os.path.dirname(os.path.abspath(__file__))
    figure.savefig(os.path.join(here, "synthetic.svg"), metadata={"Date": None})


if __name__ == "__main__":
    main()
