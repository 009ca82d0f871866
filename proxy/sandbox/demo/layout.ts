/** The frame around every page of the demo ATS, and the one line by which the widget is embedded. */
import * as ROUTES from '../../contract/routes.ts';
import { type Html, html } from '../html.ts';

const DAY_MS = 86_400_000;
const DAY = new Intl.DateTimeFormat('en', { day: 'numeric', month: 'short', timeZone: 'UTC' });

/** A date by its distance from today, so that the demo never looks old. */
export function daysAgo(days: number, now: number): Html {
  const date = new Date(now - days * DAY_MS);
  return html`<time datetime="${date.toISOString().slice(0, 10)}">${DAY.format(date)}</time>`;
}

/** A circle with somebody's initials; the picture of nobody. */
export function avatar(name: string, size: 'small' | 'large' = 'small'): Html {
  const words = name.split(' ');
  const initials = [words[0]?.charAt(0), words.at(-1)?.charAt(0)];
  const hue = (name.charCodeAt(0) + name.charCodeAt(2) + name.length) % 6;
  return html`<span class="avatar ${size} hue-${hue}" aria-hidden="true">${initials}</span>`;
}

export function layout(title: string, content: Html): Html {
  return html`<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <meta name="color-scheme" content="light dark">
  <title>${title} · Demo ATS</title>
  <link rel="icon" href="/sandbox/icon.svg" type="image/svg+xml">
  ${['frame', 'list', 'profile', 'narrow'].map((name) => html`<link rel="stylesheet" href="/sandbox/${name}.css">`)}
  <script src="${ROUTES.loader}" async></script>
  <script src="/sandbox/ats.js" defer></script>
</head>
<body>
  <a class="skip" href="#content">Skip to content</a>
  <div class="banner" role="note">
    <strong>Demo ATS · sandbox: simulated Evalon, no real candidates</strong>
    <span>Try it: open a profile, click Invite, open the candidate’s link, answer, and watch it turn Completed.</span>
  </div>
  <div class="shell">
    ${navigation}
    <main id="content">${content}</main>
  </div>
  <p class="announcer" role="status" id="announcer"></p>
</body>
</html>`;
}

const icon = (path: string) =>
  html`<svg viewBox="0 0 20 20" width="20" height="20" aria-hidden="true" fill="none" stroke="currentColor" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round"><path d="${path}"/></svg>`;

const navigation = html`<nav class="sidebar" aria-label="Demo ATS">
  <a class="logo" href="/"><span class="logo-mark" aria-hidden="true">D</span><span>Demo ATS</span></a>
  <ul>
    <li><a class="entry" href="/" aria-current="true">${icon('M7 9a3 3 0 1 0 0-6 3 3 0 0 0 0 6Zm-5 8c0-3 2.2-5 5-5s5 2 5 5M13 3.3a3 3 0 0 1 0 5.4M14.5 12.4c2 .7 3.5 2.4 3.5 4.6')}<span>Candidates</span></a></li>
    ${[
      ['Jobs', 'M3 7h14v9H3zM7 7V4h6v3M3 11h14'],
      ['Interviews', 'M3 5h14v12H3zM3 9h14M7 3v4M13 3v4'],
      ['Reports', 'M4 17V9M10 17V3M16 17v-6'],
    ].map(
      ([name = '', path = '']) =>
        html`<li><span class="entry idle" title="Not part of the demo">${icon(path)}<span>${name}</span></span></li>`,
    )}
  </ul>
  <div class="recruiter">${avatar('Demo Recruiter')}<span>Demo Recruiter</span></div>
</nav>`;
