/** One element in one state and nothing beside it: what a picture is taken of, and what the catalogue frames. */
import * as ROUTES from '../../contract/routes.ts';
import { type Html, html } from '../html.ts';
import { getViewerId } from './mock-api.ts';
import {
  CHIP,
  type Direction,
  ELEMENT_ATTRIBUTES,
  type ElementName,
  INBOX,
  SCORECARD,
  type Story,
  type Theme,
  type Width,
} from './story.ts';

export interface StoryVariant {
  element: ElementName;
  state: Story;
  theme: Theme;
  width: Width;
  dir: Direction;
}

export const GALLERY_PATH = '/gallery';

/** The address that shows exactly this. */
export function buildStoryUrl({ element, state, theme, width, dir }: StoryVariant): string {
  return `${GALLERY_PATH}?${new URLSearchParams({ element, state: state.id, theme, width: String(width), dir })}`;
}

export function renderStoryPage({ element, state, theme, width, dir }: StoryVariant): Html {
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
  <main class="w${width}" data-press="${JSON.stringify(element === CHIP ? [] : state.clicks)}" ${state.browserCondition && html`data-browser="${state.browserCondition}"`}
    ${hasPendingResponse(state) && html`data-again`} ${element === INBOX && html`data-viewer="${getViewerId(state.id)}" data-looked="${state.lastVisitAt ?? ''}"`}>
    ${placeOf(element, state)} ${elementOf(element, state)}
  </main>
</body>
</html>`;
}

/** Two elements name nobody by themselves: a chip stands in a list of links to profiles, a scorecard in a profile. */
function placeOf(element: ElementName, { attributes }: Story): Html | undefined {
  const name = html`<bdi>${attributes['candidate-name'] ?? ''}</bdi>`;
  if (element === CHIP) return html`<a href="#">${name}</a>`;
  return element === SCORECARD ? html`<h1>${name}</h1>` : undefined;
}

function elementOf(element: ElementName, { id, attributes }: Story): Html {
  const told = ELEMENT_ATTRIBUTES[element].flatMap((name) => {
    const value = attributes[name];
    return value ? html` ${name}="${value}"` : [];
  });
  return html`<${element}${told} proxy-url="${GALLERY_PATH}/proxy/${id}"></${element}>`;
}

/** Whether the widget will give up waiting after a while, so that the state has to be reached anew. */
export function hasPendingResponse({ responses: answers }: Story): boolean {
  return Object.values(answers).includes('never');
}
