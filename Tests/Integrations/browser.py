"""The page for people in a real browser, chromium."""
import re
import shutil

from run import BAD, says, says_not

HOSTILE = "x<img src=x onerror=document.title=1>.c"
SOURCE = BAD.replace('#include "helper.h"\n', "#include <stdio.h>\n").replace(
    "prepare();", 'printf("</script><script>document.title=2</script><svg onload=document.title=3>");')


def try_page_in_browser(project):
    browser = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if not browser:
        return "no chromium: not tried"
    project.write(HOSTILE, SOURCE)
    project.run("spawnlint", "report", ".", "-o", "site/", status=1)
    page = project.folder / "site/index.html"
    says_not(page.read_text(), "http-equiv=\"refresh\"", "<script src", "<link ")

    def chromium(*words):
        return project.run(
            browser, "--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
            "--virtual-time-budget=5000", f"--user-data-dir={project.folder}/profile", *words, page.as_uri())

    document = chromium("--dump-dom")
    says(document, "<title>spawnlint: ", "x&lt;img src=x", "&lt;svg onload", "<svg")
    # The script has counted what is shown.
    assert re.search(r"\d+ findings?, \d+ spawn sites?", document), document[:2000]
    sizes = []
    for name, size, more in (("light", "1200,900", []), ("phone", "400,900", []),
                             ("dark", "1200,900", ["--blink-settings=preferredColorScheme=0"])):
        chromium(f"--window-size={size}", f"--screenshot={project.folder}/{name}.png", *more)
        sizes.append((project.folder / f"{name}.png").stat().st_size)
    assert min(sizes) > 10_000, sizes
