"""Settings that every test shares: the same examples on every run, others where TELVET_EXAMPLES asks to look further."""

import os

from hypothesis import settings

settings.register_profile("same", deadline=None, derandomize=True)
settings.register_profile("exploring", deadline=None)
settings.load_profile("exploring" if os.environ.get("TELVET_EXAMPLES") else "same")
