#!/usr/bin/env python3
"""test_embedding.py: errors, and many threads at once.
test_embedding.py PROGRAM SECONDS: while the exec of PROGRAM takes SECONDS, other Python threads go on if the interpreter's
lock was released, and stand still if it was not. What makes PROGRAM slow is the caller's business."""
import errno
import os
import platform
import subprocess
import sys
import threading
import time

import _spawner

failures = 0


def check(condition, text):
    global failures
    if not condition:
        failures += 1
        print(f"not so: {text}", file=sys.stderr)


def longest_pause(work):
    """The longest time in which a second thread did not get its turn, in seconds, and what `work` took."""
    pauses = []
    is_over = threading.Event()
    is_ready = threading.Event()

    def tick():
        last = time.monotonic()
        longest = 0.0
        while not is_over.is_set():
            time.sleep(0.001)
            now = time.monotonic()
            longest = max(longest, now - last)
            last = now
            is_ready.set()
        pauses.append(longest)

    thread = threading.Thread(target=tick)
    thread.start()
    is_ready.wait()
    begin = time.monotonic()
    work()
    took = time.monotonic() - begin
    is_over.set()
    thread.join()
    return pauses[0], took


def start(program, **options):
    pid = _spawner.start(program, [b"program"], **options)
    _, status = os.waitpid(pid, 0)
    check(status == 0, f"the program ended with {status}")


def test_errors():
    for program, wanted in ((b"/nowhere/program", errno.ENOENT), (b"/etc/passwd", errno.EACCES)):
        try:
            _spawner.start(program, [b"program"])
            check(False, f"{program} was started")
        except OSError as error:
            check(error.errno == wanted, f"{program}: {error}")
    # The lock is held again after an error: this would crash without it.
    check(sum(range(1000)) == 499500, "the interpreter goes on")


def test_pauses(program, seconds):
    rows = [
        ("this library, lock released", True, lambda: start(program)),
        ("the same by fork", True, lambda: start(program, flags=_spawner.FORBID_VFORK)),
        ("the same with preread", True, lambda: start(program, flags=_spawner.PREREAD)),
        ("this library, lock kept", False, lambda: start(program, release=False)),
        (f"subprocess of Python {platform.python_version()}", None,
         lambda: subprocess.run([program], check=True)),
    ]
    print(f"exec takes {seconds:g} s; the longest pause of another Python thread:")
    for name, goes_on, work in rows:
        pause, took = longest_pause(work)
        print(f"  {pause:6.3f} s of {took:6.3f} s  {name}")
        check(took >= seconds * 0.9, f"{name}: the exec took {took} s only")
        if goes_on is not None:
            wanted = pause < seconds / 2 if goes_on else pause > seconds * 0.8
            check(wanted, f"{name}: a pause of {pause} s")


def test_threads():
    """Starts from many threads at once, with the lock going to and fro."""
    def work():
        for _ in range(25):
            start(b"/bin/true")

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


if len(sys.argv) == 3:
    test_pauses(os.fsencode(sys.argv[1]), float(sys.argv[2]))
else:
    test_errors()
    test_threads()
sys.exit(1 if failures else 0)
