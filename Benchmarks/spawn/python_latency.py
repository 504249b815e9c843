"""python_latency.py MEGABYTES THREADS: what latency.c does with - for STARTS, by Python's subprocess."""

import mmap
import subprocess
import sys
import threading
import time

megabytes, threads = map(int, sys.argv[1:3])
memory = mmap.mmap(-1, megabytes << 20, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)
memory.madvise(mmap.MADV_NOHUGEPAGE)
for page in range(0, megabytes << 20, mmap.PAGESIZE):
    memory[page] = 1
done = threading.Event()
for _ in range(threads - 1):
    threading.Thread(target=done.wait, daemon=True).start()
null = subprocess.DEVNULL
for line in sys.stdin:
    for _ in range(int(line)):
        before = time.monotonic_ns()
        status = subprocess.Popen(["/bin/true"], stdin=null, stdout=null, stderr=null).wait()
        after = time.monotonic_ns()
        if status != 0:
            sys.exit(f"status {status}")
        print("python", after - before)
    print(flush=True)
