"""The guides that come with the program, as documents. `start` imports those that are missing.

`shipped_digests`: the digests of the contents that the shipped guide has had.
"""

from pathlib import Path

SHIPPED_GUIDE = Path(__file__).with_name("corriger-comptes-pix.yaml")
