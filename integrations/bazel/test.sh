#!/bin/sh
# Tries the rules with Debian's Bazel, offline: bazel-bootstrap, bazel-rules-cc, bazel-rules-java. The first argument is
# the spawnlint to use.
set -eu
program=$(realpath "$1")
rules=$(dirname "$(realpath "$0")")
packages=/usr/share/bazel/rules
command -v bazel-4 >/dev/null && [ -d $packages/cc ] && [ -d $packages/java ] || {
    echo "install bazel-bootstrap, bazel-rules-cc and bazel-rules-java" >&2
    exit 77
}
work=$(mktemp -d)
trap 'chmod -R u+w "$work"; rm -rf "$work"' EXIT
mkdir "$work/bin" "$work/stub" "$work/project"
ln -s "$program" "$work/bin/spawnlint"
PATH=$work/bin:$PATH
cp -rL $packages/cc "$work/rules_cc"
# This Bazel has no use_cpp_toolchain().
grep -rl use_cpp_toolchain "$work/rules_cc" | xargs sed -i \
    -e 's/, "use_cpp_toolchain"//' -e 's,use_cpp_toolchain(),["@bazel_tools//tools/cpp:toolchain_type"],'
touch "$work/stub/WORKSPACE"
echo 'filegroup(name = "coverage_report_generator", visibility = ["//visibility:public"])' >"$work/stub/BUILD"

cd "$work/project"
cat >.bazelrc <<END
startup --batch --output_user_root=$work/root
build --override_repository=rules_cc=$work/rules_cc
build --override_repository=rules_java=$packages/java
build --override_repository=remote_coverage_tools=$work/stub
END
cat >WORKSPACE <<END
local_repository(name = "spawnlint", path = "$rules")
END
cat >BUILD <<'END'
load("@spawnlint//:spawnlint.bzl", "spawnlint_report", "spawnlint_test")
cc_library(name = "log", srcs = ["log.c"], hdrs = ["log.h"], local_defines = ["LOUD"])
cc_binary(name = "app", srcs = ["main.c"], deps = [":log"])
spawnlint_report(name = "report", targets = [":app"], options = ["--threads=yes"])
spawnlint_test(name = "wrong", targets = [":app"], options = ["--threads=yes"])
spawnlint_test(name = "right", targets = [":app"], options = ["--threads=no"])
END
echo 'void tell(const char *text);' >log.h
cat >log.c <<'END'
#include "log.h"
#include <stdio.h>
void tell(const char *text)
{
#ifdef LOUD
    puts(text);
#endif
}
END
cat >main.c <<'END'
#include "log.h"
#include <unistd.h>
int main(int count, char **words)
{
    int pid = fork();
    if (pid == 0) {
        tell("child");
        execv(words[count - 1], words);
        _exit(127);
    }
    return pid < 0;
}
END

bazel() { bazel-4 "$@" >"$work/log" 2>&1; }
fail() {
    echo "failed: $1" >&2
    cat "$work/log" >&2
    exit 1
}
bazel build //:report || fail "build //:report"
status=0
spawnlint check --no-cache --threads yes log.c main.c -o "$work/expected" -- -DLOUD || status=$?
[ $status -eq 1 ] || fail "check itself"
cmp "$work/expected" bazel-bin/report.txt || fail "the report is not that of check"
bazel test //:right || fail "test //:right"
bazel test //:wrong && fail "test //:wrong must not pass"
echo 'int unused;' >>main.c
bazel build -s //:report || fail "build after a change"
[ "$(grep -c 'SUBCOMMAND.*Reading' "$work/log")" = 1 ] || fail "one file changed, others were read"
echo "Bazel: the report is that of check; one changed file is one action"
