"""Somebody speaks an answer, without a microphone."""

from playwright.sync_api import Page, expect

from tests.browser.looking import check_page, main


def speak(page: Page) -> None:
    main(page).get_by_role("button", name="Spreek uw antwoord in").click()
    expect(main(page).get_by_text("Spreek nu")).to_be_visible()
    check_page(page)
    page.wait_for_timeout(700)
    main(page).get_by_role("button", name="Ik ben klaar met spreken").click()
    expect(main(page).locator("[data-speak-listen]")).to_be_visible()


# A tone in the place of a voice: no microphone is needed to try this.
PRETEND_A_MICROPHONE = """
navigator.mediaDevices.getUserMedia = async () => {
  const sound = new AudioContext();
  const tone = sound.createOscillator();
  const to = sound.createMediaStreamDestination();
  tone.connect(to);
  tone.start();
  return to.stream;
};
"""
