"""A guide and the phones that follow him, in real browsers: what the journeys of groups share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, Page, expect

from audioguide.languages import Language, Languages
from audioguide.roles import Role
from audioguide.services.staff import signing_in
from audioguide.words import say
from in_step import Measured, Seen
from museum import World
from started import Started, until

Phone = Callable[..., BrowserContext]

RU = Language("ru")
PATIENCE_MS = 60_000
# An iPhone takes no notice of the volume. What it lets out is noted by its address.
ALOUD = """
Object.defineProperty(HTMLMediaElement.prototype, "volume", { get: () => 1, set: () => {} });
window.aloud = [];
for (const type of ["play", "playing", "timeupdate"]) {
  document.addEventListener(type, ({ target }) => {
    if (!target.paused && !target.muted) window.aloud.push(new URL(target.currentSrc).pathname);
  }, true);
}
"""


class Tour:
    """The small museum, or another with its languages, served; Marat leads, phones follow him."""

    def __init__(
        self, spoken: Path, folder: Path, phone: Phone, languages: Languages | None = None
    ) -> None:
        self._languages = languages
        self._guides = RU if languages is None else languages.default
        self.world = World.copied(spoken, folder)
        self.served = Started(folder, self.world.environment())
        self.address = self.served.address
        self._phone = phone
        self.marat = self._sign_in(phone(self._guides).new_page())
        self.marat.locator("button[name=tour]").first.click()
        expect(self.marat.locator(".leading.ready")).to_be_visible(timeout=PATIENCE_MS)
        self.join_code = self.marat.locator(".join b").inner_text().replace(" ", "")
        self.phones: list[Page] = []
        path = self.marat.locator(".leading").get_attribute("data-address")
        self._measured = Measured(f"{self.address}{path}")

    def said(self, language: Language, sentence: str) -> str:
        """Say a sentence as the museum does."""
        return say(language, sentence, self._languages)

    def _sign_in(self, page: Page) -> Page:
        with self.world.database.writing() as session:
            key = signing_in.add(session, "Marat", Role.GUIDE)
        page.goto(f"{self.address}/staff/invited/{key}")
        page.get_by_label(self.said(self._guides, "Password")).fill("three quiet words")
        signing_in_words = self.said(self._guides, "Set the password and sign in")
        page.get_by_role("button", name=signing_in_words).click()
        expect(page).to_have_url(f"{self.address}/lead/")
        return page

    def joins(self, language: Language) -> Page:
        """Let a visitor enter the code and tap once."""
        page = self._phone(str(language)).new_page()
        page.goto(f"{self.address}/{language}/number?number={self.join_code}")
        self.arms(page, language)
        self.phones.append(page)
        return page

    def arms(self, page: Page, language: Language) -> None:
        """Wait until the page is ready, and tap where it asks for a tap."""
        expect(page.locator(".follow.ready")).to_be_visible(timeout=PATIENCE_MS)
        button = page.get_by_role(
            "button", name=self.said(language, "Tap to listen with the group")
        )
        if button.is_visible():
            button.click()
        expect(button).to_be_hidden()

    def says(self, words: str) -> None:
        """Tap a button of the guide's page, and wait until the command is given."""
        before = self.version()
        self.marat.get_by_role("button", name=self.said(self._guides, words), exact=True).click()
        until(lambda: self.version() > before)

    def version(self) -> int:
        """Return the number of the state that the guide's page sees."""
        return int(self.marat.locator("#version").input_value())

    def looks(self) -> list[Seen]:
        """Look at all phones."""
        self._measured.tell()
        return [self._measured.look(page) for page in self.phones]

    def wait_for_all(self, done: Callable[[Seen], bool]) -> list[Seen]:
        """Wait until something is true of every phone, and return how they all are then."""

        def look() -> list[Seen] | None:
            seen = self.looks()
            return seen if all(done(each) for each in seen) else None

        found: list[Seen] = until(look)
        return found

    def wait_until_heard(self, sentence: int) -> None:
        """Wait until every phone sounds and has come to a sentence, where it is due."""
        seen = self.wait_for_all(
            lambda each: (
                each.number == self._measured.number and each.heard >= sentence and each.is_in_step
            )
        )
        assert max(each.due for each in seen) - min(each.due for each in seen) <= 1

    def ends(self) -> None:
        """End the tour for everybody."""
        said = self.said(self._guides, "End the tour")
        self.marat.get_by_text(said, exact=True).first.click()
        said = self.said(self._guides, "End the tour for all")
        self.marat.get_by_role("button", name=said).click()

    def restart(self) -> None:
        """End the server and start it again at the same address."""
        self.served.end()
        port = str(urlsplit(self.address).port)
        self.served = Started(self.world.folder, self.world.environment(), "--port", port)

    def close(self) -> None:
        self.served.end()
        self.world.close()


def stop_is(page: Page, number: int) -> None:
    expect(page.locator(".number")).to_have_text(str(number), timeout=PATIENCE_MS)
