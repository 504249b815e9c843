"""Build systems, and the installed program."""
import os
import pathlib
import resource

from run import BAD, HEADER, HELPER, ROOT, says, says_not

INTEGRATIONS = ROOT / "integrations"


def try_make(project):
    project.write("Makefile", f"""CFLAGS = -O1
all: program
SPAWNLINT_SOURCES = $(wildcard src/*.c)
SPAWNLINT_FLAGS = --threads yes
include {INTEGRATIONS}/make/spawnlint.mk
program: $(SPAWNLINT_SOURCES)
	$(CC) $(CFLAGS) -o $@ $^
""")
    # What the fragment defines must not become the default target.
    says(project.run("make"), "-o program")
    first = project.run("make", "spawnlint", "-j2", status=2)
    says(first, "src/run.c:10:3: warning: 'exit'", "index")
    again = project.run("make", "spawnlint", status=2)
    says_not(again, "index")
    project.repair()
    repaired = project.run("make", "spawnlint")
    assert repaired.count("spawnlint index") == 1, repaired
    project.write("src/helper.h", HEADER.replace("chdir(\"/\")", "opendir(\"/\")") + "#include <dirent.h>\n")
    header = project.run("make", "spawnlint", status=2)
    says(header, "'prepare'", "opendir")
    flags = project.run("make", "spawnlint", "CFLAGS=-O1 -DPREPARED=\"it's\"", status=2)
    assert flags.count("spawnlint index") == 3, flags
    says(project.run("make", "spawnlint", "SPAWNLINT_FLAGS=--threads yes --fail-on never --report sarif=out.sarif",
                     "CFLAGS=-O1 -DPREPARED=\"it's\""), "opendir")
    assert (project.folder / "out.sarif").exists()
    project.run("make", "spawnlint-clean")
    assert not (project.folder / ".spawnlint.d").exists()


def cmake(project, generator):
    project.write("CMakeLists.txt", f"""cmake_minimum_required(VERSION 3.20)
project(x C)
list(APPEND CMAKE_MODULE_PATH {INTEGRATIONS}/cmake)
include(Spawnlint)
add_library(parts OBJECT src/helper.c)
add_executable(program src/run.c src/main.c $<TARGET_OBJECTS:parts>)
target_compile_definitions(program PRIVATE "TEXT=\\"a b\\"")
target_include_directories(program PRIVATE src)
spawnlint_target(program)
spawnlint_target(parts WARN_ONLY)
spawnlint_add_check(lint OPTIONS --report sarif=${{CMAKE_BINARY_DIR}}/out.sarif)
""")
    project.run("cmake", "-S", ".", "-B", "build", "-G", generator)
    build = ["cmake", "--build", "build"]
    first = project.run(*build, status={1, 2})
    says(first, "src/run.c:10:3: warning: 'exit'")
    # As long as it is wrong, it is said.
    says(project.run(*build, status={1, 2}), "src/run.c:10:3: warning: 'exit'")
    says(project.run(*build, "--target", "lint", status={1, 2}), "src/run.c:10:3: warning: 'exit'")
    assert (project.folder / "build/out.sarif").exists()
    project.repair()
    repaired = project.run(*build)
    says(repaired, "reading src/run.c")
    says_not(repaired, "reading src/main.c")
    assert (project.folder / "build/program").exists()
    says_not(project.run(*build), "spawnlint: reading", "spawnlint: checking")
    project.write("src/helper.h", HEADER + "/* changed */\n")
    header = project.run(*build)
    says(header, "reading src/run.c", "reading src/helper.c")
    says_not(header, "reading src/main.c")
    project.run(*build, "--target", "lint")


def try_cmake_ninja(project):
    cmake(project, "Ninja")


def try_cmake_make(project):
    cmake(project, "Unix Makefiles")


def try_cmake_without_program(project):
    project.write("CMakeLists.txt", f"""cmake_minimum_required(VERSION 3.20)
project(x C)
set(SPAWNLINT_EXECUTABLE SPAWNLINT_EXECUTABLE-NOTFOUND CACHE FILEPATH "")
include({INTEGRATIONS}/cmake/Spawnlint.cmake)
add_executable(program src/run.c)
spawnlint_target(program)
""")
    env = {"PATH": "/usr/bin:/bin"}
    says(project.run("cmake", "-S", ".", "-B", "build", status=1, env=env), "spawnlint is not on the PATH")


def try_meson(project):
    part = (INTEGRATIONS / "meson/meson.build").read_text()
    project.write("meson.build", "project('x', 'c')\nexecutable('program', 'src/run.c', 'src/helper.c', 'src/main.c')\n"
                  "subdir('spawnlint')\n")
    project.write("spawnlint/meson.build", part)
    project.run("meson", "setup", "build")
    says(project.run("meson", "compile", "-C", "build", "spawnlint", status=1), "src/run.c:10:3: warning: 'exit'")
    says(project.run("meson", "test", "-C", "build", "spawnlint", status=1), "FAIL")
    project.repair()
    says(project.run("meson", "compile", "-C", "build", "spawnlint"), "no findings")
    says(project.run("meson", "test", "-C", "build", "spawnlint"), "OK")


