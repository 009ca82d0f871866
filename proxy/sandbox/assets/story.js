/* Brings the element into the story's state: clicks each target of the story as soon as it exists. */

/* The same value as `TIMEOUT_MS` in widget/api/client.ts. */
const WIDGET_TIMEOUT_MS = 22_000;
let reloadTimer;

/* Exported for tests that replace the story without a navigation. */
export function play(story) {
  const { clicks, browser: browserCondition, viewer, lastVisit, pending, candidates } = story.dataset;
  const element = story.lastElementChild;
  const remaining = JSON.parse(clicks);

  if (candidates) element.candidates = JSON.parse(candidates);
  if (browserCondition === 'offline') {
    Object.defineProperty(navigator, 'onLine', { value: false });
    addEventListener('evalon-status', () => dispatchEvent(new Event('offline')));
  }
  if (browserCondition === 'no-clipboard') Document.prototype.execCommand = () => false;
  if (browserCondition === 'no-windows') window.open = () => null;
  /* The widget stores here that Evalon returned an ended session for a new invite. */
  sessionStorage.clear();
  if (viewer) storeLastVisit(`evalon-inbox ${viewer}`, lastVisit);

  function clickNext() {
    const target = remaining.length && findInShadow(element, remaining[0]);
    if (target) {
      target.click();
      remaining.shift();
      story.dataset.clicks = JSON.stringify(remaining);
    }
    if (remaining.length && element.isConnected) requestAnimationFrame(clickNext);
  }
  clickNext();

  /* The state ends when the widget's request times out, so the page reloads before that. */
  clearTimeout(reloadTimer);
  if (pending !== undefined) reloadTimer = setTimeout(() => location.reload(), WIDGET_TIMEOUT_MS - 1_000);
}

/* `>>>` in the path enters a shadow root. */
function findInShadow(element, path) {
  return path.split(' >>> ').reduce((root, selector) => root?.shadowRoot?.querySelector(selector), element);
}

/* Stores the last visit as the inbox does, and dispatches the event that another tab would cause. */
function storeLastVisit(key, lastVisit) {
  if (lastVisit) localStorage.setItem(key, JSON.stringify({ since: lastVisit, upTo: lastVisit, at: 0 }));
  else localStorage.removeItem(key);
  dispatchEvent(new StorageEvent('storage', { key }));
}

play(document.querySelector('main'));
