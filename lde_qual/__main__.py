"""``python -m lde_qual`` is ``lde-qual``."""

import sys

from lde_qual.cli.main import main

sys.exit(main())