def try_install(project):
    """`make install` with DESTDIR and PREFIX; the program works from any folder, without the sources."""
    stage = project.folder / "stage"
    project.run("make", "-C", str(ROOT), "-o", "build", "install", f"DESTDIR={stage}", "PREFIX=/opt/x")
    installed = sorted(str(path.relative_to(stage)) for path in stage.rglob("*") if path.is_file())
    assert installed == [
        "opt/x/bin/spawnlint", "opt/x/share/bash-completion/completions/spawnlint",
        "opt/x/share/fish/vendor_completions.d/spawnlint.fish", "opt/x/share/man/man1/spawnlint.1",
        "opt/x/share/zsh/site-functions/_spawnlint"], installed
    moved = project.folder / "moved"
    (stage / "opt/x").rename(moved)
    program = str(moved / "bin/spawnlint")
    says(project.run(program, "check", "src", status=1), "src/run.c:10:3: warning: 'exit'")
    says(project.run(program, "check", "run.c", status=1, folder="src"), "run.c:10:3: warning: 'exit'")
    says(project.run(program, "rules", "child-exit", folder="/"), "child-exit")
    page = project.run("groff", "-P-cbu", "-man", "-ww", "-Tascii", str(moved / "share/man/man1/spawnlint.1"))
    says(page, "SPAWNLINT(1)", "EXIT STATUS")
    says_not(page, "warning:", "error:")
    script = moved / "share/bash-completion/completions/spawnlint"
    complete = f"""source '{script}'
COMP_WORDS=(spawnlint check --for); COMP_CWORD=2; COMP_LINE='spawnlint check --for'; COMP_POINT=${{#COMP_LINE}}
_spawnlint spawnlint --for check; printf '%s\\n' "${{COMPREPLY[@]}}"
COMP_WORDS=(spawnlint check --format gi); COMP_CWORD=3; COMP_LINE='spawnlint check --format gi'; COMP_POINT=${{#COMP_LINE}}
_spawnlint spawnlint gi --format; printf '%s\\n' "${{COMPREPLY[@]}}"
"""
    env = {"PATH": f"{moved / 'bin'}:{os.environ['PATH']}"}
    completed = project.run("bash", "-c", complete, env=env).split()
    assert "--format" in completed and {"github", "gitlab"} <= set(completed), completed
    project.run("make", "-C", str(ROOT), "uninstall", f"DESTDIR={stage}", "PREFIX=/opt/x")


def try_full_disk(project):
    """Nothing is lost on a disk that is full: old reports and sources stay, and no part of a new one is left."""
    disk = project.folder / "disk"
    disk.mkdir()
    try:
        project.run("mount", "-t", "tmpfs", "-o", "size=32k", "spawnlint-test", str(disk))
    except (AssertionError, OSError):
        return "no right to mount: not tried"
    try:
        (disk / "old.sarif").write_text("old")
        (disk / "a.c").write_text(BAD.replace('#include "helper.h"\n', "").replace("\t\tprepare();\n", ""))
        before = (disk / "a.c").read_text()
        (disk / "filler").write_bytes(b"x" * 20_000)
        with open(disk / "rest", "wb", buffering=0) as file:
            try:
                while True:
                    file.write(b"x" * 512)
            except OSError:
                pass
        names = sorted(path.name for path in disk.iterdir())
        wrong = project.run("spawnlint", "check", "disk/a.c", "--report", "sarif=disk/old.sarif", status=2)
        says(wrong, "cannot write 'disk/old.sarif': No space left on device")
        says(project.run("spawnlint", "check", "--fix", "disk/a.c", status=2), "No space left on device")
        says(project.run("spawnlint", "baseline", "disk/a.c", "-o", "disk/base.json", status=2), "No space left")
        assert sorted(path.name for path in disk.iterdir()) == names
        assert (disk / "old.sarif").read_text() == "old" and (disk / "a.c").read_text() == before
    finally:
        project.run("umount", str(disk))


def try_fifty_megabytes(project):
    """A generated file of 50 MB is read like any other."""
    path = pathlib.Path(project.folder / "big.c")
    row = ",".join(str(number % 256) for number in range(40)) + ",\n"
    with open(path, "w") as file:
        file.write("#include <unistd.h>\n#include <stdlib.h>\n")
        number = 0
        while file.tell() < 50_000_000:
            file.write(f"static const unsigned char blob{number}[] = {{\n{row * 200}}};\n")
            file.write(f"int helper{number}(int a) {{ return a > {number} ? a * blob{number}[a % 8000] : 1; }}\n")
            number += 1
        file.write("void run(char **a) { if (fork() == 0) { execv(a[0], a); exit(helper3(1)); } }\n")
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    says(project.run("spawnlint", "check", "--quiet", "big.c", status=1), "warning: 'exit'")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return f"{seconds:.1f} s of one processor, {after.ru_maxrss // 1024} MB"
