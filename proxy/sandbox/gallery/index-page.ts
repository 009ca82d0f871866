/** The gallery's front: every exhibit in a frame of its own, and what to show of them. */
import { type Html, html, type Piece } from '../html.ts';
import { toolPage } from '../tool.ts';
import { ALL, type Choice, DEFAULTS, type Query } from './params.ts';
import { STATES } from './stories/stories.ts';
import { DIRECTIONS, ELEMENTS, THEMES, WIDTHS } from './story.ts';
import { addressOf, type Exhibit, GALLERY } from './story-page.ts';

/** CSS pixels around the element in its frame. */
const MARGIN = 16;

export function cataloguePage(query: Query, { exhibits, themes, widths, directions }: Choice): Html {
  const variants = themes.flatMap((theme) =>
    widths.flatMap((width) => directions.map((dir) => ({ theme, width, dir }))),
  );
  const elements = Object.keys(ELEMENTS).filter((element) => exhibits.some((one) => one.element === element));
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
export function nothingPage(query: Query): Html {
  return page(filters({ ...query, ...DEFAULTS }), html`<p>The gallery has no such picture. Choose one above.</p>`);
}

function figure(variants: Exhibit[]): Html {
  const [first] = variants;
  if (!first) return html``;
  const { element, state } = first;
  const everything = `${GALLERY}?${new URLSearchParams({ element, state: state.id, theme: ALL, width: ALL, dir: ALL })}`;
  return html`<figure>
    <figcaption>${state.title} <span><a href="${addressOf(first)}">${state.id}</a> · <a href="${everything}">all variants</a></span></figcaption>
    <div class="frames">${variants.map(
      (variant) =>
        html`<iframe data-src="${addressOf(variant)}" width="${variant.width + 2 * MARGIN}" height="240"
          title="${element}, ${state.title}: ${variant.theme}, ${variant.width} px, ${variant.dir}"></iframe>`,
    )}</div>
  </figure>`;
}

function filters(query: Query): Html {
  return html`<form action="${GALLERY}" class="filters">
    <input type="hidden" name="view" value="index">
    ${select('Element', 'element', query, [ALL, ...Object.keys(ELEMENTS)])}
    ${select('State', 'state', query, [ALL, ...STATES.map(({ id }) => id)])}
    ${select('Theme', 'theme', query, [...THEMES, ALL])}
    ${select('Width', 'width', query, [...WIDTHS.map(String), ALL])}
    ${select('Direction', 'dir', query, [...DIRECTIONS, ALL])}
    <button>Show</button>
  </form>`;
}

function select(label: string, name: keyof Query, query: Query, values: readonly string[]): Html {
  const options = values.map((value) => html`<option ${value === query[name] && html`selected`}>${value}</option>`);
  return html`<label>${label} <select name="${name}">${options}</select></label>`;
}

function page(lead: Piece, content: Piece): Html {
  const scripts = [html`<script src="/sandbox/gallery.js" defer></script>`];
  return toolPage({ title: 'Gallery', lead, styles: ['gallery'], scripts, content });
}
