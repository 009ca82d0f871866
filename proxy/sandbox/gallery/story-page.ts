/** One element in one state and nothing beside it: what a picture is taken of, and what the catalogue frames. */
import * as ROUTES from '../../contract/routes.ts';
import { type Html, html } from '../html.ts';
import { viewerOf } from './mock-api.ts';
import {
  CHIP,
  type Direction,
  ELEMENTS,
  type ElementName,
  INBOX,
  SCORECARD,
  type State,
  type Theme,
  type Width,
} from './story.ts';

export interface Exhibit {
  element: ElementName;
  state: State;
  theme: Theme;
  width: Width;
  dir: Direction;
}

export const GALLERY = '/gallery';

/** The address that shows exactly this. */
export function addressOf({ element, state, theme, width, dir }: Exhibit): string {
  return `${GALLERY}?${new URLSearchParams({ element, state: state.id, theme, width: String(width), dir })}`;
}

export function stagePage({ element, state, theme, width, dir }: Exhibit): Html {
  return html`<!doctype html>
<html lang="en" dir="${dir}" data-theme="${theme}">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>${element}: ${state.title}</title>
  <link rel="icon" href="/sandbox/icon.svg" type="image/svg+xml">
  <link rel="stylesheet" href="/sandbox/stage.css">
  <script src="/sandbox/stage.js" type="module"></script>
  <script src="${ROUTES.loader}" async></script>
</head>
<body>
  <main class="w${width}" data-press="${JSON.stringify(element === CHIP ? [] : state.press)}" ${state.browser && html`data-browser="${state.browser}"`}
    ${isNeverAnswered(state) && html`data-again`} ${element === INBOX && html`data-viewer="${viewerOf(state.id)}" data-looked="${state.lookedAt ?? ''}"`}>
    ${placeOf(element, state)} ${elementOf(element, state)}
  </main>
</body>
</html>`;
}

/** Two elements name nobody by themselves: a chip stands in a list of links to profiles, a scorecard in a profile. */
function placeOf(element: ElementName, { attributes }: State): Html | undefined {
  const name = html`<bdi>${attributes['candidate-name'] ?? ''}</bdi>`;
  if (element === CHIP) return html`<a href="#">${name}</a>`;
  return element === SCORECARD ? html`<h1>${name}</h1>` : undefined;
}

function elementOf(element: ElementName, { id, attributes }: State): Html {
  const told = ELEMENTS[element].flatMap((name) => {
    const value = attributes[name];
    return value ? html` ${name}="${value}"` : [];
  });
  return html`<${element}${told} proxy-url="${GALLERY}/proxy/${id}"></${element}>`;
}

/** Whether the widget will give up waiting after a while, so that the state has to be reached anew. */
export function isNeverAnswered({ answers }: State): boolean {
  return Object.values(answers).includes('never');
}
