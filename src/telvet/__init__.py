"""telvet tells whose equipment runs a telecom network and what the law says about it.

The way of the data: READ inventory, ATTRIBUTE vendor, JUDGE against law, REPORT.
Decision support, not legal advice.
"""

__version__ = "0.1.0"
__all__ = ["__version__"]
