"""Checks what children of fork and vfork do, in C code that Bazel builds.

    load("@spawnlint//:spawnlint.bzl", "spawnlint_test")

    spawnlint_test(
        name = "spawn_safety",
        targets = [":server"],
    )

Each C file of the targets and of all that they depend on is read in an action of its own, which depends on that file, the
headers that it may include and the flags: it is cached, and runs wherever Bazel runs actions. One more action follows
the children through all of them.
"""

SpawnlintInfo = provider(
    doc = "What spawnlint understood of a target and of all that it depends on.",
    fields = {
        "facts": "depset of files, one for each C file",
        "sources": "depset of the C files and headers, for the lines that reports show and comments that allow findings",
    },
)

_TOOL_ATTRIBUTES = {
    "_program": attr.label(
        default = Label("//:program"),
        executable = True,
        cfg = "exec",
    ),
    "_config": attr.label(default = Label("//:config")),
}

def _config(ctx):
    files = ctx.attr._config[DefaultInfo].files.to_list()
    return files, ["--config", files[0].path] if files else ["--no-config"]

def _flags(ctx, contexts):
    """What of the compile action changes the meaning of C code."""
    attributes = ctx.rule.attr
    flags = []
    for context in contexts:
        flags += ["-D" + define for define in context.defines.to_list()]
        flags += ["-I" + folder for folder in context.includes.to_list()]
        for folder in context.quote_includes.to_list():
            flags += ["-iquote", folder]
        for folder in context.system_includes.to_list():
            flags += ["-isystem", folder]
    flags += ["-D" + define for define in getattr(attributes, "defines", [])]
    flags += ["-D" + define for define in getattr(attributes, "local_defines", [])]
    for folder in ["."] + [ctx.bin_dir.path, ctx.genfiles_dir.path]:
        flags += ["-iquote", folder]
    cpp = ctx.fragments.cpp
    flags += cpp.copts + cpp.conlyopts + getattr(attributes, "copts", [])

    # Bazel's own way to say that a copt has blanks is left alone: such flags concern no headers.
    seen = {}
    result = []
    for index in range(len(flags)):
        flag = flags[index]
        if flag in ["-iquote", "-isystem"]:
            continue
        pair = index > 0 and flags[index - 1] in ["-iquote", "-isystem"]
        words = [flags[index - 1], flag] if pair else [flag]
        if str(words) not in seen:
            seen[str(words)] = True
            result += words
    return result

def _aspect_impl(target, ctx):
    attributes = ctx.rule.attr
    dependencies = [dep for dep in getattr(attributes, "deps", []) + getattr(attributes, "implementation_deps", [])]
    known = [dep[SpawnlintInfo] for dep in dependencies if SpawnlintInfo in dep]
    contexts = [dep[CcInfo].compilation_context for dep in dependencies if CcInfo in dep]
    if CcInfo in target:
        contexts.append(target[CcInfo].compilation_context)
    own = getattr(ctx.rule.files, "srcs", []) + getattr(ctx.rule.files, "hdrs", []) + \
          getattr(ctx.rule.files, "textual_hdrs", [])
    headers = depset(own, transitive = [context.headers for context in contexts])
    facts = []
    if contexts or ctx.rule.kind.startswith("cc_"):
        configuration, chosen = _config(ctx)
        flags = _flags(ctx, contexts)
        for source in getattr(ctx.rule.files, "srcs", []):
            if source.extension != "c":
                continue
            output = ctx.actions.declare_file("_spawnlint/%s/%s.facts" % (ctx.label.name, source.short_path.replace("../", "")))
            facts.append(output)
            arguments = ctx.actions.args()
            arguments.add("index")
            arguments.add_all(chosen)
            arguments.add("-o", output)
            arguments.add(source)
            arguments.add("--")
            arguments.add_all(flags)
            # Where the object would be, which tells the target.
            arguments.add("-o", "%s/%s/_objs/%s/%s.o" % (ctx.bin_dir.path, ctx.label.package, ctx.label.name, source.basename))
            ctx.actions.run(
                executable = ctx.executable._program,
                arguments = [arguments],
                inputs = depset(configuration, transitive = [headers]),
                outputs = [output],
                mnemonic = "SpawnlintIndex",
                progress_message = "Reading %s for spawnlint" % source.short_path,
                use_default_shell_env = True,
            )
    return [SpawnlintInfo(
        facts = depset(facts, transitive = [info.facts for info in known]),
        sources = depset(transitive = [headers] + [info.sources for info in known]),
    )]

