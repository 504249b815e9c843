#!/usr/bin/env python3
"""run.py SPAWNLINT [NAME…]: tests the reference spawner, statically with the program SPAWNLINT and dynamically. Names pick
tests. What cannot run here says SKIPPED and why, and counts as neither passed nor failed.

STARTS is how many programs the growth test starts (10000), OUT the folder of what is built, SPAWNER that of the library,
SECONDS_PER_PROGRAM how long a test program may run (240). QUICK makes the interposed functions a sample."""
import concurrent.futures
import contextlib
import os
import shutil
import signal
import subprocess
import sys
import sysconfig
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
SPAWNER = os.environ.get("SPAWNER") or os.path.join(ROOT, "Sources/ReferenceSpawner")
OUT = os.environ.get("OUT") or os.path.join(ROOT, ".build/reference-spawner")
SOURCES = sorted(os.path.join(SPAWNER, name) for name in os.listdir(SPAWNER) if name.endswith(".c"))
PLATFORMS = ("posix-2017", "posix-2024", "glibc", "musl", "freebsd", "macos")
LIMIT = int(os.environ.get("SECONDS_PER_PROGRAM") or 240)
os.environ.update(PROBE=f"{OUT}/probe", CLOSED=f"{OUT}/closed", NOTHING=f"{OUT}/nothing")


class Skipped(Exception):
    """Why a test cannot run here."""


class Failed(Exception):
    """What went wrong; the output."""


def run(*command, environment=None, statuses=(0,)):
    """Runs a program to its end and returns what it wrote; it and its children end when it takes too long."""
    with tempfile.TemporaryFile() as output:
        process = subprocess.Popen(command, cwd=HERE, env={**os.environ, **(environment or {})}, stdout=output,
                                   stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, start_new_session=True)
        try:
            status = process.wait(LIMIT)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            status = f"none within {LIMIT} s"
        output.seek(0)
        text = output.read().decode(errors="replace")
    if status == 77:
        raise Skipped(text.strip().removeprefix("SKIPPED: "))
    if status not in statuses:
        raise Failed(f"{text}{' '.join(command[:3])} …: status {status}")
    return text


def together(*command, parts=os.cpu_count() or 1, **options):
    """The command once for each part, at the same time, with the part's number and the count as last arguments."""
    with concurrent.futures.ThreadPoolExecutor(parts) as pool:
        runs = [pool.submit(run, *command, str(part), str(parts), **options) for part in range(parts)]
        return "".join(result.result() for result in runs)


def make(*goals):
    return run("make", "-s", f"-j{os.cpu_count() or 1}", f"OUT={OUT}", *goals)


# Static tests.

def sites(spawnlint, expected, platforms, *files):
    """The spawn sites and closed lists are the committed ones, on each of the platforms."""
    with open(os.path.join(HERE, expected)) as file:
        wanted = file.read()

    def compare(platform):
        found = run("./sites.py", spawnlint, "--platform", platform, "--threads", "yes", *SOURCES, *files, "--",
                    "-std=c11", f"-I{SPAWNER}/include")
        if found != wanted:
            raise Failed(f"{expected} holds other sites than those found for {platform}:\n{found}")
        return found

    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        return "".join(pool.map(compare, platforms))


def clean(spawnlint):
    """No finding of any level on the platform that the library is for."""
    return run(spawnlint, "check", "--threads", "yes", "--fail-on", "note", *SOURCES, "user.c", "--", "-std=c11",
               f"-I{SPAWNER}/include")


def warnings(compiler):
    if not shutil.which(compiler):
        raise Skipped(f"no {compiler}")
    return run(compiler, "-std=c11", "-Wall", "-Wextra", "-Wpedantic", "-Werror", "-fsyntax-only",
               f"-I{SPAWNER}/include", *SOURCES)


# Dynamic tests.

def interposed():
    """Functions of the C library that children must not enter."""
    preload = {"LD_PRELOAD": f"{OUT}/interpose.so"}
    for test in ("descriptors", "attributes", "errors", "lock"):
        run(f"{OUT}/test_{test}", environment=preload)
    if os.environ.get("QUICK"):
        return run(f"{OUT}/combinations", "5", "61", environment=preload)
    return together(f"{OUT}/combinations", environment=preload)


def system_calls(*options, parts=None):
    if not shutil.which("strace"):
        raise Skipped("no strace")
    command = ("./watch.py", *options, "sites.tsv", f"{OUT}/combinations")
    # 61 has no factor in common with the number of any option's values.
    return together(*command) if parts is None else run(*command, "5", "61")


def sanitized(kind):
    try:
        make(f"sanitized-{kind}")
    except Failed as failure:
        raise Skipped(f"no -fsanitize={kind} here: {str(failure).splitlines()[0]}")
    for test in ("stress", "test_errors", "test_descriptors", "test_attributes"):
        # The thread sanitizer of gcc 12 does not know the address layout of newer kernels; setarch gives it an older.
        text = run("setarch", "-R", f"{OUT}/{kind}/{test}", "8", "2000", environment={"SANITIZED": "1"})
    return text


