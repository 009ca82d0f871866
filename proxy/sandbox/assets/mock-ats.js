/*
 * Shows the next candidate without a navigation, as the real ATSs do: first the URL changes, then the content. Also
 * polls for new activity.
 */

const ACTIVITY_POLL_MS = 3_000;

let pendingRequest;

document.addEventListener('click', (event) => {
  const link = event.target.closest?.('a[data-inplace]');
  if (!link || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey) return;
  event.preventDefault();
  history.pushState(null, '', link.href);
  load('candidate', () => location.reload());
});

addEventListener('popstate', () => load('candidate', () => location.reload()));

setInterval(() => {
  if (!document.hidden && !pendingRequest) load('activity', () => {});
}, ACTIVITY_POLL_MS);

/** Loads the page again, and replaces one part of it if the part has changed. */
function load(part, onFailure) {
  pendingRequest?.abort();
  const request = new XMLHttpRequest();
  const clearPending = () => {
    if (pendingRequest === request) pendingRequest = undefined;
  };
  pendingRequest = request;
  request.responseType = 'document';
  request.onload = () => {
    clearPending();
    const next = request.response?.querySelector(`[data-part="${part}"]`);
    const shown = document.querySelector(`[data-part="${part}"]`);
    if (!next) onFailure();
    else if (!next.isEqualNode(shown)) shown.replaceWith(next);
  };
  request.onerror = () => {
    clearPending();
    onFailure();
  };
  request.onabort = clearPending;
  request.open('GET', location.href);
  request.send();
}
