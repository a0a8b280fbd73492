"""Tries the README's example of a proxy with nginx: `python -m tests.faults.proxy_example`.

The example is taken as it is, but for its ports and its certificate. The program prints what it has
seen, and ends with an error if that is not what the README says.
"""

import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from diagnostics import settings
from tests.faults.probe import Probe
from tests.faults.slow_clients import KINDS, hold_slow_clients
from tests.local_installation import LocalInstallation, fetch_page, free_port

HOST = "diagnostics.example.fr"
HTTP, HTTPS, SERVER = free_port(), free_port(), free_port()
SURROUNDINGS = """
daemon off;
worker_processes 2;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ worker_connections 2000; }}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    {example}
}}
"""
"""What Debian's configuration has around the example."""


def write_configuration(folder: Path) -> Path:
    """Writes a configuration of nginx with the example of the README, and a certificate for it."""
    readme = (settings.BASE_DIR / "README.md").read_text()
    [example] = re.findall(r"```nginx\n(.*?)```", readme, re.DOTALL)
    for given, tried in {
        "listen 80;": f"listen 127.0.0.1:{HTTP};",
        "listen 443 ssl;": f"listen 127.0.0.1:{HTTPS} ssl;",
        "http://127.0.0.1:8000;": f"http://127.0.0.1:{SERVER};",
        "/etc/ssl/diagnostics": f"{folder}/diagnostics",
    }.items():
        assert given in example
        example = example.replace(given, tried)
    certificate = f"-keyout {folder}/diagnostics.key -out {folder}/diagnostics.pem -subj /CN={HOST}"
    request = f"openssl req -x509 -newkey rsa:2048 -nodes {certificate}"
    subprocess.run(request.split(), check=True, capture_output=True)
    file = folder / "nginx.conf"
    file.write_text(SURROUNDINGS.format(folder=folder, example=example))
    return file


@contextmanager
def run_site_behind_nginx() -> Iterator[Path]:
    """Yields the folder of both."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o711)  # so that nginx's processes, of another account, get to their folders
        variables = {"PUBLIC_URL": f"https://{HOST}", "PROXIES": "1"}
        site = LocalInstallation(folder, workers=2, variables=variables)
        site.start_without_waiting(port=SERVER)
        nginx = subprocess.Popen(["nginx", "-c", str(write_configuration(folder))])
        try:
            fetch_page(f"http://127.0.0.1:{SERVER}/healthz")
            yield folder
        finally:
            nginx.terminate()
            nginx.wait()
            site.terminate_gracefully()


def expect_answer(address: str, expected: str, *options: str) -> None:
    """Asks nginx for an address of the site; the status and the headers must match a pattern."""
    ports = ["--connect-to", f"::127.0.0.1:{HTTPS if address.startswith('https') else HTTP}"]
    command = ["curl", "-s", "-k", "-D", "-", "-o", "/dev/null", *ports, *options, address]
    answer = subprocess.run(command, check=False, capture_output=True, text=True).stdout
    assert re.search(expected, answer, re.DOTALL | re.IGNORECASE), answer
    sys.stdout.write(f"{address} {' '.join(options)}: {answer.splitlines()[0]}\n")


def main() -> None:
    with run_site_behind_nginx() as folder:
        (folder / "large").write_bytes(b"a" * 12_000_000)
        expect_answer(f"http://{HOST}/", f"301.*location: https://{HOST}/")
        expect_answer(f"https://{HOST}/corriger-comptes-pix/", "200.*strict-transport-security")
        expect_answer(f"https://{HOST}/admin/", "413", "--data-binary", f"@{folder}/large")
        for kind in KINDS:
            asked = f"http://127.0.0.1:{HTTP}/healthz"
            with hold_slow_clients(("127.0.0.1", HTTP), kind, 200), Probe(asked) as probe:
                time.sleep(5)
            sys.stdout.write(f"200 clients, {kind}: {probe}\n")
            assert probe.is_quick


if __name__ == "__main__":
    main()