# In CPython.

def build_extension():
    include = sysconfig.get_path("include")
    if not os.path.exists(f"{include}/Python.h"):
        raise Skipped(f"no {include}/Python.h")
    make(f"PYTHON_FLAGS=-I{include}", f"{OUT}/python/_spawner.so")


def embed(*arguments, prefix=()):
    return run(*prefix, sys.executable, "python/test_embedding.py", *arguments,
               environment={"PYTHONPATH": f"{OUT}/python"})


def embedding():
    build_extension()
    return embed()


@contextlib.contextmanager
def slow_file_system():
    """A folder whose file `program` takes a second to open."""
    if not os.access("/dev/fuse", os.R_OK | os.W_OK):
        raise Skipped("no /dev/fuse")
    flags = subprocess.run(["pkg-config", "--cflags", "--libs", "fuse3"], stdout=subprocess.PIPE, text=True).stdout
    if not flags:
        raise Skipped("no libfuse3")
    make(f"FUSE_FLAGS={flags.strip()}", f"{OUT}/slow_fs")
    folder = tempfile.mkdtemp()
    server = subprocess.Popen([f"{OUT}/slow_fs", f"{OUT}/nothing", "1000", folder], stdout=subprocess.DEVNULL,
                              stderr=subprocess.DEVNULL)
    try:
        for _ in range(50):
            if os.path.ismount(folder):
                break
            time.sleep(0.1)
        else:
            raise Skipped("a FUSE file system could not be mounted")
        yield folder
    finally:
        for unmount in (["umount", folder], ["fusermount3", "-u", folder]):
            if os.path.ismount(folder) and shutil.which(unmount[0]):
                subprocess.run(unmount)
        server.terminate()
        server.wait()
        os.rmdir(folder)


def slow_exec():
    build_extension()
    with slow_file_system() as folder:
        return embed(f"{folder}/program", "1")


def slow_exec_by_strace():
    if not shutil.which("strace"):
        raise Skipped("no strace")
    build_extension()
    delay = ("strace", "-f", "-qq", "-o", "/dev/null", "-e", "trace=execve", "-e", "inject=execve:delay_enter=1000000")
    return embed(f"{OUT}/nothing", "1", prefix=delay)


def tests(spawnlint):
    """Name, how to run it, and how many of its last lines are worth showing."""
    yield "sites", lambda: sites(spawnlint, "sites.tsv", ("glibc",)), 0
    yield "sites with a user", lambda: sites(spawnlint, "sites-with-user.tsv", PLATFORMS, "user.c"), 0
    yield "no findings", lambda: clean(spawnlint), 1
    yield "warnings of gcc", lambda: warnings("gcc"), 0
    yield "warnings of clang", lambda: warnings("clang"), 0
    for name in ("descriptors", "attributes", "errors", "lock", "memory"):
        yield name, lambda name=name: run(f"{OUT}/test_{name}"), 0
    yield "interposed functions", interposed, 0
    yield "system calls", system_calls, 4
    yield "system calls with arguments", lambda: system_calls("--full", parts=61), 0
    yield "system calls without close_range", lambda: system_calls(
        "--full", "--inject=close_range:error=ENOSYS", parts=61), 2
    yield "system calls without vfork", lambda: system_calls("--full", "--inject=vfork:error=EINVAL", parts=61), 2
    yield "faults", lambda: run(f"{OUT}/faults"), 1
    yield "growth", lambda: run(f"{OUT}/stress", "8", os.environ.get("STARTS", "10000")), 1
    yield "address sanitizer", lambda: sanitized("address,undefined"), 0
    yield "thread sanitizer", lambda: sanitized("thread"), 0
    yield "embedding", embedding, 0
    yield "slow exec on FUSE", slow_exec, 9
    yield "slow exec by strace", slow_exec_by_strace, 9


def main():
    spawnlint, *wanted = sys.argv[1:]
    os.makedirs(OUT, exist_ok=True)
    make()
    count = {"ok": 0, "SKIPPED": 0, "FAILED": 0}
    for name, test, shown in tests(os.path.abspath(spawnlint)):
        if wanted and name not in wanted:
            continue
        # One slow exec is enough; the file system's is the real one.
        if name == "slow exec by strace" and not wanted and count["slow"]:
            continue
        begin = time.monotonic()
        try:
            lines = test().splitlines()[-shown:] if shown else test() and []
            result = "ok"
        except Skipped as reason:
            lines, result = str(reason).splitlines(), "SKIPPED"
        except Failed as failure:
            lines, result = str(failure).splitlines()[-60:], "FAILED"
        count[result] += 1
        count["slow"] = name == "slow exec on FUSE" and result == "ok"
        print(f"{result:8} {name} ({time.monotonic() - begin:.1f} s)", flush=True)
        for line in lines:
            print(f"         {line}", flush=True)
    print(f"reference spawner: {count['ok']} passed, {count['FAILED']} failed, {count['SKIPPED']} skipped")
    sys.exit(1 if count["FAILED"] else 0)


main()
