/** The index of the gallery: a frame for each variant of the selected stories. */
import { type Html, type HtmlValue, html } from '../html.ts';
import { renderToolPage } from '../tool-page.ts';
import { ALL_VALUES, DEFAULT_PARAMS, type GalleryParams, type StorySelection } from './params.ts';
import { STORIES } from './stories/stories.ts';
import { DIRECTIONS, ELEMENT_ATTRIBUTES, LANGUAGES, THEMES, WIDTHS_PX } from './story.ts';
import { buildStoryUrl, GALLERY_PATH, type StoryVariant } from './story-page.ts';

/** The padding of `main` in story.css. */
const FRAME_PADDING_PX = 16;

export function renderIndexPage(params: GalleryParams, selection: StorySelection): Html {
  const { stories, themes, widths, directions, languages } = selection;
  const variants = themes.flatMap((theme) =>
    widths.flatMap((width) =>
      directions.flatMap((dir) => languages.map((language) => ({ theme, width, dir, language }))),
    ),
  );
  const elements = Object.keys(ELEMENT_ATTRIBUTES).filter((name) => stories.some(({ element }) => element === name));
  return renderPage(
    html`<p>Stories: ${stories.length}. Variants: ${stories.length * variants.length}. Each frame contains the real element
      with a scripted proxy.</p>
      ${renderFilters(params)}`,
    elements.map(
      (element) => html`<section aria-labelledby="${element}">
        <h2 id="${element}">${element}</h2>
        <div class="stories">${stories
          .filter((entry) => entry.element === element)
          .map((entry) => renderFigure(variants.map((variant) => ({ ...entry, ...variant }))))}</div>
      </section>`,
    ),
  );
}

export function renderNotFoundPage(): Html {
  return renderPage(renderFilters(DEFAULT_PARAMS), html`<p>The gallery has no such story. Choose one above.</p>`);
}

function renderFigure(variants: StoryVariant[]): Html {
  const [first] = variants;
  if (!first) return html``;
  const { element, story } = first;
  const allFilters = { theme: ALL_VALUES, width: ALL_VALUES, dir: ALL_VALUES, language: ALL_VALUES };
  const allVariantsUrl = `${GALLERY_PATH}?${new URLSearchParams({ element, state: story.id, ...allFilters })}`;
  return html`<figure>
    <figcaption>${story.title}
      <span><a href="${buildStoryUrl(first)}">${story.id}</a> · <a href="${allVariantsUrl}">all variants</a></span>
    </figcaption>
    <div class="frames">${variants.map(renderFrame)}</div>
  </figure>`;
}

function renderFrame(variant: StoryVariant): Html {
  const { element, story, theme, width, dir, language } = variant;
  return html`<iframe data-src="${buildStoryUrl(variant)}" width="${width + 2 * FRAME_PADDING_PX}" height="240"
    title="${element}, ${story.title}: ${theme}, ${width} px, ${dir}, ${language}"></iframe>`;
}

function renderFilters(params: GalleryParams): Html {
  return html`<form action="${GALLERY_PATH}" class="filters">
    <input type="hidden" name="view" value="index">
    ${renderSelect('Element', 'element', params, [ALL_VALUES, ...Object.keys(ELEMENT_ATTRIBUTES)])}
    ${renderSelect('State', 'state', params, [ALL_VALUES, ...STORIES.map(({ id }) => id)])}
    ${renderSelect('Theme', 'theme', params, [...THEMES, ALL_VALUES])}
    ${renderSelect('Width', 'width', params, [...WIDTHS_PX.map(String), ALL_VALUES])}
    ${renderSelect('Direction', 'dir', params, [...DIRECTIONS, ALL_VALUES])}
    ${renderSelect('Language', 'language', params, [...LANGUAGES, ALL_VALUES])}
    <button>Show</button>
  </form>`;
}

function renderSelect(
  label: string,
  name: keyof GalleryParams,
  params: GalleryParams,
  values: readonly string[],
): Html {
  const options = values.map((value) => html`<option ${value === params[name] && html`selected`}>${value}</option>`);
  return html`<label>${label} <select name="${name}">${options}</select></label>`;
}

function renderPage(intro: HtmlValue, content: HtmlValue): Html {
  const scripts = [html`<script src="/sandbox/gallery.js" defer></script>`];
  return renderToolPage({ title: 'Gallery', intro, styles: ['gallery'], scripts, content });
}
