/* Shows the next candidate in place, as a single-page ATS does: the address changes, the widget's element stays. */

const PARTS = ['head', 'story', 'facts'];
const WIDGET = 'evalon-assessments';
let pending;

document.addEventListener('click', (event) => {
  const link = event.target.closest?.('a[data-pager][href]');
  if (!link || event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey) return;
  event.preventDefault();
  load(link.href, () => history.pushState(null, '', link.href));
});

/* What the widget tells its page decides whether there is a link to play the candidate with. */
const OPEN = ['invited', 'opened', 'started'];
document.addEventListener('evalon-status', ({ target, detail: { session } }) => {
  if (target.matches(WIDGET)) rehearsal().hidden = !OPEN.includes(session.status);
});

function rehearsal() {
  return document.querySelector('.rehearsal');
}

addEventListener('popstate', () => {
  if (document.querySelector(WIDGET)) load(location.href, () => {});
  else location.reload();
});

/* XMLHttpRequest reads the answer as a document, which stays allowed where a page enforces Trusted Types. */
function load(address, arrived) {
  pending?.abort();
  pending = new XMLHttpRequest();
  pending.responseType = 'document';
  pending.onload = () => {
    const page = pending.response;
    if (!page?.querySelector(WIDGET)) return location.assign(address);
    arrived();
    show(page);
  };
  pending.onerror = () => location.assign(address);
  pending.open('GET', address);
  pending.send();
}

function show(page) {
  for (const part of PARTS) {
    const selector = `[data-part="${part}"]`;
    document.querySelector(selector).replaceChildren(...page.querySelector(selector).childNodes);
  }
  rehearsal().hidden = true;
  take(page, WIDGET, ['candidate-email', 'candidate-name', 'project-id']);
  take(page, '[data-candidate-link]', ['href']);
  take(page, '[data-pager="previous"]', ['href', 'aria-label', 'aria-disabled']);
  take(page, '[data-pager="next"]', ['href', 'aria-label', 'aria-disabled']);
  if (document.activeElement.matches('[data-pager]:not([href])')) document.querySelector('[data-pager][href]')?.focus();
  document.title = page.title;
  document.querySelector('#announcer').textContent = document.querySelector('h1').textContent;
  scrollTo(0, 0);
}

function take(page, selector, names) {
  const [from, to] = [page.querySelector(selector), document.querySelector(selector)];
  for (const name of names) {
    if (from.hasAttribute(name)) to.setAttribute(name, from.getAttribute(name));
    else to.removeAttribute(name);
  }
}
