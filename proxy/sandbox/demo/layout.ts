/** The frame around every page of the demo ATS, and the one line by which the widget is embedded. */
import * as ROUTES from '../../contract/routes.ts';
import { type Html, html } from '../html.ts';

const DAY_MS = 86_400_000;
const DAY = new Intl.DateTimeFormat('en', { day: 'numeric', month: 'short', timeZone: 'UTC' });

/** A date by its distance from today, so that the demo never looks old. */
export function renderDaysAgo(days: number, now: number): Html {
  const date = new Date(now - days * DAY_MS);
  return html`<time datetime="${date.toISOString().slice(0, 10)}">${DAY.format(date)}</time>`;
}

/** A circle with somebody's initials; the picture of nobody. */
export function renderAvatar(name: string, size: 'small' | 'large' = 'small'): Html {
  const words = name.split(' ');
  const initials = [words[0]?.charAt(0), words.at(-1)?.charAt(0)];
  const hue = (name.charCodeAt(0) + name.charCodeAt(2) + name.length) % 6;
  return html`<span class="avatar ${size} hue-${hue}" aria-hidden="true">${initials}</span>`;
}

export function renderLayout(title: string, content: Html): Html {
  return html`<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <meta name="color-scheme" content="light dark">
  <title>${title} · Demo ATS</title>
  <link rel="icon" href="/sandbox/icon.svg" type="image/svg+xml">
  ${['frame', 'list', 'profile', 'narrow'].map((name) => html`<link rel="stylesheet" href="/sandbox/${name}.css">`)}
  <script src="/sandbox/theme.js"></script>
  <script src="${ROUTES.loader}" async></script>
  <script src="/sandbox/ats.js" defer></script>
</head>
<body>
  <a class="skip" href="#content">Skip to content</a>
  <div class="banner" role="note">
    <strong>Demo ATS · sandbox: simulated Evalon, no real candidates</strong>
  </div>
  <div class="shell">
    ${navigation}
    <main id="content">${content}</main>
  </div>
  <p class="announcer" role="status" id="announcer"></p>
</body>
</html>`;
}

/** A line drawing of 20 by 20. */
export function renderIcon(path: string): Html {
  return html`<svg viewBox="0 0 20 20" width="20" height="20" aria-hidden="true" fill="none" stroke="currentColor" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round"><path d="${path}"/></svg>`;
}

const entry = (href: string, name: string, path: string, isHere: boolean) =>
  html`<li><a class="entry" href="${href}" aria-label="${name}" ${isHere && html`aria-current="true"`}>${renderIcon(path)}<span>${name}</span></a></li>`;

const navigation = html`<nav class="sidebar" aria-label="Demo ATS">
  <a class="logo" href="/"><span class="logo-mark" aria-hidden="true">D</span><span>Demo ATS</span></a>
  <ul>
    ${entry('/', 'Candidates', 'M7 9a3 3 0 1 0 0-6 3 3 0 0 0 0 6Zm-5 8c0-3 2.2-5 5-5s5 2 5 5M13 3.3a3 3 0 0 1 0 5.4M14.5 12.4c2 .7 3.5 2.4 3.5 4.6', true)}
  </ul>
  <p class="group" id="for-it">For IT</p>
  <ul aria-labelledby="for-it">
    ${entry('/builder', 'Builder', 'M4 16l1-4 8-8 3 3-8 8zM11 6l3 3', false)}
    ${entry('/gallery', 'Gallery', 'M3 3h6v6H3zM11 3h6v6h-6zM3 11h6v6H3zM11 11h6v6h-6z', false)}
    ${entry('/imitation', 'Imitated ATSs', 'M3 4h14v12H3zM3 8h14M6 12h5', false)}
  </ul>
  <div class="foot">
    <button type="button" class="entry" data-theme-switch aria-pressed="false" aria-label="Dark mode">${renderIcon('M17 11.5A7 7 0 0 1 8.5 3 7 7 0 1 0 17 11.5Z')}<span>Dark mode</span></button>
    <div class="recruiter">${renderAvatar('Demo Recruiter')}<span>Demo Recruiter</span></div>
  </div>
</nav>`;