spawnlint_aspect = aspect(
    doc = "Reads the C files of cc_library, cc_binary and cc_test targets and of all that they depend on.",
    implementation = _aspect_impl,
    attr_aspects = ["deps", "implementation_deps"],
    attrs = _TOOL_ATTRIBUTES,
    fragments = ["cpp"],
    provides = [SpawnlintInfo],
)

def _link(ctx):
    """One text report, one as SARIF, and a file with the exit status."""
    infos = [target[SpawnlintInfo] for target in ctx.attr.targets]
    facts = depset(transitive = [info.facts for info in infos])
    text = ctx.actions.declare_file(ctx.label.name + ".txt")
    sarif = ctx.actions.declare_file(ctx.label.name + ".sarif")
    status = ctx.actions.declare_file(ctx.label.name + ".status")
    configuration, chosen = _config(ctx)
    arguments = ctx.actions.args()
    arguments.add_all([ctx.executable._program.path, status.path, "link"])
    arguments.add_all(chosen)
    arguments.add("-o", text)
    arguments.add("--report", "sarif=" + sarif.path)
    arguments.add_all(ctx.attr.options)
    list = ctx.actions.args()
    list.use_param_file("@%s", use_always = True)
    list.set_param_file_format("multiline")
    list.add_all(facts)
    ctx.actions.run_shell(
        # Findings are an answer: only 2 means that there is none.
        command = 'program=$1 status=$2; shift 2; "$program" "$@"; code=$?; [ $code -ne 2 ] && echo $code >"$status"',
        arguments = [arguments, list],
        inputs = depset(configuration, transitive = [facts] + [info.sources for info in infos]),
        tools = [ctx.attr._program[DefaultInfo].files_to_run],
        outputs = [text, sarif, status],
        mnemonic = "SpawnlintLink",
        progress_message = "Checking what children do in %s" % ctx.label,
        use_default_shell_env = True,
    )
    return text, sarif, status

_LINK_ATTRIBUTES = dict(
    _TOOL_ATTRIBUTES,
    targets = attr.label_list(
        doc = "Of one program, or of a library alone.",
        aspects = [spawnlint_aspect],
        mandatory = True,
    ),
    options = attr.string_list(doc = "Of `spawnlint link`, such as `--threads=no`."),
)

def _report_impl(ctx):
    text, sarif, _ = _link(ctx)
    return [DefaultInfo(files = depset([text, sarif]))]

spawnlint_report = rule(
    doc = "Writes NAME.txt and NAME.sarif.",
    implementation = _report_impl,
    attrs = _LINK_ATTRIBUTES,
)

def _test_impl(ctx):
    text, sarif, status = _link(ctx)
    script = ctx.actions.declare_file(ctx.label.name + ".sh")
    ctx.actions.write(
        script,
        "#!/bin/sh\ncat %s\nexit $(cat %s)\n" % (text.short_path, status.short_path),
        is_executable = True,
    )
    return [DefaultInfo(
        executable = script,
        files = depset([script, text, sarif]),
        runfiles = ctx.runfiles([text, status]),
    )]

spawnlint_test = rule(
    doc = "Fails with the status of `spawnlint check` and shows its report.",
    implementation = _test_impl,
    attrs = _LINK_ATTRIBUTES,
    test = True,
)
