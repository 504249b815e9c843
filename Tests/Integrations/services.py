"""Services that run the program for people: pre-commit, GitHub's actions."""
import json
import os
import pathlib
import re
import shutil
import subprocess

from run import BAD, ROOT, says, says_not


def tool(name):
    return str(pathlib.Path(os.environ["SPAWNLINT_TOOLS"]) / "bin" / name)


def copy_of_repository(project):
    """What a clone of this repository would bring, uncommitted changes included, as a repository of its own."""
    folder = project.folder / "spawnlint.git"
    names = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"], cwd=ROOT, check=True,
        stdout=subprocess.PIPE).stdout.decode().split("\0")
    for name in names:
        if name in (".pre-commit-hooks.yaml", "action.yml", "Package.swift", "Makefile") or \
                name.startswith(("integrations/", "Plugins/", "Scripts/")):
            target = folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, target)
    for words in (["init", "-q"], ["add", "."], ["commit", "-qm", "x"], ["tag", "v1"]):
        project.run("git", "-c", "user.name=x", "-c", "user.email=x@example.org", *words, folder=folder)
    return folder


def try_pre_commit(project):
    hooks = copy_of_repository(project)
    config = "repos:\n- repo: {}\n  rev: v1\n  hooks: [{{id: {}}}]\n"
    project.write("work/.pre-commit-config.yaml", config.format(hooks, "spawnlint"))
    project.write("work/a.c", BAD.replace('#include "helper.h"\n', "").replace("\t\tprepare();\n", ""))
    project.write("work/b.txt", "fork")
    env = {"PRE_COMMIT_HOME": str(project.folder / "cache")}
    git = ["git", "-c", "user.name=x", "-c", "user.email=x@example.org"]
    project.run("git", "init", "-q", folder="work")
    project.run(tool("pre-commit"), "install", folder="work", env=env)
    project.run("git", "add", ".", folder="work")
    refused = project.run(*git, "commit", "-m", "x", folder="work", env=env, status=1)
    says(refused, "spawnlint", "Failed", "a.c:8:3: warning: 'exit'")
    says_not(refused, "b.txt")
    project.write("work/a.c", (project.folder / "work/a.c").read_text().replace("\texit(", "\t_exit("))
    project.run("git", "add", ".", folder="work")
    says(project.run(*git, "commit", "-m", "x", folder="work", env=env), "Passed")
    # The whole program, as the configuration tells.
    project.write("work/.pre-commit-config.yaml", config.format(hooks, "spawnlint-build"))
    project.write("work/.spawnlint.yml", "build-directory: build\n")
    project.write("work/.gitignore", "build\n")
    entry = {"directory": str(project.folder / "work"), "file": "a.c", "command": "cc -Dexit=_exit -c a.c"}
    project.write("work/build/compile_commands.json", json.dumps([entry]))
    project.write("work/a.c", (project.folder / "work/a.c").read_text().replace("\t_exit(", "\texit("))
    project.run("git", "add", ".", folder="work")
    says(project.run(tool("pre-commit"), "run", folder="work", env=env), "Passed")
    entry["command"] = "cc -c a.c"
    project.write("work/build/compile_commands.json", json.dumps([entry]))
    says(project.run(tool("pre-commit"), "run", folder="work", env=env, status=1), "a.c:8:3: warning: 'exit'")
    project.run(tool("pre-commit"), "validate-manifest", str(hooks / ".pre-commit-hooks.yaml"))


class Action:
    """Runs the steps of action.yml as GitHub's runner does, those that use other actions left out."""

    def __init__(self, project):
        import yaml
        self.project = project
        self.path = copy_of_repository(project)
        self.definition = yaml.safe_load((self.path / "action.yml").read_text())
        self.workspace = project.folder / "work space"
        self.workspace.mkdir()

    def value(self, text, contexts):
        def replaced(match):
            value = contexts
            for part in match.group(1).strip().split("."):
                value = value.get(part, "")
            return value
        return re.sub(r"\$\{\{(.*?)\}\}", replaced, text)

    def run(self, status=0, **inputs):
        """Outputs, annotations and the job's summary."""
        contexts = {
            "inputs": {name: inputs.get(name.replace("-", "_"), spec.get("default", ""))
                       for name, spec in self.definition["inputs"].items()},
            "runner": {"os": "Linux", "arch": "X64"}, "steps": {}}
        files = {name: self.project.folder / name for name in ("output", "summary", "path")}
        printed = ""
        env = {"GITHUB_ACTION_PATH": str(self.path), "GITHUB_WORKSPACE": str(self.workspace),
               "GITHUB_STEP_SUMMARY": str(files["summary"]), "GITHUB_PATH": str(files["path"])}
        files["summary"].write_text("")
        for step in self.definition["runs"]["steps"]:
            condition = step.get("if", "")
            if "uses" in step or condition == "steps.find.outputs.found != 'true'" and \
                    contexts["steps"]["find"]["outputs"]["found"] == "true":
                continue
            files["output"].write_text("")
            more = {name: self.value(text, contexts) for name, text in step.get("env", {}).items()}
            assert step["shell"] == "bash"
            folder = self.workspace / self.value(step.get("working-directory", "."), contexts)
            is_last = step["id"] == "run"
            printed += self.project.run(
                "bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"], folder=folder,
                env={**env, **more, "GITHUB_OUTPUT": str(files["output"])}, status=status if is_last else 0)
            outputs = dict(line.split("=", 1) for line in files["output"].read_text().splitlines())
            contexts["steps"][step["id"]] = {"outputs": outputs}
        result = {name: self.value(spec["value"], contexts) for name, spec in self.definition["outputs"].items()}
        return result, printed, files["summary"].read_text()


