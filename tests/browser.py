"""The browser of this machine, and how it is started for tests."""

import os
import shutil
import sys

# Chromium without a window costs half of what the whole browser does
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ON_MACOS = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
QUIET = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
)


def executable() -> str | None:
    """Return the path of an installed Chromium or Chrome."""
    found = [path for name in NAMES if (path := shutil.which(name))]
    found += [path for path in ON_MACOS if os.access(path, os.X_OK)]
    return found[0] if found else None


def launch_arguments() -> list[str]:
    """Return the flags: silent towards the network, and without its sandbox only where root cannot have one."""
    return [*QUIET, *(("--no-sandbox",) if os.geteuid() == 0 else ())]


if __name__ == "__main__":
    sys.exit(0 if executable() else 1)
