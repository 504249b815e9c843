#!/usr/bin/env python3
"""latency.py [STARTS] [MEGABYTES…]: starts of /bin/true by the reference spawner and by other means, side by side.

Prints a Markdown table: per size of the parent and number of its threads the median of each way in microseconds, and
how the reference spawner compares: the ratio of the medians with its 95 % interval (bootstrap over the rounds). With
posix_spawn it takes turns in one process, a start of each a round; with Python and swift-subprocess, processes of the
same size, a few dozen starts of each a round, so that whatever goes on beside meets both. Writes latency.svg beside
itself where matplotlib is installed. Sizes that do not fit into the machine's free memory are left out, and that is said. Standard library otherwise.
"""

import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
SPAWNER = os.path.join(HERE, "..", "..", "Sources", "ReferenceSpawner")
WAYS = ["reference", "posix_spawn", "fork", "python", "swift-subprocess"]
COMPARED = ["posix_spawn", "python", "swift-subprocess"]
SIZES = [10, 1024, 8192]
THREADS = [1, 16]
# Of the ways that have a process of their own, which are slow: rounds, and starts in each.
TURNS = (20, 25)


def free_megabytes():
    with open("/proc/meminfo") as lines:
        for line in lines:
            if line.startswith("MemAvailable:"):
                return int(line.split()[1]) // 1024
    return 0


def build(folder):
    program = os.path.join(folder, "latency")
    sources = [os.path.join(SPAWNER, name) for name in sorted(os.listdir(SPAWNER)) if name.endswith(".c")]
    subprocess.run(
        ["cc", "-O2", "-std=c11", "-pthread", "-I", os.path.join(SPAWNER, "include"), "-o", program,
         os.path.join(HERE, "latency.c"), *sources], check=True)
    return program


def build_swift(folder):
    """The program that uses swift-subprocess; None where there is no Swift."""
    if not shutil.which("swift"):
        return None
    package = os.path.join(HERE, "subprocess")
    scratch = os.path.join(folder, "swift")
    command = ["swift", "build", "-c", "release", "--package-path", package, "--scratch-path", scratch]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode != 0:
        print("swift-subprocess could not be built:", done.stderr[-300:], file=sys.stderr)
        return None
    return os.path.join(scratch, "release", "subprocess")


def times(command, size, threads, starts, *ways):
    words = [*command, str(size), str(threads), str(starts), *ways]
    done = subprocess.run(words, capture_output=True, text=True, check=True)
    found = {}
    for line in done.stdout.splitlines():
        way, nanoseconds = line.split()
        found.setdefault(way, []).append(int(nanoseconds) / 1000)
    return found


def turns(commands, size, threads):
    """Per way, the times of each round: the programs wait for each other, all with their memory and threads."""
    programs = [subprocess.Popen([*command[0], str(size), str(threads), *command[1:]], stdin=subprocess.PIPE,
                                 stdout=subprocess.PIPE, text=True) for command in commands]
    found = {}
    rounds, starts = TURNS
    # The first round is for getting warm.
    for number in range(rounds + 1):
        # Each goes first as often as the others.
        for index in range(len(programs)):
            program = programs[(number + index) % len(programs)]
            program.stdin.write(f"{starts}\n")
            program.stdin.flush()
            times = {}
            while line := program.stdout.readline().split():
                times.setdefault(line[0], []).append(int(line[1]) / 1000)
            if not times:
                raise subprocess.CalledProcessError(program.wait(), program.args)
            for way, values in times.items():
                if number > 0:
                    found.setdefault(way, []).append(values)
    for program in programs:
        program.stdin.close()
        program.wait()
    return found


def interval(first, second, draws=1000):
    """The ratio of the medians and its 95 % interval; of each, a list of times per round. Rounds are drawn together."""
    source = random.Random(1)
    count = len(first)

    def ratio(rounds):
        return (statistics.median(time for i in rounds for time in first[i])
                / statistics.median(time for i in rounds for time in second[i]))

    ratios = sorted(ratio(source.choices(range(count), k=count)) for _ in range(draws))
    return ratio(range(count)), ratios[int(draws * 0.025)], ratios[int(draws * 0.975)]


def plot(rows):
    try:
        import matplotlib
        matplotlib.use("svg")
        from matplotlib import pyplot
    except ImportError:
        print("(no plot: matplotlib is not installed)")
        return
    figure, axes = pyplot.subplots(figsize=(7, 4.5))
    for way in WAYS:
        points = [(size, medians[way]) for size, threads, medians, _ in rows if threads == 1 and way in medians]
        if points:
            axes.plot(*zip(*points), marker="o", label=way)
    axes.set_xscale("log")
    axes.set_yscale("log")
    axes.set_xlabel("touched memory of the parent (MB)")
    axes.set_ylabel("start and wait (µs, median)")
    axes.legend()
    axes.grid(True, which="both", alpha=0.3)
    figure.tight_layout()
    figure.savefig(os.path.join(HERE, "latency.svg"), metadata={"Date": None})


def main():
    starts = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
    sizes = [int(word) for word in sys.argv[2:]] or SIZES
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        program = build(folder)
        others = {"python": [sys.executable, os.path.join(HERE, "python_latency.py")]}
        swift = build_swift(folder)
        if swift:
            others["swift-subprocess"] = [swift]
        for size in sizes:
            if 2 * size + 512 > free_megabytes():
                print(f"({size} MB do not fit into the memory that is free)")
                continue
            for threads in THREADS:
                found = times([program], size, threads, starts, "reference", "posix_spawn")
                # What fork leaves behind, pages to be copied when they are written, is not for others to pay; few will do.
                found.update(times([program], size, threads, max(20, starts // 40), "fork"))
                medians = {way: statistics.median(values) for way, values in found.items()}
                ratios = {"posix_spawn": interval([[time] for time in found["reference"]],
                                                  [[time] for time in found["posix_spawn"]])}
                for way, command in others.items():
                    pair = turns([([program], "-", "reference"), (command,)], size, threads)
                    medians[way] = statistics.median(time for values in pair[way] for time in values)
                    ratios[way] = interval(pair["reference"], pair[way])
                rows.append((size, threads, medians, ratios))
    print(f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}, {starts} starts a cell and way")
    print()
    print("| parent (MB) | threads | " + " | ".join(WAYS + [f"reference / {way} (95 %)" for way in COMPARED]) + " |")
    print("| ---: | ---: |" + " ---: |" * (len(WAYS) + len(COMPARED)))
    for size, threads, medians, ratios in rows:
        cells = [f"{medians[way]:.0f}" if way in medians else "" for way in WAYS]
        cells += ["%.3f (%.3f–%.3f)" % ratios[way] if way in ratios else "" for way in COMPARED]
        print(f"| {size} | {threads} | " + " | ".join(cells) + " |")
    plot(rows)


main()
