"""Somebody at a browser whose every page, tap and typed character is counted (keystroke-level model)."""

from dataclasses import dataclass

# Card, Moran & Newell, "The keystroke-level model" (1980); seconds.
KEY = 0.28  # one key, an average typist who is no typist by profession
KEYS_A_CHARACTER = 3  # a Chinese character by pinyin: two or three letters, one to choose
TAP = 1.2  # point (1.1) and press (0.1)
THINK = 1.35  # before each page and each field: what is asked here
PAGE = 1.0  # until a page stands


@dataclass
class Tally:
    """What some work took."""

    pages: int = 0
    taps: int = 0
    fields: int = 0
    characters: int = 0

    def __add__(self, other):
        return Tally(
            self.pages + other.pages,
            self.taps + other.taps,
            self.fields + other.fields,
            self.characters + other.characters,
        )

    def times(self, number):
        """The same work so many times."""
        return Tally(
            *(round(one * number) for one in (self.pages, self.taps, self.fields, self.characters))
        )

    @property
    def seconds(self):
        keys = self.characters * KEYS_A_CHARACTER
        return self.pages * (PAGE + THINK) + self.taps * TAP + self.fields * THINK + keys * KEY

    @property
    def minutes(self):
        return self.seconds / 60


class Hand:
    """Works a page and counts. `take()` hands over what was counted since the last time."""

    def __init__(self, page):
        self.page = page
        self.tally = Tally()
        page.on("framenavigated", self._arrived)

    def _arrived(self, frame):
        if frame == self.page.main_frame:
            self.tally.pages += 1

    def take(self):
        done, self.tally = self.tally, Tally()
        return done

    def opens(self, path):
        self.page.goto(path)

    def taps(self, place):
        """One tap on the page."""
        self.tally.taps += 1
        place.click()

    def goes(self, place):
        """One tap that leads to another page."""
        with self.page.expect_navigation():
            self.taps(place)

    def types(self, place, text):
        """A tap into the field and the text."""
        self.tally.taps += 1
        self.tally.fields += 1
        self.tally.characters += len(text)
        place.fill(text)

    def chooses(self, place, value):
        """A drop-down list: one tap to open it, one on the option."""
        self.tally.taps += 2
        self.tally.fields += 1
        place.select_option(value)
