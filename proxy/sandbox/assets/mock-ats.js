/* Shows the next candidate in place, as the imitated ATSs do: first the address changes, then what is shown. */

let pending;

document.addEventListener('click', (event) => {
  const link = event.target.closest?.('a[data-inplace]');
  if (!link || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey) return;
  event.preventDefault();
  history.pushState(null, '', link.href);
  show();
});

addEventListener('popstate', show);

function show() {
  pending?.abort();
  pending = new XMLHttpRequest();
  pending.responseType = 'document';
  pending.onload = () => {
    const next = pending.response?.querySelector('[data-part]');
    if (!next) return location.reload();
    document.querySelector('[data-part]').replaceWith(next);
  };
  pending.onerror = () => location.reload();
  pending.open('GET', location.href);
  pending.send();
}
