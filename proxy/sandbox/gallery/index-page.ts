/** The gallery's front: every exhibit in a frame of its own, and what to show of them. */
import { type Html, type HtmlValue, html } from '../html.ts';
import { renderToolPage } from '../tool.ts';
import { ALL_VALUES, DEFAULT_PARAMS, type GalleryParams, type StorySelection } from './params.ts';
import { STORIES } from './stories/stories.ts';
import { DIRECTIONS, ELEMENT_ATTRIBUTES, THEMES, WIDTHS_PX } from './story.ts';
import { buildStoryUrl, GALLERY_PATH, type StoryVariant } from './story-page.ts';

/** CSS pixels around the element in its frame. */
const MARGIN = 16;

export function renderIndexPage(
  query: GalleryParams,
  { elementStories: exhibits, themes, widths, directions }: StorySelection,
): Html {
  const variants = themes.flatMap((theme) =>
    widths.flatMap((width) => directions.map((dir) => ({ theme, width, dir }))),
  );
  const elements = Object.keys(ELEMENT_ATTRIBUTES).filter((element) => exhibits.some((one) => one.element === element));
  return page(
    html`<p>${exhibits.length * variants.length} pictures of ${exhibits.length} states. Each is the real element, asking a
      proxy with canned answers.</p>
      ${filters(query)}`,
    elements.map(
      (element) => html`<section aria-labelledby="${element}">
        <h2 id="${element}">${element}</h2>
        <div class="exhibits">${exhibits
          .filter((one) => one.element === element)
          .map((one) => figure(variants.map((variant) => ({ ...one, ...variant }))))}</div>
      </section>`,
    ),
  );
}

/** Where an address asks for what there is not. */
export function renderNotFoundPage(query: GalleryParams): Html {
  return page(
    filters({ ...query, ...DEFAULT_PARAMS }),
    html`<p>The gallery has no such picture. Choose one above.</p>`,
  );
}

function figure(variants: StoryVariant[]): Html {
  const [first] = variants;
  if (!first) return html``;
  const { element, state } = first;
  const everything = `${GALLERY_PATH}?${new URLSearchParams({ element, state: state.id, theme: ALL_VALUES, width: ALL_VALUES, dir: ALL_VALUES })}`;
  return html`<figure>
    <figcaption>${state.title} <span><a href="${buildStoryUrl(first)}">${state.id}</a> · <a href="${everything}">all variants</a></span></figcaption>
    <div class="frames">${variants.map(
      (variant) =>
        html`<iframe data-src="${buildStoryUrl(variant)}" width="${variant.width + 2 * MARGIN}" height="240"
          title="${element}, ${state.title}: ${variant.theme}, ${variant.width} px, ${variant.dir}"></iframe>`,
    )}</div>
  </figure>`;
}

function filters(query: GalleryParams): Html {
  return html`<form action="${GALLERY_PATH}" class="filters">
    <input type="hidden" name="view" value="index">
    ${select('Element', 'element', query, [ALL_VALUES, ...Object.keys(ELEMENT_ATTRIBUTES)])}
    ${select('State', 'state', query, [ALL_VALUES, ...STORIES.map(({ id }) => id)])}
    ${select('Theme', 'theme', query, [...THEMES, ALL_VALUES])}
    ${select('Width', 'width', query, [...WIDTHS_PX.map(String), ALL_VALUES])}
    ${select('Direction', 'dir', query, [...DIRECTIONS, ALL_VALUES])}
    <button>Show</button>
  </form>`;
}

function select(label: string, name: keyof GalleryParams, query: GalleryParams, values: readonly string[]): Html {
  const options = values.map((value) => html`<option ${value === query[name] && html`selected`}>${value}</option>`);
  return html`<label>${label} <select name="${name}">${options}</select></label>`;
}

function page(lead: HtmlValue, content: HtmlValue): Html {
  const scripts = [html`<script src="/sandbox/gallery.js" defer></script>`];
  return renderToolPage({ title: 'Gallery', lead, styles: ['gallery'], scripts, content });
}
