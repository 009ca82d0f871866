/** `/builder`: IT chooses, sees the widget live, and copies what the page needs, its content security policy included. */
import express, { type Router } from 'express';
import * as ROUTES from '../../contract/routes.ts';
import { PANEL } from '../gallery/story.ts';
import { GALLERY_PATH } from '../gallery/story-page.ts';
import { type Html, type HtmlValue, html } from '../html.ts';
import { buildPageHeaders } from '../policy.ts';
import { renderToolPage } from '../tool.ts';
import { renderFormFields, renderPreviewFields } from './form.ts';

/** Between them these states of the panel show every colour. */
const GAUGED = ['not-invited', 'invited', 'started', 'completed-unfolded', 'failed'];

/** @param ats an origin of pages that the proxy allows. */
export function createBuilder(ats = 'http://localhost:8000'): Router {
  const router = express.Router();
  const { markup } = pageFor(ats);
  router.get('/builder', (_request, response) => {
    response.set(buildPageHeaders()).type('html').send(markup);
  });
  return router;
}

const pageFor = (ats: string) =>
  renderToolPage({
    title: 'Builder',
    lead: html`<p>Choose how the widget should look and where it should stand, then copy what your page needs.</p>`,
    styles: ['builder/builder'],
    scripts: [
      html`<script src="${ROUTES.loader}" async></script>`,
      html`<script src="/sandbox/builder/builder.js" type="module"></script>`,
    ],
    content: html`<form class="wishes" aria-label="What you choose" autocomplete="off">${renderFormFields(ats)}</form>
    <div class="outcome">
      <section class="card" aria-labelledby="preview-title">
        <div class="bar"><h2 id="preview-title">Preview</h2><form class="preview-fields" aria-label="What the preview shows">${renderPreviewFields()}</form></div>
        <div class="previews" data-gallery="${GALLERY_PATH}/proxy/"></div>
        <div class="contrasts" aria-live="polite"></div>
      </section>
      <section class="card" aria-labelledby="copy-title">
        <h2 id="copy-title">Copy</h2>
        <ul class="notes" aria-live="polite"></ul>
        ${code('head', 'In the head of every page that shows it', 'Once, however many elements there are.')}
        ${code('element', 'Where it should show', '')}
        ${code(
          'policy',
          'Content security policy',
          html`Add these sources to what your page allows already. No <code>img-src</code>, <code>font-src</code>, <code>'unsafe-inline'</code> or <code>'unsafe-eval'</code> is needed. Where
          your page has <code>require-trusted-types-for 'script'</code>, also allow the policy <code>evalon-widget</code> in <code>trusted-types</code>. A directive that you do not
          have yet takes the place of <code>default-src</code>: copy the sources of that into it first. A hash is for the inline part
          above as it stands: move that part into a file of yours, and the hash can go.`,
        )}
        ${code('settings', 'For the proxy', '')}
        ${code('page', 'A page to try it with', html`All of it in one file, the policy included. Save it as <code>index.html</code>, serve it (with Python, for port 8000: <code>python3 -m http.server 8000</code>), and open exactly the address of your ATS’s pages that stands above: <code>127.0.0.1</code> is another one than <code>localhost</code>.`)}
      </section>
    </div>
    <p class="announcer" role="status"></p>
    <div class="gauge" aria-hidden="true" inert>${GAUGED.flatMap((state) =>
      ['light', 'dark'].map(
        (theme) =>
          html`<div class="${theme}" data-theme-of="${theme}"><${PANEL} proxy-url="${GALLERY_PATH}/proxy/${state}"
            candidate-email="jane.sample@example.com" candidate-name="Jane Sample" project-id="proj_growth"></${PANEL}></div>`,
      ),
    )}</div>`,
  });

function code(id: string, title: string, hint: HtmlValue): Html {
  return html`<figure class="code">
    <figcaption><strong>${title}</strong> <button type="button" data-copy="${id}" aria-label="Copy: ${title}">Copy</button>
      <span class="hint">${hint}</span></figcaption>
    <pre tabindex="0" role="group" aria-label="${title}"><code id="${id}"></code></pre>
  </figure>`;
}
