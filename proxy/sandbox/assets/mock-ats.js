/* Shows the next candidate without a navigation, as the ATSs do: first the URL changes, then the content. */

let pendingRequest;

document.addEventListener('click', (event) => {
  const link = event.target.closest?.('a[data-inplace]');
  if (!link || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey) return;
  event.preventDefault();
  history.pushState(null, '', link.href);
  showCandidate();
});

addEventListener('popstate', showCandidate);

function showCandidate() {
  pendingRequest?.abort();
  pendingRequest = new XMLHttpRequest();
  pendingRequest.responseType = 'document';
  pendingRequest.onload = () => {
    const next = pendingRequest.response?.querySelector('[data-part]');
    if (!next) return location.reload();
    document.querySelector('[data-part]').replaceWith(next);
  };
  pendingRequest.onerror = () => location.reload();
  pendingRequest.open('GET', location.href);
  pendingRequest.send();
}
