"""A page in headless Chromium: what it asks for, complains of, cuts off, and what an accessibility checker says."""

import base64
import contextlib
import json
import os
import re
import subprocess
import tempfile

try:
    from selenium import webdriver
    from selenium.webdriver.chrome.options import Options
    from selenium.webdriver.chrome.service import Service
except ImportError:
    webdriver = None

FLAGS = ("--headless=new", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage", "--hide-scrollbars")

CHROMIUM, DRIVER = "/usr/bin/chromium", "/usr/bin/chromedriver"

NO_CHECKER = "axe-core could not be had from npm's registry"

# Letters of a drawing that lie outside of it, and parts of the page wider than their place
CUT_OFF = """
const wrong = [];
for (const svg of document.querySelectorAll('svg')) {
	const box = svg.getBoundingClientRect();
	if (box.width === 0) continue;
	for (const text of svg.querySelectorAll('text')) {
		const at = text.getBoundingClientRect();
		if (at.left < box.left - 1 || at.right > box.right + 1 || at.top < box.top - 1 || at.bottom > box.bottom + 1)
			wrong.push(`"${text.textContent}" in ${svg.getAttribute('aria-label')}`);
	}
}
const width = document.documentElement.clientWidth;
if (document.documentElement.scrollWidth > width)
	wrong.push(`the page is ${document.documentElement.scrollWidth} wide on ${width}`);
return wrong;
"""

# Tables that have to be scrolled, which cannot be done on paper
SCROLLED = """
return [...document.querySelectorAll('.scroll')].filter(e => e.scrollWidth > e.clientWidth + 1)
	.map(e => `${e.getAttribute('aria-label')}: ${e.scrollWidth} on ${e.clientWidth}`);
"""

# Paragraphs and rows that a printer may split
SPLIT = """
return [...document.querySelectorAll('p, li, tr')].filter(e => e.offsetParent !== null && getComputedStyle(e).breakInside !== 'avoid')
	.map(e => `${e.tagName} ${e.textContent.slice(0, 40)}`);
"""

# Letters of a drawing smaller than this many pixels cannot be read
SMALL_LETTERS = """
return [...document.querySelectorAll('svg text')].filter(t => t.getBoundingClientRect().width > 0)
	.map(t => [t.textContent, parseFloat(getComputedStyle(t).fontSize) * Math.hypot(t.getScreenCTM().a, t.getScreenCTM().b)])
	.filter(([text, pixels]) => pixels < 9.5).map(([text, pixels]) => `${text}: ${pixels}`);
"""

AXE = """
const done = arguments[arguments.length - 1];
axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice']}).then(
	r => done(r.violations.map(v => `${v.id}: ${v.help}: ${v.nodes.slice(0, 3).map(n => n.html.slice(0, 120)).join(' | ')}`)),
	e => done([String(e)]));
"""


def missing():
    """Why there is no browser to open pages in; nothing where there is one."""
    if webdriver is None:
        return "Python's selenium is not installed"
    return next((f"{path} is not installed" for path in (CHROMIUM, DRIVER) if not os.path.exists(path)), "")


def sandbox():
    """The flag that does without a sandbox, where there can be none: root has none, and it takes namespaces of one's own,
    which containers forbid."""
    namespaces = ["unshare", "--user", "--map-root-user", "--pid", "--net", "--fork", "true"]
    if os.geteuid() != 0 and subprocess.run(namespaces, stderr=subprocess.DEVNULL, check=False).returncode == 0:
        return ()
    return ("--no-sandbox",)


@contextlib.contextmanager
def chromium():
    """A browser with a profile of its own that is gone afterwards."""
    with tempfile.TemporaryDirectory() as profile:
        options = Options()
        options.binary_location = CHROMIUM
        for flag in FLAGS + sandbox() + (f"--user-data-dir={profile}",):
            options.add_argument(flag)
        options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
        driver = webdriver.Chrome(service=Service(DRIVER), options=options)
        # The checker takes its time on a busy machine
        driver.set_script_timeout(600)
        try:
            yield driver
        finally:
            driver.quit()


def show(driver, path, width, dark=False, media="screen"):
    """Open a page at a width."""
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride",
                           {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False})
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": media, "features": [
        {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}]})
    driver.get(f"file://{path}")


def requests(driver):
    """What the page asked for beside itself."""
    asked = []
    for entry in driver.get_log("performance"):
        message = json.loads(entry["message"])["message"]
        if message["method"] == "Network.requestWillBeSent":
            url = message["params"]["request"]["url"]
            if not url.startswith(("file://", "data:", "about:", "chrome:", "chrome-untrusted:")):
                asked.append(url)
    return asked


def complaints(driver):
    """What the page wrote to the console."""
    return [entry["message"] for entry in driver.get_log("browser")]


def accessibility(driver, axe):
    """What the accessibility checker objects to."""
    driver.execute_script(axe)
    return driver.execute_async_script(AXE)


def picture(driver, path):
    """The whole page as a picture."""
    shot = driver.execute_cdp_cmd("Page.captureScreenshot", {"format": "png", "captureBeyondViewport": True})
    with open(path, "wb") as file:
        file.write(base64.b64decode(shot["data"]))


def paper(driver, path):
    """The page as it is printed; how many sheets of paper that is."""
    printed = base64.b64decode(driver.execute_cdp_cmd("Page.printToPDF", {"preferCSSPageSize": True})["data"])
    with open(path, "wb") as file:
        file.write(printed)
    return len(re.findall(rb"/Type\s*/Page\b", printed))


def checker(path):
    """The accessibility checker's text; nothing where it could not be had."""
    if not os.path.exists(path) or not os.path.getsize(path):
        return ""
    with open(path, encoding="utf-8") as file:
        return file.read()
