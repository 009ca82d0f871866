/** The frame around the sandbox's tools, which belong to no ATS: the gallery and the builder. */
import { type Html, type HtmlValue, html } from './html.ts';

interface Tool {
  title: string;
  /** A sentence that says what it is for, and what else stands in the head. */
  lead: HtmlValue;
  /** Names of style sheets and of module scripts below `/sandbox/`. */
  styles: readonly string[];
  scripts: readonly HtmlValue[];
  content: HtmlValue;
}

const TOOLS = [
  ['/', 'Demo ATS'],
  ['/gallery', 'Gallery'],
  ['/builder', 'Builder'],
  ['/imitation', 'Imitated ATSs'],
] as const;

export function renderToolPage({ title, lead, styles, scripts, content }: Tool): Html {
  return html`<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>${title} · Evalon widget</title>
  <link rel="icon" href="/sandbox/icon.svg" type="image/svg+xml">
  ${['tool', ...styles].map((name) => html`<link rel="stylesheet" href="/sandbox/${name}.css">`)}
  ${scripts}
</head>
<body>
  <a class="skip" href="#content">Skip to content</a>
  <header class="top">
    <h1>${title}</h1>
    <nav aria-label="Sandbox">${TOOLS.map(([href, name]) => html`<a href="${href}" ${name === title && html`aria-current="page"`}>${name}</a>`)}</nav>
    ${lead}
  </header>
  <main id="content">${content}</main>
</body>
</html>`;
}
