"""The way through the product, as a person goes it: the same steps on the practice cluster and on a real API server."""
import re
import unittest

import harness
from desktop import wait_until
from window import Window

NS, NAME = "shop", "reviews"
LIST = "Routes by host"
VERDICT = re.compile(r"(?P<verdict>Matches|Differs): v2 got (?P<share>[\d.]+) % of (?P<requests>[\d,]+) requests")


class WindowCase(unittest.TestCase):
    """A test with windows of its own; what it opened is closed at its end."""

    def open(self, *arguments, size="1440x900", state=None, env=None):
        self.state = state or harness.desk().folder / f"state-{self.id().rsplit('.', 1)[-1]}"
        window = Window(harness.desk(), harness.PROGRAM, "--state", self.state, "--size", size, "--language", "en", *arguments, env=env,
                        log=f"{self.id().rsplit('.', 1)[-1]}.log")
        self.addCleanup(window.close)
        self.window = window
        return window

    # -- words for the steps

    def open_route(self):
        self.window.wait("tree", LIST)
        self.window.click("table cell", re.compile(rf"^{NAME}, VirtualService in {NS}"))
        self.window.wait("text", "Draft weight of v2")

    def drafted(self):
        return [int(self.window.wait("text", f"Draft weight of {label}").text) for label in ("v1", "v2")]

    def wait_drafted(self, weights):
        wait_until(lambda: self.drafted() == weights, lambda: f"the draft is {weights}; it is {self.drafted()}")

    def wait_stored(self, weights):
        wait_until(lambda: self.api.weights(NS, NAME) == weights, lambda: f"{weights} at the API server; there: {self.api.weights(NS, NAME)}")

    def wait_live(self):
        self.window.wait_text(r"^Live, ")

    def unlock(self):
        self.window.click("push button", f"Unlock {self.context}…")
        self.window.wait_text(rf"^Unlock {self.context}\?$")
        self.window.click("push button", "Unlock")
        self.window.wait("push button", "Unlocked: lock the context")

    def apply(self):
        self.window.click("push button", f"Apply to {self.context}")

    def set_spin(self, name, value):
        self.window.click("spin button", name)
        self.window.key("ctrl+a")
        self.window.type(str(value))
        self.window.key("Tab")


