/** The layout of the sandbox's tools: the gallery, the builder and the mock ATS pages. */
import { type Html, type HtmlValue, html } from './html.ts';

interface ToolPage {
  title: string;
  /** Shown below the title. */
  intro: HtmlValue;
  /** Names of style sheets below `/sandbox/`. */
  styles: readonly string[];
  scripts: readonly HtmlValue[];
  content: HtmlValue;
}

const NAVIGATION = [
  ['/', 'Demo ATS'],
  ['/gallery', 'Gallery'],
  ['/builder', 'Builder'],
  ['/mock-ats', 'Mock ATS pages'],
] as const;

export function renderToolPage({ title, intro, styles, scripts, content }: ToolPage): Html {
  return html`<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>${title} · Evalon widget</title>
  <link rel="icon" href="/sandbox/icon.svg" type="image/svg+xml">
  ${['tool-page', ...styles].map((name) => html`<link rel="stylesheet" href="/sandbox/${name}.css">`)}
  ${scripts}
</head>
<body>
  <a class="skip-link" href="#content">Skip to content</a>
  <header class="top">
    <h1>${title}</h1>
    <nav aria-label="Sandbox">${NAVIGATION.map(
      ([href, name]) => html`<a href="${href}" ${name === title && html`aria-current="page"`}>${name}</a>`,
    )}</nav>
    ${intro}
  </header>
  <main id="content">${content}</main>
</body>
</html>`;
}
