"""The program's window as somebody has it who can't see it: roles, names, states and values by AT-SPI; and hands to use it."""
import collections
import re

import gi

from desktop import PATIENCE, alive, end, wait_until

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402  (needs the version above)

MOST_CELLS = 80  # of a table: what is in sight
TABLES = ("table", "tree", "tree table", "list")
# What can be pressed, typed into or moved, and so needs a name.
CONTROLS = ("push button", "check box", "radio button", "toggle button", "text", "entry", "password text", "spin button", "slider", "combo box", "page tab", "menu item",
            "scroll bar", "table", "tree", "list")


class Element:
    """One accessible object. Nothing is remembered: each property asks the program."""

    def __init__(self, accessible):
        self._accessible = accessible

    def _ask(self, question, otherwise):
        try:
            self._accessible.clear_cache()
            return question(self._accessible)
        except GLib.Error:  # it has gone meanwhile
            return otherwise

    @property
    def role(self):
        return self._ask(lambda a: a.get_role_name(), "")

    @property
    def name(self):
        return self._ask(lambda a: a.get_name(), "") or ""

    @property
    def description(self):
        return self._ask(lambda a: a.get_description(), "") or ""

    @property
    def states(self):
        return self._ask(lambda a: {state.value_nick for state in a.get_state_set().get_states()}, set())

    @property
    def is_visible(self):
        return "showing" in self.states

    @property
    def is_enabled(self):
        return {"enabled", "sensitive"} <= self.states

    @property
    def is_checked(self):
        return "checked" in self.states

    @property
    def value(self):
        return self._ask(lambda a: a.get_value_iface().get_current_value(), None)

    @property
    def text(self):
        """What stands in a field; elsewhere the name."""
        def read(accessible):
            field = accessible.get_text_iface()
            return Atspi.Text.get_text(field, 0, Atspi.Text.get_character_count(field)) if field else accessible.get_name()
        return self._ask(read, "")

    @property
    def selected(self):
        """The chosen part of a text."""
        def read(accessible):
            field = accessible.get_text_iface()
            chosen = Atspi.Text.get_selection(field, 0)
            return Atspi.Text.get_text(field, chosen.start_offset, chosen.end_offset)
        return self._ask(read, "")

    @property
    def box(self):
        """x, y, width, height on the screen."""
        def read(accessible):
            place = accessible.get_component_iface().get_extents(Atspi.CoordType.SCREEN)
            return place.x, place.y, place.width, place.height
        return self._ask(read, (0, 0, 0, 0))

    @property
    def children(self):
        count = self._ask(lambda a: a.get_child_count(), 0)
        if self.role in TABLES:
            count = min(count, MOST_CELLS)
        for i in range(count):
            child = self._ask(lambda a: a.get_child_at_index(i), None)
            if child is not None:
                yield Element(child)

    def walk(self):
        """This and all below it that is in sight."""
        queue = collections.deque([self])
        while queue:
            element = queue.popleft()
            yield element
            queue.extend(child for child in element.children if child.is_visible)

    def __repr__(self):
        return f"{self.role} {self.name!r}"


def matches(pattern, text):
    """`pattern`: None for anything, a compiled expression to search for, else the whole text."""
    return pattern is None or (pattern.search(text) is not None if isinstance(pattern, re.Pattern) else pattern == text)


class Window:
    """The program, started by hand on a desktop."""

    def __init__(self, desktop, program, *arguments, env=None, log="fairway.log"):
        self.desktop = desktop
        self.log = desktop.folder / log
        saved = desktop.env
        desktop.env = {**saved, **(env or {})}
        try:
            self.process = desktop.spawn(str(program), *map(str, arguments), log=log)
        finally:
            desktop.env = saved
        self.root = wait_until(self._find_root, lambda: f"the window is there (exit {self.process.poll()}, log: {self.output()})")

    def _find_root(self):
        if not alive(self.process):
            raise AssertionError(f"the program ended with {self.process.returncode}: {self.output()}")
        desktop = Element(Atspi.get_desktop(0))
        for application in desktop.children:
            if application._ask(lambda a: a.get_process_id(), 0) == self.process.pid and list(application.children):
                return application
        return None

    def output(self):
        return self.log.read_text(errors="replace")[-2000:] if self.log.exists() else ""

    def ensure_running(self):
        if not alive(self.process):
            raise AssertionError(f"the program ended with {self.process.returncode}: {self.output()}")

    def close(self):
        return end(self.process)

    # -- reading

    def all(self, role=None, name=None, description=None):
        """In sight, with these."""
        return [e for window in self.root.children for e in window.walk()
                if matches(role, e.role) and matches(name, e.name) and matches(description, e.description)]

    def find(self, role=None, name=None, description=None):
        """The first in sight, or None. Dialogs and popups come before what they cover."""
        for window in reversed(list(self.root.children)):
            for element in window.walk():
                if matches(role, element.role) and matches(name, element.name) and matches(description, element.description):
                    return element
        return None

    def wait(self, role=None, name=None, description=None, enabled=False, patience=PATIENCE):
        def look():
            self.ensure_running()
            element = self.find(role, name, description)
            return element if element and (not enabled or element.is_enabled) else None
        return wait_until(look, lambda: f"{role or 'something'} {name!r} {description or ''} is in sight{' and usable' if enabled else ''}; there: {self.words()}", patience)

    def wait_text(self, pattern, patience=PATIENCE):
        """Some text in sight matches."""
        return self.wait(None, re.compile(pattern), patience=patience)

    def wait_gone(self, role=None, name=None, patience=PATIENCE):
        wait_until(lambda: not self.find(role, name), f"{role} {name!r} is gone", patience)

    def words(self):
        """Every text in sight, for the messages of failures."""
        return [e.name for e in self.all() if e.name]

    def unnamed_controls(self):
        return [f"{e.role} at {e.box}, inside {self._path(e)}" for e in self.all() if e.role in CONTROLS and not e.name.strip() and e.box[2] > 0]

    @staticmethod
    def _path(element):
        names = []
        parent = element._ask(lambda a: a.get_parent(), None)
        while parent is not None and len(names) < 6:
            names.append(repr(Element(parent)))
            parent = Element(parent)._ask(lambda a: a.get_parent(), None)
        return " < ".join(names)

    # -- acting

    def click(self, role=None, name=None, description=None, patience=PATIENCE):
        element = self.wait(role, name, description, enabled=True, patience=patience)
        self.press(element)
        return element

    def press(self, element):
        """Clicks its middle, once it stays where it is."""
        last = [None]

        def is_still():
            box = element.box
            still = box == last[0] and box[2] > 0
            last[0] = box
            return still
        wait_until(is_still, f"{element} has a place on the screen")
        x, y, width, height = last[0]
        self.desktop.click_at(x + width // 2, y + height // 2)

    def key(self, *names):
        self.desktop.key(*names)

    def type(self, text):
        self.desktop.type(text)

    def enter(self, name, text):
        """Types into a field in the place of what it holds."""
        self.click("text", name)
        self.key("ctrl+a")
        self.type(text)
        self.key("Return")
