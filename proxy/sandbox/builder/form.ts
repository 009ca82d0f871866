/** What IT is asked in the builder. `data-for` names the elements that a field is about; the page's script shows and hides. */
import { JANE } from '../gallery/fixtures.ts';
import { STORIES } from '../gallery/stories/stories.ts';
import { BUTTON, CHIP, type ElementName, INBOX, PANEL, SCORECARD, WIDTHS_PX } from '../gallery/story.ts';
import { type Html, type HtmlValue, html } from '../html.ts';
import { COLOURS, FONT_SIZE_PX, RADIUS_PX } from './tokens.ts';

/** An element that is not in the list cannot be chosen. */
const ELEMENTS: Record<ElementName, [name: string, what: string]> = {
  [PANEL]: ['Panel', 'for a candidate’s profile: invite, live status, result'],
  [BUTTON]: ['Invite button', 'just the button, then the status in its place'],
  [CHIP]: ['Status chip', 'for the rows of a list'],
  [SCORECARD]: ['Scorecard', 'one result'],
  [INBOX]: ['Inbox', 'for a start page: what is new, and who waits'],
};

/** What is worth looking at while choosing colours. */
const LOOKED_AT = [
  'not-invited',
  'invited',
  'started',
  'completed',
  'expired',
  'invite-failed',
  'inbox-first',
  'fault',
  'loading',
];

/** @param ats where the pages are, as far as is known. */
export function renderFormFields(ats: string): Html {
  return html`${connect(ats)}${choose()}${look()}`;
}

const connect = (ats: string) => html`<fieldset>
  <legend class="step">1. Connect</legend>
  ${field('Address of your proxy', html`<input name="proxy" type="url" required spellcheck="false">`, 'Filled in is this sandbox. Yours is what you set as PUBLIC_URL.')}
  ${field('Address of your ATS’s pages', html`<input name="ats" type="url" required spellcheck="false" value="${ats}">`, 'Scheme, host and port as the browser shows them, such as https://ats.example.com.')}
  <fieldset class="inner">
    <legend>How the proxy learns who the recruiter is</legend>
    ${choice('sign', 'url', 'Your backend answers a POST with a token', html`<code>data-token-url</code>`)}
    ${choice('sign', 'function', 'A script of your page fetches the token', html`<code>getToken</code>, for headers of your own`)}
    ${choice('sign', 'nobody', 'By nothing in the page', 'a sandbox, or single sign-on at your identity provider', true)}
    <label class="field" data-sign="url function">Path of your token address <input name="token" value="/evalon-token" spellcheck="false"></label>
  </fieldset>
</fieldset>`;

function choose(): Html {
  return html`<fieldset>
    <legend class="step">2. Choose</legend>
    <fieldset class="inner"><legend>Element</legend>${Object.entries(ELEMENTS).map(([tag, [name, what]]) => choice('element', tag, name, what, tag === PANEL))}</fieldset>
    <div data-for="${PANEL} ${BUTTON} ${CHIP}">${field(
      'Project',
      html`<input name="project" list="projects" spellcheck="false"><datalist id="projects"></datalist>`,
      html`<span data-for="${PANEL}">Empty: all projects that the recruiter may see.</span>`,
    )}</div>
    <div data-for="${PANEL}"><fieldset class="inner"><legend>Assessments</legend>
      <div id="types"></div>
      <p class="hint">All of them ticked: the page follows what the proxy offers, now and later.</p>
    </fieldset>
    ${field('Others', html`<input name="others" spellcheck="false" placeholder="data-analysis:Data analysis, design">`, 'What this sandbox does not know of, as type or type:Label, with commas between.')}</div>
    <div data-for="${BUTTON}">${field('Assessment', html`<input name="type" list="known-types" spellcheck="false"><datalist id="known-types"></datalist>`)}</div>
    <div data-for="${PANEL} ${BUTTON} ${CHIP}">${field('Candidate’s email', html`<input name="email" type="email" required value="jane@example.com" spellcheck="false">`, 'Your ATS writes each candidate’s own here.')}</div>
    <div data-for="${PANEL} ${BUTTON}">${field('Candidate’s name', html`<input name="name" required value="Jane Smith">`)}</div>
    <div data-for="${SCORECARD}">${field('Session', html`<input name="session" required spellcheck="false">`, 'The session_uuid that the event evalon-completed told your page.')}</div>
  </fieldset>`;
}

function look(): Html {
  return html`<fieldset>
    <legend class="step">3. Look</legend>
    ${field('Theme', html`<select name="theme"><option value="auto">As the page: light or dark</option><option value="light">Always light</option><option value="dark">Always dark</option></select>`)}
    <table class="colours">
      <thead><tr><th scope="col">Colour</th><th scope="col" data-theme-of="light">Light</th><th scope="col" data-theme-of="dark">Dark</th></tr></thead>
      <tbody>${COLOURS.map(
        ({ name, label, ...themes }) => html`<tr>
          <th scope="row">${label}</th>
          ${(['light', 'dark'] as const).map(
            (
              theme,
            ) => html`<td data-theme-of="${theme}"><input type="color" name="${name}-${theme}" value="${themes[theme]}"
              data-colour="${name}" data-default="${themes[theme]}" aria-label="${label}, ${theme}"></td>`,
          )}
        </tr>`,
      )}</tbody>
    </table>
    <div class="pair">
      ${field('Corners', html`<input name="radius" type="number" min="0" max="32" value="${RADIUS_PX}" data-default="${RADIUS_PX}"> px`)}
      ${field('Text', html`<input name="size" type="number" min="11" max="20" value="${FONT_SIZE_PX}" data-default="${FONT_SIZE_PX}"> px`)}
    </div>
    ${field('Font', html`<input name="font" placeholder="system-ui, sans-serif" spellcheck="false">`, 'Families as in CSS. A font of your page works, too: nothing of it is inherited by itself.')}
    <button type="reset">Back to the widget’s own look</button>
  </fieldset>`;
}

/** What the preview shows. */
export function renderPreviewFields(): Html {
  return html`<label>State <select name="state">
      <option value="">Live: asks this sandbox</option>
      ${STORIES.filter(({ id }) => LOOKED_AT.includes(id)).map(
        ({ id, title, elements, attributes }) =>
          html`<option value="${id}" data-for="${elements.join(' ')}" data-attributes="${JSON.stringify(attributes)}">${title.replaceAll('Jane', JANE.candidate_name)}</option>`,
      )}
    </select></label>
    <label>Width <select name="width">${WIDTHS_PX.map((width) => html`<option value="${width}" ${width === 420 && html`selected`}>${width} px</option>`)}</select></label>`;
}

function field(label: string, input: HtmlValue, hint?: HtmlValue): Html {
  return html`<div class="field"><label>${label} ${input}</label>${hint && html`<p class="hint">${hint}</p>`}</div>`;
}

function choice(name: string, value: string, label: string, what: HtmlValue, isChosen = false): Html {
  return html`<label class="choice"><input type="radio" name="${name}" value="${value}" ${isChosen && html`checked`}>
    <span><strong>${label}</strong> <span class="hint">${what}</span></span></label>`;
}
