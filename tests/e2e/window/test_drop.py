"""Files dragged out of another program and dropped on the window: a chart's folder, a package, values files."""
import os
import re
import subprocess
import tarfile
import unittest

import flow
import harness
from desktop import end, wait_until

SOURCE = os.environ.get("FAIRWAY_DRAG_SOURCE", str(harness.SOURCE / "build/release/bin/e2e_drag_source"))
CHART = {
    "Chart.yaml": "apiVersion: v2\nname: {name}\nversion: 1.0.0\n",
    "values.yaml": "weight: 0\n",
    "templates/map.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: {name}\ndata:\n  weight: {{{{ .Values.weight | quote }}}}\n",
}
OUTPUT = "Rendered manifests"


@unittest.skipUnless(os.path.exists(SOURCE), f"nothing is dragged: {SOURCE} is not built")
class Drop(flow.WindowCase):
    def setUp(self):
        self.source = None
        self.folder = harness.desk().folder / f"drop-{self.id().rsplit('.', 1)[-1]}"
        self.open("--open", "charts:", size="1400x900")
        self.window.wait("push button", re.compile("^Open a"))

    # -- words for the steps

    def chart(self, name):
        for file, text in CHART.items():
            path = self.folder / name / file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text.format(name=name))
        return self.folder / name

    def values(self, weight):
        self.folder.mkdir(exist_ok=True)
        file = self.folder / f"weight-{weight}.yaml"
        file.write_text(f"weight: {weight}\n")
        return file

    def drop(self, *files, on):
        """Drags them as a hand does: down, away, over the target until it says what it would do, up. Says what was done in the end."""
        desk = harness.desk()
        log = desk.folder / "drag.log"
        log.write_text("")
        if self.source:
            end(self.source)
        self.source = desk.spawn(SOURCE, *map(str, files), log=log.name)  # stays: the window asks it for the files after the drop
        self.addCleanup(end, self.source)
        wait_until(lambda: b"IsViewable" in subprocess.run(["xwininfo", "-name", "e2e_drag_source"], env=desk.env, capture_output=True).stdout, "there is something to drag")
        left, top, width, height = on.box
        x, y = left + width // 2, top + height // 2
        desk.xdotool("mousemove", 60, 20, "mousedown", 1, "mousemove", 70, 24, "mousemove", 110, 38)
        step = [0]

        def said(what):
            return re.findall(rf"^{what} (\w+)$", log.read_text(), re.M)

        def is_taken():
            step[0] += 1  # the target is asked with each move
            desk.xdotool("mousemove", x + step[0] % 5, y)
            return said("would") and said("would")[-1] != "nothing"
        try:
            wait_until(is_taken, lambda: f"the window takes what is dragged; the source says {log.read_text()!r}")
        finally:
            desk.xdotool("mouseup", 1)
        wait_until(lambda: said("done"), lambda: f"the drop is over; the source says {log.read_text()!r}")
        return said("done")[-1]

    def output(self):
        return self.window.wait("text", OUTPUT)

    def wait_output(self, pattern):
        wait_until(lambda: re.search(pattern, self.output().text, re.M), lambda: f"the output has {pattern}; it is {self.output().text!r}")

    def page(self):
        return self.window.wait("push button", re.compile("^Open a"))

    # -- tests

    def test_a_folder_opens_and_values_become_layers(self):
        self.assertEqual(self.drop(self.chart("dropped"), on=self.page()), "copy", "nobody may take the files away")
        self.wait_output(r'^  weight: "0"$')
        self.assertEqual(self.drop(self.values(5), on=self.output()), "copy")
        self.wait_output(r'^  weight: "5"$')
        # Two at once, on the text of the first: the last is the strongest.
        self.drop(self.values(6), self.values(7), on=self.window.wait("text", re.compile("^Text of .*weight-5.yaml")))
        self.wait_output(r'^  weight: "7"$')
        for weight in (5, 6, 7):
            self.assertEqual((self.folder / f"weight-{weight}.yaml").read_text(), f"weight: {weight}\n")

    def test_a_package_opens_in_the_place_of_a_chart(self):
        package = self.folder / "packed-1.0.0.tgz"
        folder = self.chart("packed")
        with tarfile.open(package, "w:gz") as archive:
            archive.add(folder, "packed")
        self.drop(self.chart("first"), on=self.page())
        self.wait_output(r"^  name: first$")
        self.assertEqual(self.drop(package, on=self.output()), "copy")
        self.wait_output(r"^  name: packed$")
        self.window.wait_text(r"packed-1\.0\.0\.tgz")

    def test_values_without_a_chart_say_what_is_missing(self):
        self.drop(self.values(5), on=self.page())
        self.window.wait_text("open the chart first")


if __name__ == "__main__":
    harness.main()
