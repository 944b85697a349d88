"""`python -m albania_uk_migration` is the command line."""

import sys

from .cli import main

sys.exit(main())
