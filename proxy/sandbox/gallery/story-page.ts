/** The page of one story. It shows one element, and the candidate's name next to a chip or above a scorecard. */
import * as ROUTES from '../../contract/routes.ts';
import { type Html, html } from '../html.ts';
import {
  CHIP,
  COHORT,
  type Direction,
  ELEMENT_ATTRIBUTES,
  type ElementStory,
  getViewerId,
  hasPendingResponse,
  INBOX,
  type Language,
  SCORECARD,
  type Theme,
  type Width,
} from './story.ts';
import { moveTime } from './story-dates.ts';

export interface StoryVariant extends ElementStory {
  theme: Theme;
  width: Width;
  dir: Direction;
  language: Language;
}

export const GALLERY_PATH = '/gallery';
/** Serves the widget in each pseudo-language. */
export const LANGUAGES_PATH = `${GALLERY_PATH}/languages`;

export function buildStoryUrl({ element, story, width, ...variant }: StoryVariant): string {
  return `${GALLERY_PATH}?${new URLSearchParams({ element, state: story.id, ...variant, width: String(width) })}`;
}

/** @param now milliseconds since 1970 */
export function renderStoryPage({ element, story, theme, width, dir, language }: StoryVariant, now: number): Html {
  const loaderPath = language === 'en' ? ROUTES.loader : `${LANGUAGES_PATH}/${language}/embed.js`;
  const clicks = JSON.stringify(element === CHIP ? [] : story.clicks);
  const { browserCondition } = story;
  const lastVisitAt = story.lastVisitAt ? moveTime(story.lastVisitAt, now) : '';
  const cohortData = element === COHORT && story.cohort && html`data-candidates="${JSON.stringify(story.cohort)}"`;
  const inboxData = html`data-viewer="${getViewerId(story)}" data-last-visit="${lastVisitAt}"`;
  return html`<!doctype html>
<html lang="en" dir="${dir}" data-theme="${theme}">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>${element}: ${story.title}</title>
  <link rel="icon" href="/sandbox/icon.svg" type="image/svg+xml">
  <link rel="stylesheet" href="/sandbox/story.css">
  <script src="/sandbox/story.js" type="module"></script>
  <script type="module" src="${loaderPath}"></script>
</head>
<body>
  <main class="w${width}" data-clicks="${clicks}" ${browserCondition && html`data-browser="${browserCondition}"`}
    ${hasPendingResponse(story) && html`data-pending`} ${element === INBOX && inboxData} ${cohortData}>
    ${renderContext({ element, story })} ${renderElement({ element, story })}
  </main>
</body>
</html>`;
}

/** Renders the text that an ATS has around the element: the candidate's name. */
function renderContext({ element, story }: ElementStory): Html | undefined {
  const name = html`<bdi>${story.attributes['candidate-name'] ?? ''}</bdi>`;
  if (element === CHIP) return html`<a href="#">${name}</a>`;
  return element === SCORECARD ? html`<h1>${name}</h1>` : undefined;
}

function renderElement({ element, story: { id, attributes } }: ElementStory): Html {
  const pairs = ELEMENT_ATTRIBUTES[element].flatMap((name) => {
    const value = attributes[name];
    return value ? html` ${name}="${value}"` : [];
  });
  return html`<${element}${pairs} proxy-url="${GALLERY_PATH}/proxy/${id}"></${element}>`;
}
