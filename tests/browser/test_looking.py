"""A page is looked at well: a fault is seen, also after its like was found good."""

from playwright.sync_api import Browser, Page

from tests.browser.contrast import contrast_faults
from tests.browser.looking import faults_that_axe_knows

PAGE = """<!doctype html><html lang="nl"><title>Proef</title>
<style>
.pale {{ color: #999 }} .dark {{ background: #555 }} .thin {{ opacity: .4 }}
</style>
<main><h1>Proef</h1><p class="{0}">Een zin.</p>
<div class="{1}"><p>Nog een zin.</p></div></main></html>"""


def seen(page: Page, *looks: str) -> list[str]:
    page.set_content(PAGE.format(*looks))
    return [
        node["html"] for fault in faults_that_axe_knows(page) for node in fault["nodes"]
    ]


def test_a_text_that_fades_is_seen_though_its_like_was_good(chromium: Browser) -> None:
    page = chromium.new_page()
    assert seen(page, "", "") == []
    for _again in range(2):
        assert seen(page, "pale", "") == ['<p class="pale">Een zin.</p>']
        assert seen(page, "", "dark") == ["<p>Nog een zin.</p>"]
        assert seen(page, "", "thin") == ["<p>Nog een zin.</p>"]
    assert seen(page, "", "") == []
    page.close()


def test_what_was_found_good_is_not_measured_again(chromium: Browser) -> None:
    page = chromium.new_page()
    assert seen(page, "", "") == []
    page.set_content(PAGE.format("", ""))
    # Without axe in the page, whatever is still to be measured would be an error.
    page.evaluate("() => { delete window.axe }")
    assert contrast_faults(page) == []
    page.close()


def test_what_has_no_name_is_seen(chromium: Browser) -> None:
    page = chromium.new_page()
    page.set_content(PAGE.format("", "") + '<input type="text">')
    assert [fault["id"] for fault in faults_that_axe_knows(page)] == ["label"]
    page.close()
