"""The window on the practice cluster: `fairway --lab` as a newcomer has it."""
import re

import cluster
import flow
import harness
from desktop import wait_until


class Lab(flow.WindowCase):
    context = "practice"
    players = r"Stand-ins  none"  # the practice cluster's Pods answer themselves

    def setUp(self):
        kubeconfig = harness.desk().folder / f"lab-{self.id().rsplit('.', 1)[-1]}"
        self.open("--lab", "--lab-kubeconfig", kubeconfig)
        self.wait_live()
        self.api = cluster.Api.of_lab(kubeconfig)
        self.assertEqual(self.api.weights(flow.NS, flow.NAME), [90, 10])


class FlowOnLab(flow.RouteFlow, Lab):
    pass


class AroundOnLab(Lab):
    def test_home_is_first_and_its_doors_open(self):
        window = self.window
        self.assertTrue(window.wait("check box", "Home").is_checked)
        window.wait("push button", re.compile("^Context card practice"))
        window.click("push button", re.compile(r"^Route reviews in shop"))
        window.wait("text", "Draft weight of v2")
        self.assertTrue(window.wait("check box", "Routes").is_checked)

    def test_every_control_has_a_name(self):
        window = self.window
        self.assertEqual(window.unnamed_controls(), [], "Home")
        window.key("ctrl+2")
        self.open_route()
        for tab in ("Details", "YAML", "History"):
            window.click("page tab", tab)
            self.assertEqual(window.unnamed_controls(), [], f"Routes, {tab}")
        window.key("ctrl+4")
        window.wait_text("^Explorer")
        self.assertEqual(window.unnamed_controls(), [], "Explorer")
        window.key("ctrl+j")
        self.assertEqual(window.unnamed_controls(), [], "Journal")

    def test_palette_finds_objects_and_pages(self):
        window = self.window
        window.key("ctrl+k")
        window.wait("text", re.compile("Search|command"))
        window.type("ratings")
        window.wait(None, re.compile("^ratings.*VirtualService"))
        window.key("Return")
        window.wait("text", "Draft weight of v2")
        wait_until(lambda: window.find("table cell", re.compile("^ratings, ")).states >= {"selected"}, "the route found is chosen")
        window.key("ctrl+k")
        window.type("home")
        window.key("Return")
        wait_until(lambda: window.wait("check box", "Home").is_checked, "the page found is open")

    def test_question_mark_shows_the_keys(self):
        window = self.window
        window.key("question")
        window.wait("label", "Keys")
        window.wait("label", "What can be done from the keyboard here.")
        window.key("Escape")
        window.wait_gone("label", "What can be done from the keyboard here.")


if __name__ == "__main__":
    harness.main()
