"""Measures when a school sees what a page is about, by a slow 3G network on a slow device.

Run it with `python -m tests.browser.bench_slow_network`. The network takes 400 ms for each answer and
gives 400 kbit/s; the processor is slowed down four times; nothing is in the cache. It prints the
milliseconds until the largest text was shown (Largest Contentful Paint), with the requests and the
bytes over the wire, and fails where the form takes longer than 2 seconds or class mode longer than 4.
"""

import shutil
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, Page, sync_playwright

from tests.local_installation import LocalInstallation

NETWORK = {
    "offline": False,
    "latency": 400,  # milliseconds
    "downloadThroughput": 400_000 / 8,  # bytes a second
    "uploadThroughput": 400_000 / 8,
}
MAX_MILLISECONDS = {"first": 2_000, "question": 2_000, "result": 2_000, "class": 4_000}
LARGEST_PAINT = """() => new Promise((resolve) => new PerformanceObserver(
    (list) => resolve(list.getEntries().at(-1).startTime)
).observe({ type: "largest-contentful-paint", buffered: true }))"""
LINE = "{:<10} {:>6} {:>9} {:>6}"


def main() -> int:
    with TemporaryDirectory() as folder, sync_playwright() as playwright:
        installation = LocalInstallation(Path(folder))
        program = shutil.which("chromium-headless-shell") or shutil.which("chromium")
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        try:
            times = measure_pages(browser, installation.start_and_wait())
        finally:
            installation.kill_servers()
    return int(any(times[name] > bound for name, bound in MAX_MILLISECONDS.items()))


def measure_pages(browser: Browser, site: str) -> dict[str, int]:
    """Prints and returns the milliseconds of each page by its name."""
    page = browser.new_page(base_url=site, viewport={"width": 390, "height": 844})
    page.goto("/corriger-comptes-pix/")
    addresses = {"first": page.url, "class": f"{page.url}classe/"}
    page.get_by_role("button", name="Commencer").click()
    for choice in ["non", "non", "identifiant", "identifiant", "non"]:
        addresses["question"] = page.url  # the last one, with all that can stand beside it
        page.locator(f"label:has([value={choice}])").click()
        page.get_by_role("button", name="Continuer").click()
    addresses["result"] = page.url
    print(LINE.format("", "ms", "requests", "bytes"))
    return {name: measure_page(page, name, address) for name, address in addresses.items()}


def measure_page(page: Page, name: str, address: str) -> int:
    device, sizes = page.context.new_cdp_session(page), list[float]()
    device.on("Network.loadingFinished", lambda done: sizes.append(done["encodedDataLength"]))
    device.send("Network.enable")
    device.send("Network.setCacheDisabled", {"cacheDisabled": True})
    device.send("Network.emulateNetworkConditions", NETWORK)
    device.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    page.goto(address, wait_until="networkidle")
    milliseconds = round(float(page.evaluate(LARGEST_PAINT)))
    device.detach()
    print(LINE.format(name, milliseconds, len(sizes), round(sum(sizes))))
    return milliseconds


if __name__ == "__main__":
    sys.exit(main())
