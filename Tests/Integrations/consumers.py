"""Programs that read the reports."""
import json
import os
import plistlib
import xml.etree.ElementTree

from run import ROOT, says
from services import tool

SCHEMAS = ROOT / "Tests/Schemas"


def reports(project):
    """Every format of the same run, of a file with a fix, an incomplete one, and one that is not ASCII."""
    project.write("src/broken.c", '#include "missing.h"\n')
    project.write("src/naïve.c", "#include <unistd.h>\nvoid x(void) { /* ö */ if (fork() == 0) { _exit(puts(\"\")); } }\n")
    formats = ["sarif", "json", "gitlab", "junit", "rdjson", "checkstyle", "markdown", "github"]
    words = [f"--report={name}=out.{name}" for name in formats] + ["--report=codechecker=plists/out.plist"]
    (project.folder / "plists").mkdir()
    project.run("spawnlint", "check", *words, "src", status=1)


def try_sarif_tools(project):
    """Microsoft's sarif-tools read the report."""
    reports(project)
    says(project.run(tool("sarif"), "summary", "out.sarif"), "error: ", "child-exit")
    project.run(tool("sarif"), "csv", "out.sarif", "-o", "out.csv")
    says((project.folder / "out.csv").read_text(), "src/run.c", "child-exit")
    project.run(tool("sarif"), "diff", "out.sarif", "out.sarif")


def try_json_schemas(project):
    reports(project)
    for name in ("sarif", "gitlab", "rdjson"):
        project.run(tool("check-jsonschema"), "--schemafile", str(SCHEMAS / f"{name}.json"), f"out.{name}")
    # The standard's own schema, where somebody has it.
    if os.environ.get("SARIF_SCHEMA"):
        project.run(tool("check-jsonschema"), "--schemafile", os.environ["SARIF_SCHEMA"], "out.sarif")
    # What GitHub demands beyond the standard.
    run = json.loads((project.folder / "out.sarif").read_text())["runs"][0]
    rules = run["tool"]["driver"]["rules"]
    for result in run["results"]:
        rule = rules[result["ruleIndex"]]
        assert rule["id"] == result["ruleId"] and rule["helpUri"].startswith("https://")
        assert rule["help"]["text"] and rule["help"]["markdown"] and rule["shortDescription"]["text"]
        place = result["locations"][0]["physicalLocation"]["artifactLocation"]
        assert not place["uri"].startswith(("/", "file:")) and place["uriBaseId"] in run["originalUriBaseIds"]
        assert result["partialFingerprints"]["primaryLocationLineHash"]
        assert result["codeFlows"][0]["threadFlows"][0]["locations"]
    assert any("fixes" in result for result in run["results"])
    notes = run["invocations"][0]["toolExecutionNotifications"]
    assert len(notes) == 1 and "broken.c" in notes[0]["message"]["text"]


def try_configuration_schema(project):
    (project.folder / "schema.json").write_text(project.run("spawnlint", "config", "--schema"))
    check = [tool("check-jsonschema"), "--schemafile", "schema.json"]
    project.write("good.yml", "platform: musl\nchecks: {child-exit: off, 'vfork-*': error}\nlimits: {effort: 2, seconds: 9, megabytes: 999}\n")
    project.run(*check, "good.yml")
    for wrong in ("platfrom: musl\n", "platform: dos\n", "checks: {child-exit: maybe}\n", "limits: {effort: 0}\n",
                  "variants: [{name: a}]\n", "exclude: a\n"):
        project.write(".spawnlint.yml", wrong)
        project.run(*check, ".spawnlint.yml", status=1)
        project.run("spawnlint", "config", "src", status=2)


def try_codechecker(project):
    """CodeChecker parses the property list."""
    reports(project)
    parsed = project.run(tool("CodeChecker"), "parse", "plists", status=2)
    says(parsed, "spawnlint-child-exit", "run.c:10:3", "spawnlint-incomplete", "broken.c:1:10", "naïve.c")
    exported = json.loads(project.run(
        tool("CodeChecker"), "parse", "plists", "--export", "json", status=2))["reports"]
    exits = [report for report in exported if report["checker_name"] == "spawnlint-child-exit"]
    assert len(exits) == 1 and exits[0]["line"] == 10 and exits[0]["bug_path_events"][0]["line"] == 6, exits
    lists = plistlib.loads((project.folder / "plists/out.plist").read_bytes())
    assert {each["report_hash"] for each in exported} == {
        each["issue_hash_content_of_line_in_context"] for each in lists["diagnostics"]}


def try_junit(project):
    reports(project)
    script = """if True:
        import junitparser
        found = junitparser.JUnitXml.fromfile("out.junit")
        cases = [case for suite in found for case in suite]
        assert found.tests == len(cases) and found.failures + found.errors >= 2, (found.tests, found.failures)
        failed = [case for case in cases if any(isinstance(x, junitparser.Failure) for x in case.result)]
        assert any("child-exit" in case.name for case in failed), [case.name for case in failed]
        print(found.tests, "cases,", found.failures, "failures,", found.errors, "errors,", found.skipped, "skipped")
        """
    return project.run(tool("python"), "-c", script).strip()


def try_checkstyle(project):
    reports(project)
    root = xml.etree.ElementTree.parse(project.folder / "out.checkstyle").getroot()
    assert root.tag == "checkstyle"
    errors = [(file.get("name"), error.get("line"), error.get("severity"), error.get("source"))
              for file in root.iter("file") for error in file.iter("error")]
    assert ("src/run.c", "10", "warning", "spawnlint.child-exit") in errors, errors
    assert any(file == "src/naïve.c" for file, *_ in errors) and any(file == "src/broken.c" for file, *_ in errors)


def try_gitlab(project):
    """Of GitLab's Code Quality: each has a fingerprint of its own, a relative path and a known severity."""
    reports(project)
    issues = json.loads((project.folder / "out.gitlab").read_text())
    assert len({issue["fingerprint"] for issue in issues}) == len(issues) >= 3
    for issue in issues:
        assert issue["severity"] in ("info", "minor", "major", "critical", "blocker")
        assert not issue["location"]["path"].startswith(("/", "./")) and issue["location"]["lines"]["begin"] >= 1


def try_patch(project):
    """The difference of --fix=diff is what `patch` and `git apply` take."""
    difference = project.run("spawnlint", "check", "--fix=diff", "src", status=1)
    project.write("fix.patch", difference)
    project.git("init", "-q")
    project.run("git", "apply", "--check", "fix.patch")
    project.run("patch", "-p1", "-i", "fix.patch")
    says(project.run("spawnlint", "check", "src"), "no findings")
