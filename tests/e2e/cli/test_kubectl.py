"""Holds fairwayctl's output beside that of a real kubectl (FAIRWAY_KUBECTL, or the one in PATH), on a practice cluster."""
import os
import re
import shutil
import subprocess
import unittest

import cli

KUBECTL = os.environ.get("FAIRWAY_KUBECTL") or shutil.which("kubectl")
COMMANDS = """
get svc -n shop
get svc -n shop --no-headers
get deploy,svc -n shop
get deploy -n shop -o wide
get vs -n shop
get vs,dr -n shop -o name
get vs reviews -n shop -o yaml
get vs reviews -n shop -o json
get svc -n shop -o yaml
get svc -A
get svc -n shop --show-labels
get svc -n shop -L app
get svc/reviews vs/reviews -n shop
get cm nope
get wombats
get configmaps -l a=none
api-resources
api-resources -o wide
api-resources -o name
""".strip().splitlines()


@unittest.skipUnless(KUBECTL, "NO KUBECTL: nothing was held beside it; name one in FAIRWAY_KUBECTL")
class Kubectl(cli.LabCase):
    def test_prints_the_same(self):
        for command in COMMANDS:
            with self.subTest(command):
                for attempt in range(5):
                    theirs = subprocess.run([KUBECTL, *command.split()], env=self.env, capture_output=True, text=True)
                    ours = self.run_ctl(*command.split())
                    if self.text(ours.stdout) == self.text(theirs.stdout):
                        break  # an age may tick or a pod may start between the two
                self.assertEqual(self.text(ours.stdout), self.text(theirs.stdout))
                self.assertEqual(ours.returncode, theirs.returncode)
                self.assertEqual(ours.stderr, theirs.stderr)

    @staticmethod
    def text(output):
        return re.sub(r"\b(\d+[dhms]){1,2}( +)?", "AGE ", output)


if __name__ == "__main__":
    unittest.main(verbosity=2)
