/** The layout of every page of the demo ATS, with the script tag that loads the widget. */
import * as ROUTES from '../../contract/routes.ts';
import { type Html, html } from '../html.ts';
import { COLLEAGUE, type DemoRecruiter, RECRUITER } from './recruiters.ts';

const DAY_MS = 86_400_000;
const DATE_FORMAT = new Intl.DateTimeFormat('en', { day: 'numeric', month: 'short', timeZone: 'UTC' });

/** Dates are relative to today, so that the demo stays current. */
export function renderDaysAgo(days: number, now: number): Html {
  const date = new Date(now - days * DAY_MS);
  return html`<time datetime="${date.toISOString().slice(0, 10)}">${DATE_FORMAT.format(date)}</time>`;
}

/** Number of the classes `hue-0` to `hue-5`. `hue-0` has the default color. */
const HUE_COUNT = 6;

/** Renders the initials in a circle. The color depends only on the name, so that each person keeps theirs. */
export function renderAvatar(name: string, size: 'small' | 'large' = 'small'): Html {
  const words = name.split(' ');
  const initials = [words[0]?.charAt(0), words.at(-1)?.charAt(0)];
  const hue = (name.charCodeAt(0) + name.charCodeAt(2) + name.length) % HUE_COUNT;
  return html`<span class="avatar ${size} hue-${hue}" aria-hidden="true">${initials}</span>`;
}

/** @param section the current entry of the navigation. */
export function renderLayout(title: string, content: Html, section: Section = 'Candidates'): Html {
  return html`<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <meta name="color-scheme" content="light dark">
  <title>${title} · Demo ATS</title>
  <link rel="icon" href="/sandbox/icon.svg" type="image/svg+xml">
  ${['layout', 'list', 'profile', 'responsive'].map((name) => html`<link rel="stylesheet" href="/sandbox/${name}.css">`)}
  <script src="/sandbox/theme.js"></script>
  <script src="/sandbox/recruiter-switch.js"></script>
  <script type="module" src="${ROUTES.loader}"></script>
  <script src="/sandbox/demo-ats.js" defer></script>
</head>
<body>
  <a class="skip-link" href="#content">Skip to content</a>
  <div class="banner">
    <strong role="note">Demo ATS · Sandbox with test data, no real candidates</strong>
    <div class="recruiters" role="group" aria-labelledby="acting-as">
      <span id="acting-as">Acting as</span> ${[RECRUITER, COLLEAGUE].map(renderRecruiterButton)}
    </div>
  </div>
  <div class="shell">
    ${renderNavigation(section)}
    <main id="content">${content}</main>
  </div>
  <p class="visually-hidden" role="status" id="live-region"></p>
</body>
</html>`;
}

/** The page's script marks the recruiter that the visitor has chosen. */
function renderRecruiterButton(recruiter: DemoRecruiter): Html {
  const isPressed = recruiter === RECRUITER;
  return html`<button type="button" data-recruiter="${recruiter.sub}" aria-pressed="${String(isPressed)}">${recruiter.name}</button>`;
}

/** @param path the path data, for a view box of 20 by 20 units. */
export function renderIcon(path: string): Html {
  return html`<svg viewBox="0 0 20 20" width="20" height="20" aria-hidden="true" fill="none" stroke="currentColor"
    stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round"><path d="${path}"/></svg>`;
}

const CANDIDATES_ICON =
  'M7 9a3 3 0 1 0 0-6 3 3 0 0 0 0 6Zm-5 8c0-3 2.2-5 5-5s5 2 5 5M13 3.3a3 3 0 0 1 0 5.4M14.5 12.4c2 .7 3.5 2.4 3.5 4.6';
const COHORTS_ICON = 'M3 5h9M3 10h9M3 15h5M15 9v8M11 13h8';
const RESULTS_ICON = 'M4 17V9M10 17V3M16 17v-6';
const BUILDER_ICON = 'M4 16l1-4 8-8 3 3-8 8zM11 6l3 3';
const GALLERY_ICON = 'M3 3h6v6H3zM11 3h6v6h-6zM3 11h6v6H3zM11 11h6v6h-6z';
const MOCK_ATS_ICON = 'M3 4h14v12H3zM3 8h14M6 12h5';
const DARK_MODE_ICON = 'M17 11.5A7 7 0 0 1 8.5 3 7 7 0 1 0 17 11.5Z';

const renderNavItem = (href: string, name: string, icon: string, isCurrent = false) =>
  html`<li><a class="nav-item" href="${href}" aria-label="${name}" ${isCurrent && html`aria-current="true"`}>
    ${renderIcon(icon)}<span>${name}</span>
  </a></li>`;

export type Section = 'Candidates' | 'Cohorts' | 'Results';

const renderNavigation = (section: Section) => html`<nav class="sidebar" aria-label="Demo ATS">
  <a class="logo" href="/"><span class="logo-mark" aria-hidden="true">D</span><span>Demo ATS</span></a>
  <ul>
    ${renderNavItem('/', 'Candidates', CANDIDATES_ICON, section === 'Candidates')}
    ${renderNavItem('/cohorts', 'Cohorts', COHORTS_ICON, section === 'Cohorts')}
    ${renderNavItem('/results', 'Results', RESULTS_ICON, section === 'Results')}
  </ul>
  <p class="nav-group" id="nav-it">For IT</p>
  <ul aria-labelledby="nav-it">
    ${renderNavItem('/builder', 'Builder', BUILDER_ICON)}
    ${renderNavItem('/gallery', 'Gallery', GALLERY_ICON)}
    ${renderNavItem('/mock-ats', 'Mock ATS pages', MOCK_ATS_ICON)}
  </ul>
  <div class="sidebar-footer">
    <button type="button" class="nav-item" data-theme-switch aria-pressed="false" aria-label="Dark mode">
      ${renderIcon(DARK_MODE_ICON)}<span>Dark mode</span>
    </button>
  </div>
</nav>`;