def try_github_action(project):
    action = Action(project)
    work = action.workspace
    (work / "a b.c").write_text(BAD.replace('#include "helper.h"\n', "").replace("\t\tprepare();\n", ""))
    outputs, printed, summary = action.run(status=1, paths="a b.c\n", arguments="--threads\nno\n--\n-DX=a b\n")
    assert outputs == {"status": "1", "sarif": "spawnlint.sarif"}, outputs
    says(printed, "a b.c:8:3: warning: 'exit'", "::warning file=a b.c,line=8,")
    says(summary, "## spawnlint", "child-exit")
    # Nothing that a source or an input holds is a command.
    (work / "a b.c").write_text((work / "a b.c").read_text().replace(
        "exit(127);", "exit(127); /* ::error::hostile\n::set-output name=x::y */"))
    outputs, printed, summary = action.run(
        paths="a b.c", fail_on="never", sarif="", annotations="false", summary="false",
        arguments="--contract\n$(touch hostile)`touch hostile`")
    assert outputs == {"status": "0", "sarif": ""} and summary == "" and "::warning" not in printed, outputs
    assert not (work / "hostile").exists()
    stop, start = printed.index("::stop-commands::"), printed.rindex("::spawnlint-")
    assert stop < printed.index("'exit'") < start
    outputs, printed, summary = action.run(status=2, paths="missing.c")
    says(printed, "missing.c")
    assert outputs == {"status": "2", "sarif": ""}, outputs
    (work / "broken.c").write_text('#include "missing.h"\n')
    outputs, printed, summary = action.run(status=3, paths="broken.c", working_directory="../work space")
    assert outputs["status"] == "3"
    outputs, printed, summary = action.run(status=0, paths="broken.c", fail_on="never")
    assert outputs["status"] == "3"
    # With a build directory alone.
    (work / "build").mkdir()
    (work / "build/compile_commands.json").write_text(json.dumps(
        [{"directory": str(work), "file": "a b.c", "arguments": ["cc", "-c", "a b.c"]}]))
    outputs, printed, summary = action.run(status=1, build_directory="build", sarif="build/x.sarif")
    assert outputs == {"status": "1", "sarif": "build/x.sarif"}, outputs
    # What a change brings.
    for words in (["init", "-q"], ["add", "a b.c"], ["commit", "-qm", "x"]):
        project.run("git", "-c", "user.name=x", "-c", "user.email=x@example.org", *words, folder=work)
    outputs, printed, summary = action.run(paths="a b.c", diff="HEAD")
    assert outputs["status"] == "0", printed


def try_github_action_schema(project):
    """The definition of actions that schemastore.org keeps, as check-jsonschema brings it."""
    project.run(tool("check-jsonschema"), "--builtin-schema", "vendor.github-actions", str(ROOT / "action.yml"))
    project.write("wrong.yml", "name: x\nruns: {using: composite}\n")
    project.run(tool("check-jsonschema"), "--builtin-schema", "vendor.github-actions", "wrong.yml", status=1)


def try_github_action_without_program(project):
    """The folder of a build is named by what is built."""
    folder = copy_of_repository(project)
    shutil.copytree(ROOT / "Sources", folder / "Sources")
    shutil.copytree(ROOT / "Rules", folder / "Rules")
    output = project.folder / "output"
    env = {"GITHUB_ACTION_PATH": str(folder), "GITHUB_OUTPUT": str(output), "PATH": "/usr/bin:/bin", "RUNNER_TEMP": "/t"}
    project.run("bash", str(folder / "integrations/github/find.sh"), env=env)
    first = output.read_text()
    says(first, "found=false", "prefix=/t/spawnlint-")
    (folder / "Rules/catalogue/process.yml").write_text("changed")
    output.write_text("")
    project.run("bash", str(folder / "integrations/github/find.sh"), env=env)
    assert output.read_text() != first
    # What a cache brought is used as it is.
    prefix = project.folder / "prefix"
    (prefix / "bin").mkdir(parents=True)
    (prefix / "bin/spawnlint").symlink_to(project.program)
    added = project.folder / "added"
    says(project.run("bash", str(folder / "integrations/github/build.sh"),
                     env={**env, "PREFIX": str(prefix), "GITHUB_PATH": str(added)}), "spawnlint 0.")
    assert added.read_text() == f"{prefix}/bin\n"