class RouteFlow:
    """Steps for a WindowCase with `self.api`, `self.context`, an open window that is live and locked, and v1/v2 at 90/10."""

    def test_edit_rehearse_dry_run_apply_undo(self):
        window = self.window
        window.click("check box", "Routes")
        self.open_route()
        version = self.api.virtual_service(NS, NAME)["metadata"]["resourceVersion"]
        writes = self.api.write_requests()

        window.enter("Draft weight of v2", "25")
        self.wait_drafted([75, 25])
        window.wait(None, "1 draft, not applied")
        window.wait("label", "2 fields change")
        window.wait(None, "What the draft changes")
        self.refuses_while_locked(writes, version)
        self.rehearse()
        self.unlock()
        self.assertEqual(self.api.write_requests(), writes, "unlocking writes nothing")

        window.click("push button", "Dry run")
        window.wait_text("^Dry run passed")
        self.assertEqual(self.api.weights(NS, NAME), [90, 10])
        self.assertEqual(self.api.virtual_service(NS, NAME)["metadata"]["resourceVersion"], version)
        self.assertEqual(self.api.write_requests(), {**writes, "PATCH dry run": writes.get("PATCH dry run", 0) + 1})

        before = self.api.virtual_service(NS, NAME)["spec"]
        self.apply()
        self.wait_stored([75, 25])
        window.wait_text(r"^Applied\.")
        after = self.api.virtual_service(NS, NAME)["spec"]
        for route, old in zip(after["http"][-1]["route"], before["http"][-1]["route"]):
            route["weight"] = old["weight"]
        self.assertEqual(after, before, "only weights were written")
        window.wait("table cell", re.compile(rf"^{NAME}, VirtualService in {NS}, split 75 / 25"))

        window.click("push button", "Undo the last write")
        window.wait_text(rf"^Undo in {self.context}\?$")
        window.wait_text(r"VirtualService shop/reviews.*75 / 25 → 90 / 10")
        window.click("push button", "Undo")
        self.wait_stored([90, 10])
        window.wait_text("^Undone")
        self.assertEqual(self.api.virtual_service(NS, NAME)["spec"], before)
        self.wait_live()

    def refuses_while_locked(self, writes, version):
        """Buttons pressed and keys tried: nothing may reach the server."""
        for name in ("Dry run", "Apply"):
            button = self.window.wait("push button", name)
            self.assertFalse(button.is_enabled, f"{name} in a locked context")
            self.assertIn("is locked", button.description)
            self.window.press(button)
        self.window.key("ctrl+Return")
        self.window.wait_text(f"^{self.context} is locked$")
        # What the program did with the above it has done before it answers this: it takes its events in order.
        self.window.click("page tab", "Details")
        self.window.wait("page tab", "Details", enabled=True)
        self.window.click("page tab", re.compile("^Diff"))
        self.window.wait("label", "2 fields change")
        self.assertEqual(self.api.write_requests(), writes, "a locked context sent a write")
        self.assertEqual(self.api.virtual_service(NS, NAME)["metadata"]["resourceVersion"], version)

    def verdict(self):
        """What the window says of at least 10,000 requests; None before."""
        shown = self.window.find(None, VERDICT)
        told = shown and VERDICT.search(shown.name)
        return told if told and int(told["requests"].replace(",", "")) >= 10000 else None

    def rehearse(self):
        """At least 10,000 real requests; the share that was counted is that of the draft."""
        self.set_spin("Load of the rehearsal", 2500)
        self.set_spin("Duration of the rehearsal", 8)
        self.window.click("push button", "Rehearse")
        # Not seen running: on a slow machine one look at the whole window may take longer than the rehearsal.
        told = wait_until(self.verdict, lambda: f"10,000 requests are judged; there: {self.window.words()}", patience=90)
        self.window.wait("push button", "Rehearse")
        # Five standard deviations of 10,000 draws at 25 %.
        self.assertAlmostEqual(float(told["share"]), 25.0, delta=2.2)
        self.assertEqual(told["verdict"], "Matches")
        self.window.wait_text(self.players)
        self.assertEqual(self.api.weights(NS, NAME), [90, 10], "a rehearsal changes nothing")

    def test_divider_by_mouse_and_keys(self):
        window = self.window
        window.key("ctrl+2")
        self.open_route()
        divider = window.wait("slider", "Divider between v1 and v2")
        x, y, width, height = divider.box
        start = (x + width // 2, y + height // 2)
        bar = window.wait(None, "Split bar").box
        # The bar runs from its labels to its right edge: 15 of 90 parts of what lies left of the divider at 90.
        harness.desk().drag(start, (start[0] - round((bar[0] + bar[2] - start[0]) * 1.5), start[1]))
        wait_until(lambda: 70 <= self.drafted()[0] <= 80, lambda: f"dragged to about 75; at {self.drafted()}")
        window.key("ctrl+z")
        self.wait_drafted([90, 10])
        window.key("b")
        window.key("shift+Left")
        self.wait_drafted([80, 20])
        window.key(*["Left"] * 5)
        self.wait_drafted([75, 25])
        window.wait("label", "2 fields change")
        window.key("ctrl+r")
        self.wait_drafted([90, 10])

    def test_a_conflict_is_shown_and_loses_nothing(self):
        window = self.window
        window.click("check box", "Routes")
        self.open_route()
        self.unlock()
        window.enter("Draft weight of v2", "25")
        self.wait_drafted([75, 25])
        self.api.set_weights(NS, NAME, [60, 40])
        window.wait("label", "Changed in the cluster meanwhile")
        table = re.sub("<[^>]*>|&nbsp;", " ", window.wait(None, re.compile("theirs.*mine", re.S)).name)
        self.assertRegex(table, r"(?s)v1\s+60\s+75\s+v2\s+40\s+25")
        self.assertFalse(window.all("push button", f"Apply to {self.context}"), "nothing to overwrite it with by accident")
        window.key("ctrl+Return")
        window.wait("label", "Changed in the cluster meanwhile")
        self.wait_drafted([75, 25])
        self.assertEqual(self.api.weights(NS, NAME), [60, 40])

        window.click("push button", "Lay my draft over it")
        window.wait_text("same weights were changed meanwhile")
        self.wait_drafted([75, 25])
        self.apply()
        self.wait_stored([75, 25])
        window.wait_text(r"60 / 40 → 75 / 25")
