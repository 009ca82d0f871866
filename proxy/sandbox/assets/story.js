/* Brings the element on the stage into its state: presses what a recruiter would press, as soon as it is there. */

const WIDGET_GIVES_UP = 22_000;
let again;

/* For whoever puts another exhibit on the stage, too. */
export function play(stage) {
  const { press, browser, viewer, looked, again: isNeverAnswered } = stage.dataset;
  const element = stage.lastElementChild;
  const waiting = JSON.parse(press);

  if (browser === 'offline') {
    Object.defineProperty(navigator, 'onLine', { value: false });
    addEventListener('evalon-status', () => dispatchEvent(new Event('offline')));
  }

  if (browser === 'no-clipboard') document.execCommand = () => false;
  if (browser === 'no-windows') window.open = () => null;
  if (viewer) remember(`evalon-inbox ${viewer}`, looked);

  function look() {
    const found = waiting.length && within(element, waiting[0]);
    if (found) {
      found.click();
      waiting.shift();
      stage.dataset.press = JSON.stringify(waiting);
    }
    if (waiting.length && element.isConnected) requestAnimationFrame(look);
  }
  look();

  /* What is never answered lasts until the widget gives up; somebody who looks for longer sees it begin again. */
  clearTimeout(again);
  if (isNeverAnswered !== undefined) again = setTimeout(() => location.reload(), WIDGET_GIVES_UP - 1_000);
}

/* What lies at the end of a path through shadow roots. */
function within(element, path) {
  return path.split(' >>> ').reduce((root, selector) => root?.shadowRoot?.querySelector(selector), element);
}

/* When the recruiter looked last, as the inbox keeps it, and told it as another tab would. */
function remember(key, looked) {
  if (looked) localStorage.setItem(key, JSON.stringify({ since: looked, upTo: looked, at: 0 }));
  else localStorage.removeItem(key);
  dispatchEvent(new StorageEvent('storage', { key }));
}

play(document.querySelector('main'));
