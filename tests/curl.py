"""Replaces curl on machines without it, with only the options that the README uses.

Unlike curl it fails if the server answers with an error status.
"""

import argparse
import sys
from urllib.request import Request, urlopen


def main() -> None:
    parser = argparse.ArgumentParser(prog="curl")
    parser.add_argument("url")
    parser.add_argument("-s", action="store_true")
    parser.add_argument("-w", dest="ending", default="")
    parser.add_argument("-X", dest="method")
    parser.add_argument("-H", dest="headers", action="append", default=[])
    parser.add_argument("-d", dest="data", type=str.encode)
    options = parser.parse_args()
    headers = dict(header.split(": ", 1) for header in options.headers)
    request = Request(options.url, options.data, headers, method=options.method)
    with urlopen(request, timeout=10) as response:
        sys.stdout.write(response.read().decode() + options.ending.replace("\\n", "\n"))


if __name__ == "__main__":
    main()
