"""What tests in many files share: one browser, its tabs, and the page of the small study."""

import pytest
from browsing import CHROMIUM, FLAGS
from pages import served
from reports import sketch
from studies import make_study

from lde_qual.api.fitting import Fitter


@pytest.fixture(scope="session")
def chromium():
    """One Chromium for all tests; where it or Playwright is absent, they are skipped and say so."""
    playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
    if CHROMIUM is None:
        pytest.skip("no Chromium is installed")
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def new_tab(chromium):
    """Open tabs that share nothing; no script in them may fail, and the page's policy may forbid nothing."""
    contexts, faults = [], []

    def opened(**options):
        context = chromium.new_context(viewport={"width": 1360, "height": 860}, reduced_motion="reduce", **options)
        context.set_default_timeout(30000)
        contexts.append(context)
        tab = context.new_page()
        tab.on("pageerror", lambda error: faults.append(str(error)))
        tab.on("console", lambda said: faults.append(said.text) if "Content Security Policy" in said.text else None)
        return tab

    yield opened
    for context in contexts:
        context.close()
    assert not faults


@pytest.fixture(scope="session")
def axe():
    """The rules of axe-core."""
    module = pytest.importorskip("axe_core_python.sync_playwright", reason="axe-core-python is not installed")
    return module.Axe()


@pytest.fixture(scope="session")
def fitter():
    """One process that fits, for all tests."""
    fitting = Fitter()
    yield fitting
    fitting.close()


@pytest.fixture
def sketches(monkeypatch):
    """Pictures take most of the time of a report; what is done with the files does not hang on what is drawn."""
    monkeypatch.setattr("lde_qual.reporting.build.draw", sketch)


@pytest.fixture
def study(tmp_path):
    """A small study on disk, that nobody coded."""
    return make_study(tmp_path)


@pytest.fixture
def service(study):
    """Its page, served."""
    with served(study) as running:
        yield running
