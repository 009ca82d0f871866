/* The builder's page: reads the options, updates the preview, the contrasts, the hints and the code to copy. */

import { showContrasts } from './contrast-report.js';
import { listHints } from './hints.js';
import { readOptions } from './options.js';
import { showPreview } from './preview.js';
import { buildSnippets } from './snippet.js';

const [optionsForm, previewForm] = document.querySelectorAll('form');
const previews = document.querySelector('.previews');
const liveRegion = document.querySelector('[role=status]');
/* The widget needs this long to render new colors or attributes. */
const RENDER_MS = 150;
const COPIED_LABEL_MS = 2_000;
/* If the preview area is narrower than this, the preview starts with the narrowest width. */
const NARROW_AREA_PX = 420;
const NARROWEST_WIDTH = '280';

let assessments = [];
let updateCount = 0;

async function update() {
  const options = readOptions(optionsForm);
  showRelevantFields(options);
  showPreview(options, previewForm);
  setTimeout(() => showContrasts(options), RENDER_MS);
  const currentUpdate = ++updateCount;
  const snippets = await buildSnippets(options);
  /* A newer update has started. It shows the snippets of the newer options. */
  if (currentUpdate !== updateCount) return;
  for (const [id, text] of Object.entries(snippets)) document.getElementById(id).textContent = text;
  const hints = listHints(options).map((hint) => Object.assign(document.createElement('li'), { textContent: hint }));
  document.querySelector('.hints').replaceChildren(...hints);
}

/* Hides the fields that do not apply to the chosen element, sign-in and theme. */
function showRelevantFields({ tag, signIn, theme }) {
  const applies = (list, value) => list.split(' ').includes(value);
  for (const field of optionsForm.querySelectorAll('[data-for]')) field.hidden = !applies(field.dataset.for, tag);
  for (const field of optionsForm.querySelectorAll('[data-sign]')) field.hidden = !applies(field.dataset.sign, signIn);
  for (const part of document.querySelectorAll('[data-theme-of]')) {
    part.hidden = theme !== 'auto' && theme !== part.dataset.themeOf;
  }
  const { state } = previewForm.elements;
  for (const option of state.options) option.hidden = !!option.dataset.for && !applies(option.dataset.for, tag);
  if (state.selectedOptions[0]?.hidden) state.value = '';
}

async function loadAssessments() {
  const config = await (await fetch('/v1/config')).json();
  assessments = config.assessments;
  const projects = [...new Set(assessments.map(({ project_id }) => project_id))];
  document.getElementById('projects').replaceChildren(...projects.map((id) => new Option(id, id)));
  optionsForm.elements.project.value = projects[0] ?? '';
}

/*
 * Lists the assessments that the proxy offers for the chosen project: as checkboxes for the panel, and as suggestions
 * for the elements that show one assessment.
 */
function showAssessments() {
  const project = optionsForm.elements.project.value;
  const offered = assessments.filter(({ project_id }) => !project || project_id === project);
  const offeredTypes = offered.map(({ assessment_type }) => assessment_type);
  document.getElementById('types').replaceChildren(...offered.map(createCheckbox));
  document.getElementById('known-types').replaceChildren(...offeredTypes.map((type) => new Option(type, type)));
  const { type } = optionsForm.elements;
  if (!offeredTypes.includes(type.value)) type.value = offeredTypes[0] ?? '';
}

function createCheckbox({ assessment_type: value, label }) {
  const box = Object.assign(document.createElement('input'), { type: 'checkbox', name: 'types', value, checked: true });
  const choice = document.createElement('label');
  choice.className = 'choice';
  choice.append(box, ` ${label}`);
  return choice;
}

/* Replaces the form's own reset, which would reset the other options too. */
function resetStyle(event) {
  event.preventDefault();
  for (const input of optionsForm.querySelectorAll('[data-default]')) input.value = input.dataset.default;
  optionsForm.elements.font.value = '';
  update();
}

async function copyCode(button) {
  const code = document.getElementById(button.dataset.copy);
  /* A screen reader announces the same text again only if the region was empty in between. */
  liveRegion.textContent = '';
  try {
    await navigator.clipboard.writeText(code.textContent);
    liveRegion.textContent = button.getAttribute('aria-label').replace('Copy', 'Copied');
    button.textContent = 'Copied';
    setTimeout(() => {
      button.textContent = 'Copy';
    }, COPIED_LABEL_MS);
  } catch {
    getSelection().selectAllChildren(code);
    liveRegion.textContent = 'Your browser blocked copying. The text is selected: copy it with your keyboard.';
  }
}

optionsForm.elements.proxy.value = location.origin;
optionsForm.elements.session.value = 'sess_xyz789';
if (previews.clientWidth < NARROW_AREA_PX) previewForm.elements.width.value = NARROWEST_WIDTH;
optionsForm.addEventListener('input', ({ target }) => {
  if (target.name === 'project') showAssessments();
  update();
});
previewForm.addEventListener('input', update);
optionsForm.addEventListener('reset', resetStyle);
for (const form of [optionsForm, previewForm]) form.addEventListener('submit', (event) => event.preventDefault());
for (const button of document.querySelectorAll('[data-copy]')) button.addEventListener('click', () => copyCode(button));

await loadAssessments();
showAssessments();
update();
/* A sample may render later than RENDER_MS. Its size changes then, so the contrasts are measured again. */
const sampleObserver = new ResizeObserver(() => showContrasts(readOptions(optionsForm)));
for (const sample of document.querySelectorAll('.contrast-samples > div > *')) sampleObserver.observe(sample);
