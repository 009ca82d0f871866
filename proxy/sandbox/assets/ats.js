/* Shows another candidate in place, as a single-page ATS does: the address changes, the widget's element stays. */

const WIDGET = 'evalon-assessments';
let pending;

document.addEventListener('click', (event) => {
  const link = event.target.closest?.('a[data-inplace][href]');
  if (!link || event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey) return;
  if (!document.querySelector(WIDGET)) return;
  event.preventDefault();
  load(link.href, () => history.pushState(null, '', link.href));
});

/* What the widget tells its page decides what to try next. */
document.addEventListener('evalon-status', ({ target, detail: { session } }) => {
  const hints = document.querySelector('.rehearsal');
  if (!hints || !target.matches(WIDGET)) return;
  const phase = JSON.parse(hints.dataset.phases)[session.status];
  for (const hint of hints.querySelectorAll('[data-phase]')) hint.hidden = hint.dataset.phase !== phase;
});

/* A row of the inbox leads to its candidate. */
document.addEventListener('evalon-open', (event) => {
  const profile = JSON.parse(event.target.dataset.profiles)[event.detail.session.candidate_email];
  if (!profile) return;
  event.preventDefault();
  location.assign(profile);
});

document.addEventListener('click', async ({ target }) => {
  const button = target.closest?.('[data-finish]');
  if (!button || button.ariaDisabled) return;
  button.ariaDisabled = 'true';
  await fetch(button.dataset.finish, { method: 'POST' }).catch(() => {});
  button.ariaDisabled = null;
});

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
  const isProfile = !!page.querySelector('[data-pager]');
  for (const part of document.querySelectorAll('[data-part]')) {
    part.replaceChildren(...page.querySelector(`[data-part="${part.dataset.part}"]`).childNodes);
  }
  take(page, WIDGET, ['candidate-email', 'candidate-name', 'project-id']);
  const links = document.querySelectorAll('a[data-inplace]');
  for (const [index, link] of [...page.querySelectorAll('a[data-inplace]')].entries()) {
    takeFrom(link, links[index], ['href', 'aria-label', 'aria-disabled', 'aria-current']);
  }
  if (document.activeElement.matches('[data-pager]:not([href])')) document.querySelector('[data-pager][href]')?.focus();
  document.title = page.title;
  document.querySelector('#announcer').textContent = document.querySelector(
    isProfile ? 'h1' : '.side-head a',
  ).textContent;
  if (isProfile) scrollTo(0, 0);
}

function take(page, selector, names) {
  takeFrom(page.querySelector(selector), document.querySelector(selector), names);
}

function takeFrom(from, to, names) {
  for (const name of names) {
    if (from.hasAttribute(name)) to.setAttribute(name, from.getAttribute(name));
    else to.removeAttribute(name);
  }
}
