/** `/builder`: IT chooses options, sees the widget live, and copies the code and the content security policy. */
import express, { type Router } from 'express';
import * as ROUTES from '../../contract/routes.ts';
import { JANE, PROJECT_ID } from '../gallery/fixtures.ts';
import { PANEL } from '../gallery/story.ts';
import { GALLERY_PATH } from '../gallery/story-page.ts';
import { type Html, type HtmlValue, html } from '../html.ts';
import { buildPageHeaders } from '../page-headers.ts';
import { renderToolPage } from '../tool-page.ts';
import { renderOptionFields, renderPreviewFields } from './form.ts';

const SCRIPTED_PROXY_PATH = `${GALLERY_PATH}/proxy/`;
/** The origin of a page that `python3 -m http.server 8000` serves, as in `PAGE_HINT`. */
const DEFAULT_ATS_ORIGIN = 'http://localhost:8000';
/** Together, these stories of the panel show every color. */
const CONTRAST_STORY_IDS = ['not-invited', 'invited', 'started', 'completed-unfolded', 'failed'];

/** The script file of one version, and its hash for the attribute `integrity`. */
export interface PinnedVersion {
  version: string;
  integrity: string;
}

/**
 * @param atsOrigin the origin of the customer's pages.
 * @param pinned the file of this release. Undefined if the file is not built.
 */
export function createBuilder(atsOrigin = DEFAULT_ATS_ORIGIN, pinned?: PinnedVersion): Router {
  const router = express.Router();
  const { markup } = renderBuilderPage(atsOrigin, pinned);
  router.get('/builder', (_request, response) => {
    response.set(buildPageHeaders()).type('html').send(markup);
  });
  return router;
}

const POLICY_HINT = html`Add these sources to the policy of your page. The widget needs no <code>img-src</code>, <code>font-src</code>,
  <code>'unsafe-inline'</code> or <code>'unsafe-eval'</code>. If your page has <code>require-trusted-types-for 'script'</code>, also add
  <code>evalon-widget</code> to <code>trusted-types</code>. If your page does not have one of these directives, first copy the sources of
  its <code>default-src</code> into it. A hash allows the inline part above. If you move that part into a file, remove the hash.`;

const PINNED_HINT = html`Replaces the script tag above. The browser then runs only this version, until you change the tag. It needs a proxy
  of this or a later version, and its texts are English. docs/embed.md explains when to use it.`;

const PAGE_HINT = html`A complete page, with the policy. Save it as <code>index.html</code>, serve it (with Python, on port 8000:
  <code>python3 -m http.server 8000</code>), and open the address of your ATS's pages as entered above. <code>127.0.0.1</code> and
  <code>localhost</code> are different origins.`;

const renderBuilderPage = (atsOrigin: string, pinned: PinnedVersion | undefined) =>
  renderToolPage({
    title: 'Builder',
    intro: html`<p>Choose the element and its style, then copy the code for your page.</p>`,
    styles: ['builder/builder'],
    scripts: [
      html`<script type="module" src="${ROUTES.loader}"></script>`,
      html`<script src="/sandbox/builder/builder.js" type="module"></script>`,
    ],
    content: html`<form class="options" aria-label="Options" autocomplete="off"
      ${pinned && html`data-version="${pinned.version}" data-integrity="${pinned.integrity}"`}>
      ${renderOptionFields(atsOrigin)}
    </form>
    <div class="results">
      <section class="card" aria-labelledby="preview-title">
        <div class="card-header">
          <h2 id="preview-title">Preview</h2>
          <form class="preview-fields" aria-label="Preview">${renderPreviewFields()}</form>
        </div>
        <div class="previews" data-scripted-proxy="${SCRIPTED_PROXY_PATH}"></div>
        <div class="contrast-report" aria-live="polite"></div>
      </section>
      <section class="card" aria-labelledby="copy-title">
        <h2 id="copy-title">Copy</h2>
        <ul class="hints" aria-live="polite"></ul>
        ${renderCode('head', 'In the head of every page with an element', 'Once per page.')}
        ${pinned && renderCode('pinned', `Script tag for version ${pinned.version} only`, PINNED_HINT)}
        ${renderCode('element', 'Where the element should appear')}
        ${renderCode('policy', 'Content security policy', POLICY_HINT)}
        ${renderCode('settings', 'Settings of the proxy')}
        ${renderCode('page', 'Test page', PAGE_HINT)}
      </section>
    </div>
    <p class="visually-hidden" role="status"></p>
    <div class="contrast-samples" aria-hidden="true" inert>${CONTRAST_STORY_IDS.flatMap((id) =>
      ['light', 'dark'].map(
        (theme) =>
          html`<div class="${theme}" data-theme-of="${theme}"><${PANEL} proxy-url="${SCRIPTED_PROXY_PATH}${id}"
            candidate-email="${JANE.candidate_email}" candidate-name="${JANE.candidate_name}" project-id="${PROJECT_ID}"></${PANEL}></div>`,
      ),
    )}</div>`,
  });

function renderCode(id: string, title: string, hint: HtmlValue = ''): Html {
  return html`<figure class="code">
    <figcaption><strong>${title}</strong> <button type="button" data-copy="${id}" aria-label="Copy: ${title}">Copy</button>
      <span class="hint">${hint}</span></figcaption>
    <pre tabindex="0" role="group" aria-label="${title}"><code id="${id}"></code></pre>
  </figure>`;
}
