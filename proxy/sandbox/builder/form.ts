/**
 * The builder's form. The page's script hides the fields that do not apply. `data-for` lists the elements with the
 * field, `data-sign` lists the sign-in methods with the field, and `data-theme-of` names the theme.
 */
import { JANE } from '../gallery/fixtures.ts';
import { STORIES } from '../gallery/stories/stories.ts';
import {
  BUTTON,
  CHIP,
  COHORT,
  type ElementName,
  INBOX,
  PANEL,
  RESULTS,
  SCORECARD,
  type Story,
  WIDTHS_PX,
} from '../gallery/story.ts';
import { type Html, type HtmlValue, html } from '../html.ts';
import { renderParts } from './parts.ts';
import { COLORS, type ColorToken, DEFAULT_FONT_SIZE_PX, DEFAULT_MIN_HEIGHT_PX, DEFAULT_RADIUS_PX } from './tokens.ts';

const ELEMENTS: Record<ElementName, [name: string, description: string]> = {
  [PANEL]: ['Panel', "for a candidate's profile: invite, live status, result"],
  [BUTTON]: ['Invite button', 'a button that becomes the status'],
  [CHIP]: ['Status chip', 'for the rows of a list'],
  [SCORECARD]: ['Scorecard', 'one result'],
  [INBOX]: ['Inbox', 'for a start page: new results and waiting candidates'],
  [COHORT]: ['Cohort', 'bulk invites: a selection, a list or a CSV file'],
  [RESULTS]: ['Results', 'a table: filter, search, compare, export'],
};

const DEFAULT_WIDTH_PX = 420;

/** The stories that the preview offers. */
const PREVIEW_STORY_IDS = [
  'not-invited',
  'invited',
  'started',
  'completed',
  'expired',
  'invite-failed',
  'inbox-first',
  'cohort-start',
  'cohort-finished',
  'results-few',
  'results-compare',
  'fault',
  'loading',
];

export function renderOptionFields(atsOrigin: string): Html {
  return html`${renderConnectFields(atsOrigin)}${renderElementFields()}${renderStyleFields()}`;
}

const renderConnectFields = (atsOrigin: string) => html`<fieldset>
  <legend class="step">1. Connect</legend>
  ${renderField(
    'Address of your proxy',
    html`<input name="proxy" type="url" required spellcheck="false">`,
    'The default is this sandbox. Yours is the value of PUBLIC_URL.',
  )}
  ${renderField(
    "Address of your ATS's pages",
    html`<input name="ats" type="url" required spellcheck="false" value="${atsOrigin}">`,
    'Scheme, host and port as the browser shows them, such as https://ats.example.com.',
  )}
  <fieldset class="option-group">
    <legend>How the recruiter signs in</legend>
    ${renderChoice('sign', 'url', 'Your backend returns a token for a POST', html`<code>data-token-url</code>`)}
    ${renderChoice('sign', 'function', 'A script on your page fetches a token', html`<code>getToken</code>, for your own headers`)}
    ${renderChoice('sign', 'none', 'Without a token', 'a sandbox, or single sign-on at your identity provider', {
      isChecked: true,
    })}
    <label class="field" data-sign="url function">Path of your token endpoint
      <input name="token" value="/evalon-token" spellcheck="false"></label>
  </fieldset>
</fieldset>`;

const renderElementFields = () => html`<fieldset>
  <legend class="step">2. Choose</legend>
  <fieldset class="option-group">
    <legend>Element</legend>
    ${Object.entries(ELEMENTS).map(([tag, [name, description]]) =>
      renderChoice('element', tag, name, description, { isChecked: tag === PANEL }),
    )}
  </fieldset>
  <div data-for="${PANEL} ${BUTTON} ${CHIP} ${COHORT} ${RESULTS}">${renderField(
    'Project',
    html`<input name="project" list="projects" spellcheck="false"><datalist id="projects"></datalist>`,
    html`<span data-for="${PANEL}">Leave empty to show every project that the recruiter can see.</span>`,
  )}</div>
  <div data-for="${PANEL}">
    <fieldset class="option-group">
      <legend>Assessments</legend>
      <div id="types"></div>
      <p class="hint">Check all to always show what the proxy offers.</p>
    </fieldset>
    ${renderField(
      'Others',
      html`<input name="others" spellcheck="false" placeholder="data-analysis:Data analysis, design">`,
      'Types that this sandbox does not offer, as type or type:Label, separated by commas.',
    )}
  </div>
  <div data-for="${BUTTON} ${COHORT} ${RESULTS}">${renderField(
    'Assessment',
    html`<input name="type" list="known-types" spellcheck="false"><datalist id="known-types"></datalist>`,
    html`<span data-for="${RESULTS}">Leave empty to show every assessment of the project.</span>`,
  )}</div>
  <div data-for="${PANEL} ${BUTTON} ${CHIP}">${renderField(
    "Candidate's email",
    html`<input name="email" type="email" required value="jane@example.com" spellcheck="false">`,
    "Your ATS inserts each candidate's email here.",
  )}</div>
  <div data-for="${PANEL} ${BUTTON}">${renderField(
    "Candidate's name",
    html`<input name="name" required value="Jane Smith">`,
  )}</div>
  <div data-for="${SCORECARD}">${renderField(
    'Session',
    html`<input name="session" required spellcheck="false">`,
    'The session_uuid from the event evalon-completed.',
  )}</div>
</fieldset>`;

