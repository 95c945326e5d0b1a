"""What the window's tests share: one desktop per process, a picture of every failure, loud skips."""
import os
import pathlib
import re
import sys
import unittest

import desktop as desks

SOURCE = pathlib.Path(__file__).resolve().parents[3]
PROGRAM = os.environ.get("FAIRWAY", str(SOURCE / "build/release/bin/fairway"))
FAIRWAYCTL = os.environ.get("FAIRWAYCTL", str(SOURCE / "build/release/bin/fairwayctl"))
PICTURES = pathlib.Path(os.environ.get("FAIRWAY_TEST_LOGS", SOURCE / "build/test-logs"))
SKIPPED = 77  # ctest's SKIP_RETURN_CODE

_desk = None


def desk():
    return _desk


class Result(unittest.TextTestResult):
    """Python reports a failure before it cleans up: the window is still there to be photographed."""

    def _photograph(self, test):
        name = re.sub(r"[^\w.-]+", "-", test.id().replace("__main__.", ""))
        try:
            print(f"screenshot: {_desk.screenshot(PICTURES / f'window-{name}.png')}", file=sys.stderr, flush=True)
        except Exception as error:  # a missing picture must not hide the failure
            print(f"no screenshot: {error}", file=sys.stderr, flush=True)

    def addFailure(self, test, err):
        self._photograph(test)
        super().addFailure(test, err)

    def addError(self, test, err):
        self._photograph(test)
        super().addError(test, err)

    def addSubTest(self, test, subtest, err):
        if err is not None:
            self._photograph(subtest)
        super().addSubTest(test, subtest, err)

    def addSkip(self, test, reason):
        print(f"SKIPPED: {test.id()}: {reason}", flush=True)
        super().addSkip(test, reason)


def main():
    global _desk
    try:
        _desk = desks.Desktop()
    except desks.Missing as error:
        print(f"SKIPPED: NO TEST OF THE REAL WINDOW: {error}. packaging/install-packages.sh gui-test installs what is needed.", flush=True)
        sys.exit(SKIPPED)
    try:
        program = unittest.main(module="__main__", exit=False, verbosity=2, testRunner=unittest.TextTestRunner(resultclass=Result, verbosity=2))
    finally:
        _desk.stop()
    result = program.result
    if not result.wasSuccessful():
        sys.exit(1)
    sys.exit(SKIPPED if result.testsRun == len(result.skipped) else 0)
