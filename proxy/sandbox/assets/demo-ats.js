/*
 * The script of the demo ATS's pages. Links with `data-inplace` show another candidate without a navigation, as in a
 * single-page ATS: the URL changes, but the widget's panel stays.
 */

const PANEL = 'evalon-assessments';
const PANEL_ATTRIBUTES = ['candidate-email', 'candidate-name', 'project-id'];
const LINK_ATTRIBUTES = ['href', 'aria-label', 'aria-disabled', 'aria-current'];
let pendingRequest;

document.addEventListener('click', (event) => {
  const link = event.target.closest?.('a[data-inplace][href]');
  if (!link || event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey) return;
  if (!document.querySelector(PANEL)) return;
  event.preventDefault();
  load(link.href, () => history.pushState(null, '', link.href));
});

/* Passes the selected candidates to the bulk invite. */
for (const cohort of document.querySelectorAll('[data-candidates]')) {
  cohort.candidates = JSON.parse(cohort.dataset.candidates);
}

/* Allows the bulk invite while a candidate is selected. A browser may restore the selection after a reload. */
function updateSelection() {
  const form = document.querySelector('.table-card');
  if (form) form.querySelector('.table-actions button').disabled = !form.querySelector(':checked');
}
document.addEventListener('change', updateSelection);
addEventListener('pageshow', updateSelection);

/* Shows the tour's text for the session's new status. */
document.addEventListener('evalon-status', ({ target, detail: { session } }) => {
  const hint = document.querySelector('.next-step');
  if (!hint || !target.matches(PANEL)) return;
  const step = JSON.parse(hint.dataset.steps)[session.status];
  for (const text of hint.querySelectorAll('[data-step]')) text.hidden = text.dataset.step !== step;
});

/* Opens the profile when the recruiter chooses a candidate in the inbox. */
document.addEventListener('evalon-candidate-select', (event) => {
  const { profiles } = event.target.dataset;
  /* The table of results fires this event too, but has no profile URLs. */
  if (!profiles) return;
  const profileUrl = JSON.parse(profiles)[event.detail.session.candidate_email];
  if (!profileUrl) return;
  event.preventDefault();
  location.assign(profileUrl);
});

/* Finishes the assessment in place of the candidate. */
document.addEventListener('click', async ({ target }) => {
  const button = target.closest?.('[data-finish]');
  if (!button || button.ariaDisabled) return;
  button.ariaDisabled = 'true';
  await fetch(button.dataset.finish, { method: 'POST' }).catch(() => {});
  button.ariaDisabled = null;
});

addEventListener('popstate', () => {
  if (document.querySelector(PANEL)) load(location.href, () => {});
  else location.reload();
});

/* XMLHttpRequest parses the response into a document, which Trusted Types allow. */
function load(url, onLoad) {
  pendingRequest?.abort();
  pendingRequest = new XMLHttpRequest();
  pendingRequest.responseType = 'document';
  pendingRequest.onload = () => {
    const page = pendingRequest.response;
    if (!page?.querySelector(PANEL)) return location.assign(url);
    onLoad();
    showPage(page);
  };
  pendingRequest.onerror = () => location.assign(url);
  pendingRequest.open('GET', url);
  pendingRequest.send();
}

function showPage(page) {
  const isProfile = !!page.querySelector('[data-pager]');
  for (const part of document.querySelectorAll('[data-part]')) {
    part.replaceChildren(...page.querySelector(`[data-part="${part.dataset.part}"]`).childNodes);
  }
  copyAttributes(page.querySelector(PANEL), document.querySelector(PANEL), PANEL_ATTRIBUTES);
  const links = document.querySelectorAll('a[data-inplace]');
  for (const [index, link] of [...page.querySelectorAll('a[data-inplace]')].entries()) {
    copyAttributes(link, links[index], LINK_ATTRIBUTES);
  }
  /* The first and last candidates have a pager link without a target. If this link has the focus, focuses the other. */
  if (document.activeElement.matches('[data-pager]:not([href])')) document.querySelector('[data-pager][href]')?.focus();
  document.title = page.title;
  const name = document.querySelector(isProfile ? 'h1' : '.panel-header a').textContent;
  document.querySelector('#live-region').textContent = name;
  if (isProfile) scrollTo(0, 0);
}

function copyAttributes(from, to, names) {
  for (const name of names) {
    if (from.hasAttribute(name)) to.setAttribute(name, from.getAttribute(name));
    else to.removeAttribute(name);
  }
}
