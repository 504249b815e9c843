#!/usr/bin/env python3
"""latency.py [STARTS] [MEGABYTES…]: starts of /bin/true by the reference spawner and by other means, side by side.

Prints a Markdown table: per size of the parent and number of its threads the median of each way in microseconds, and
how the reference spawner compares with posix_spawn: the ratio of the medians with its 95 % interval (bootstrap over
the rounds, each of which has one start of each). Writes latency.svg beside itself where matplotlib is installed.
Sizes that do not fit into the machine's free memory are left out, and that is said. Standard library otherwise.
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
SIZES = [10, 1024, 8192]
THREADS = [1, 16]


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


def interval(first, second, rounds=1000):
    """The 95 % interval of the ratio of the medians; the starts of a round are drawn together."""
    source = random.Random(1)
    count = len(first)
    ratios = []
    for _ in range(rounds):
        drawn = source.choices(range(count), k=count)
        ratios.append(statistics.median(first[i] for i in drawn) / statistics.median(second[i] for i in drawn))
    ratios.sort()
    return ratios[int(rounds * 0.025)], ratios[int(rounds * 0.975)]


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
        others = [[sys.executable, os.path.join(HERE, "python_latency.py")]]
        swift = build_swift(folder)
        if swift:
            others.append([swift])
        for size in sizes:
            if size + 512 > free_megabytes():
                print(f"({size} MB do not fit into the memory that is free)")
                continue
            for threads in THREADS:
                found = times([program], size, threads, starts, "reference", "posix_spawn")
                # What fork leaves behind, pages to be copied when they are written, is not for others to pay.
                found.update(times([program], size, threads, max(20, starts // 10), "fork"))
                for other in others:
                    # The slow ways: a tenth of the starts tells enough.
                    found.update(times(other, size, threads, max(20, starts // 10)))
                low, high = interval(found["reference"], found["posix_spawn"])
                medians = {way: statistics.median(values) for way, values in found.items()}
                rows.append((size, threads, medians, (low, high)))
    print(f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}, {starts} starts a cell and way")
    print()
    print("| parent (MB) | threads | " + " | ".join(WAYS) + " | reference / posix_spawn (95 %) |")
    print("| ---: | ---: |" + " ---: |" * (len(WAYS) + 1))
    for size, threads, medians, (low, high) in rows:
        cells = [f"{medians[way]:.0f}" if way in medians else "" for way in WAYS]
        ratio = medians["reference"] / medians["posix_spawn"]
        print(f"| {size} | {threads} | " + " | ".join(cells) + f" | {ratio:.3f} ({low:.3f}–{high:.3f}) |")
    plot(rows)


main()