const renderStyleFields = () => html`<fieldset>
  <legend class="step">3. Style</legend>
  ${renderField(
    'Theme',
    html`<select name="theme">
      <option value="auto">Same as the page</option>
      <option value="light">Always light</option>
      <option value="dark">Always dark</option>
    </select>`,
  )}
  <table class="colors">
    <thead>
      <tr>
        <th scope="col">Color</th>
        <th scope="col" data-theme-of="light">Light</th>
        <th scope="col" data-theme-of="dark">Dark</th>
      </tr>
    </thead>
    <tbody>${COLORS.map(renderColorRow)}</tbody>
  </table>
  <div class="inline-fields">
    ${renderPixelField('Corner radius', 'radius', DEFAULT_RADIUS_PX, { min: 0, max: 32 })}
    ${renderPixelField('Text size', 'size', DEFAULT_FONT_SIZE_PX, { min: 11, max: 20 })}
    ${renderPixelField('Minimum height', 'min-height', DEFAULT_MIN_HEIGHT_PX, { min: 0, max: 800 })}
  </div>
  ${renderField(
    'Font',
    html`<input name="font" placeholder="system-ui, sans-serif" spellcheck="false">`,
    "Font families as in CSS. A web font of your page works too. The widget does not inherit the page's font.",
  )}
  <button type="reset">Reset style</button>
  ${renderParts()}
</fieldset>`;

function renderPixelField(
  label: string,
  name: string,
  value: number,
  { min, max }: { min: number; max: number },
): Html {
  const input = html`<input name="${name}" type="number" min="${min}" max="${max}" value="${value}"
    data-default="${value}"> px`;
  return renderField(label, input);
}

function renderColorRow({ name, label, ...defaults }: ColorToken): Html {
  const renderCell = (
    theme: 'light' | 'dark',
  ) => html`<td data-theme-of="${theme}"><input type="color" name="${name}-${theme}"
    value="${defaults[theme]}" data-color="${name}" data-default="${defaults[theme]}" aria-label="${label}, ${theme}"></td>`;
  return html`<tr><th scope="row">${label}</th>${renderCell('light')}${renderCell('dark')}</tr>`;
}

export function renderPreviewFields(): Html {
  const stories = STORIES.filter(({ id }) => PREVIEW_STORY_IDS.includes(id));
  return html`<label>State <select name="state">
      <option value="">Live, from this sandbox</option>
      ${stories.map(renderStoryOption)}
    </select></label>
    <label>Width <select name="width">${WIDTHS_PX.map(
      (width) => html`<option value="${width}" ${width === DEFAULT_WIDTH_PX && html`selected`}>${width} px</option>`,
    )}</select></label>`;
}

function renderStoryOption({ id, title, elements, attributes }: Story): Html {
  const label = title.replaceAll('Jane', JANE.candidate_name);
  return html`<option value="${id}" data-for="${elements.join(' ')}"
    data-attributes="${JSON.stringify(attributes)}">${label}</option>`;
}

function renderField(label: string, input: HtmlValue, hint?: HtmlValue): Html {
  return html`<div class="field"><label>${label} ${input}</label>${hint && html`<p class="hint">${hint}</p>`}</div>`;
}

function renderChoice(
  name: string,
  value: string,
  label: string,
  description: HtmlValue,
  { isChecked = false } = {},
): Html {
  return html`<label class="choice"><input type="radio" name="${name}" value="${value}" ${isChecked && html`checked`}>
    <span><strong>${label}</strong> <span class="hint">${description}</span></span></label>`;
}
