"""`python -m opstap`: the command of the administrator."""

import sys

from opstap.config.command import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
