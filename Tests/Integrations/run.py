#!/usr/bin/env python3
"""Tries spawnlint inside the programs that it is used with: run.py SPAWNLINT [NAME...]

Each function whose name begins with `try_` is one attempt in an empty folder; names choose some of them. The consumers of
reports come from PyPI, into a virtual environment beside the build.
"""
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import traceback

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))

BAD = """#include <stdlib.h>
#include <unistd.h>
#include "helper.h"
int run(char **argv)
{
	int pid = fork();
	if (pid == 0) {
		prepare();
		execv(argv[0], argv);
		exit(127);
	}
	return pid;
}
"""
HELPER = """#include <unistd.h>
#include "helper.h"
void prepare(void) { PREPARE; }
"""
HEADER = """#define PREPARE (void)chdir("/")
void prepare(void);
"""
MAIN = """int run(char **argv);
int main(int argc, char **argv) { return run(argv + 1) < 0 || argc < 2; }
"""


class Project:
    """A folder with a program of three files; the first one has a finding."""

    def __init__(self, program):
        self.program = program
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="spawnlint-"))
        self.write("src/run.c", BAD)
        self.write("src/helper.c", HELPER)
        self.write("src/helper.h", HEADER)
        self.write("src/main.c", MAIN)

    def write(self, name, text):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

    def repair(self):
        self.write("src/run.c", BAD.replace("\texit(", "\t_exit("))

    def run(self, *words, status=0, env=None, folder="."):
        """The output of a command that must end with this status; a set of them."""
        # What a make around this one hands on is not meant for those inside.
        outer = {name: text for name, text in os.environ.items() if name not in ("MAKEFLAGS", "MFLAGS", "MAKELEVEL")}
        path = os.pathsep.join([str(self.program.parent), os.environ["PATH"]])
        done = subprocess.run(
            words, cwd=self.folder / folder, env={**outer, "PATH": path, **(env or {})},
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        allowed = status if isinstance(status, set) else {status}
        assert done.returncode in allowed, f"{words}: status {done.returncode}\n{done.stdout}"
        return done.stdout

    def git(self, *words):
        return self.run("git", "-c", "user.name=x", "-c", "user.email=x@example.org", *words)


def says(text, *parts):
    for part in parts:
        assert part in text, f"'{part}' is missing in:\n{text}"


def says_not(text, *parts):
    for part in parts:
        assert part not in text, f"'{part}' is in:\n{text}"


def main(words):
    import browser
    import builds
    import consumers
    import services

    program = pathlib.Path(words[0]).resolve()
    wanted = words[1:]
    failed = []
    for module in (builds, services, consumers, browser):
        for name, attempt in sorted(vars(module).items()):
            if not name.startswith("try_") or (wanted and name[4:] not in wanted):
                continue
            project = Project(program)
            try:
                remark = attempt(project)
                print(f"ok    {name[4:]}" + (f": {remark}" if remark else ""), flush=True)
            except Exception as error:
                failed.append(name[4:])
                print(f"WRONG {name[4:]}", flush=True)
                if isinstance(error, AssertionError) and str(error):
                    print(f"      {error}")
                else:
                    traceback.print_exc(file=sys.stdout)
            finally:
                subprocess.run(["chmod", "-R", "u+w", project.folder])
                shutil.rmtree(project.folder)
    print(f"{len(failed)} wrong" if failed else "all right")
    return 1 if failed else 0


if __name__ == "__main__":
    # The modules import what stands here.
    sys.modules["run"] = sys.modules["__main__"]
    sys.exit(main(sys.argv[1:]))
