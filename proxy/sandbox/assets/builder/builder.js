/* The builder's page: reads what is chosen, shows the widget so, and writes down what a page needs for it. */

import { contrastsIn } from './contrast.js';
import { snippetOf } from './snippet.js';

const [wishes, preview] = document.querySelectorAll('form');
const previews = document.querySelector('.previews');
const announcer = document.querySelector('.announcer');
const PAGES = { light: '#ffffff', dark: '#14161c' };
/** Milliseconds until the widget has taken on other colours or other attributes. */
const PAINTED = 150;
/** Names of families; nothing that could end the declaration. */
const GENERIC = /(^|,)\s*(ui-)?(sans-serif|serif|monospace|system-ui)\s*$/;
const FONT = /^\s*[\w"'-][\w\s"',-]*$/;

const NOTHING = 'No assessment is ticked: the panel would offer everything.';
const noAddress = (what) => `The address of ${what} has to begin with https:// or http://.`;

let offered = [];

function read() {
  const form = Object.fromEntries(new FormData(wishes));
  const { element: tag, project, theme } = form;
  const types = [...wishes.querySelectorAll('[name=types]')];
  const chosen = types.filter((box) => box.checked).map((box) => box.value);
  const others = form.others.split(',').flatMap((one) => one.trim() || []);
  const of = {
    'evalon-assessments': [
      ['candidate-email', form.email],
      ['candidate-name', form.name],
      ['project-id', project],
      ['assessment-types', chosen.length === types.length && !others.length ? '' : [...chosen, ...others].join(',')],
    ],
    'evalon-invite-button': [
      ['candidate-email', form.email],
      ['candidate-name', form.name],
      ['project-id', project],
      ['assessment-type', form.type],
    ],
    'evalon-status': [
      ['candidate-email', form.email],
      ['project-id', project],
    ],
    'evalon-scorecard': [['session-uuid', form.session]],
    'evalon-inbox': [],
  };
  return {
    tag,
    theme,
    attributes: of[tag],
    properties: propertiesOf(form),
    proxy: baseOf(form.proxy) ?? location.origin,
    ats: originOf(form.ats) ?? wishes.elements.ats.defaultValue,
    wrong: [
      ...(tag === 'evalon-assessments' && types.length && !chosen.length && !others.length ? [NOTHING] : []),
      ...(baseOf(form.proxy) ? [] : [noAddress('your proxy')]),
      ...(originOf(form.ats) ? [] : [noAddress('your ATS’s pages')]),
    ],
    sign: form.sign,
    token: form.token,
    sandbox: location.origin,
  };
}

/** What differs from what the widget has by itself, as `[name, value]`. */
function propertiesOf({ theme, radius, size, font }) {
  const properties = [];
  for (const light of wishes.querySelectorAll('[data-colour][name$=-light]')) {
    const { colour } = light.dataset;
    const dark = wishes.elements[`${colour}-dark`];
    const own = [light, dark].filter((input) => input.value !== input.dataset.default);
    if (theme === 'auto' && own.length) properties.push([colour, `light-dark(${light.value}, ${dark.value})`]);
    const only = theme === 'light' ? light : dark;
    if (theme !== 'auto' && own.includes(only)) properties.push([colour, only.value]);
  }
  const { radius: radiusInput, size: sizeInput } = wishes.elements;
  if (radius && radius !== radiusInput.dataset.default && radiusInput.checkValidity())
    properties.push(['radius', `${radius}px`]);
  if (size && size !== sizeInput.dataset.default && sizeInput.checkValidity())
    properties.push(['font-size', `${size}px`]);
  if (FONT.test(font))
    properties.push(['font-family', GENERIC.test(font) ? font.trim() : `${font.trim()}, sans-serif`]);
  return properties;
}

/** A proxy may stand below a path. */
function baseOf(text) {
  const origin = originOf(text);
  return origin && origin + new URL(text).pathname.replace(/(\/embed\.js)?\/*$/, '');
}

function originOf(text) {
  try {
    const { origin, protocol } = new URL(text);
    return /^https?:$/.test(protocol) ? origin : undefined;
  } catch {
    return undefined;
  }
}

/** Shows and hides what does not concern the chosen element, sign-in and theme. */
function fit({ tag, sign, theme }) {
  for (const part of wishes.querySelectorAll('[data-for]')) part.hidden = !part.dataset.for.split(' ').includes(tag);
  for (const part of wishes.querySelectorAll('[data-sign]')) part.hidden = !part.dataset.sign.split(' ').includes(sign);
  for (const part of document.querySelectorAll('[data-theme-of]'))
    part.hidden = theme !== 'auto' && theme !== part.dataset.themeOf;
  const { state } = preview.elements;
  for (const option of state.options)
    option.hidden = !!option.dataset.for && !option.dataset.for.split(' ').includes(tag);
  if (state.selectedOptions[0]?.hidden) state.value = '';
}

function dress(element, { theme, properties }) {
  element.removeAttribute('style');
  for (const [name, value] of properties) element.style.setProperty(`--evalon-${name}`, value);
  if (theme !== 'auto') element.style.setProperty('color-scheme', theme);
}

let shown = '';
function showPreview(now) {
  const { width, state } = Object.fromEntries(new FormData(preview));
  const { tag, theme, attributes } = now;
  const [option] = preview.elements.state.selectedOptions;
  const told = state ? Object.entries(JSON.parse(option.dataset.attributes)) : attributes;
  const key = JSON.stringify([tag, theme, told, state]);
  if (key !== shown) {
    shown = key;
    previews.replaceChildren(
      ...(theme === 'auto' ? ['light', 'dark'] : [theme]).map((scheme) => {
        const place = document.createElement('div');
        place.className = `preview ${scheme}`;
        const element = place.appendChild(document.createElement(tag));
        for (const [name, value] of told) if (value) element.setAttribute(name, value);
        if (state) element.setAttribute('proxy-url', previews.dataset.gallery + state);
        return place;
      }),
    );
  }
  previews.dataset.width = width;
  for (const element of document.querySelectorAll('.preview > *, .gauge > div > *')) dress(element, now);
}

function showContrasts({ theme }) {
  const themes = theme === 'auto' ? ['light', 'dark'] : [theme];
  const rows = themes.flatMap((scheme) => {
    const all = [...document.querySelectorAll(`.gauge > .${scheme} > *`)].flatMap((host) =>
      contrastsIn(host, PAGES[scheme]),
    );
    const pairs = [...new Map(all.map((one) => [`${one.colour}${one.behind}${one.needed}`, one])).values()];
    return pairs.map((pair) => ({ ...pair, scheme }));
  });
  const low = rows.filter(({ ratio, needed }) => ratio < needed);
  const list = document.createElement('ul');
  list.append(
    ...low.map(({ sample, colour, behind, ratio, needed, scheme }) => {
      const item = document.createElement('li');
      const swatch = document.createElement('span');
      swatch.className = 'swatch';
      swatch.textContent = sample || 'a bar';
      swatch.style.color = colour;
      swatch.style.backgroundColor = behind;
      item.append(swatch, ` ${scheme}: ${ratio.toFixed(1)} to 1, and ${needed} to 1 is needed`);
      return item;
    }),
  );
  const least = rows.reduce((sum, { ratio, needed }) => Math.min(sum, ratio / needed), Number.POSITIVE_INFINITY);
  const verdict = document.createElement('p');
  verdict.className = low.length ? 'low' : 'enough';
  verdict.textContent = low.length
    ? `${low.length === 1 ? 'One contrast is' : `${low.length} contrasts are`} too low to be read by everybody (WCAG 2.2 AA):`
    : rows.length
      ? `All ${rows.length} contrasts are enough for WCAG 2.2 AA.`
      : '';
  const place = document.querySelector('.contrasts');
  const next = `${verdict.textContent}${list.textContent}`;
  if (place.dataset.said === next && least) return;
  place.dataset.said = next;
  place.replaceChildren(verdict, ...(low.length ? [list] : []));
}

function notesOn({ tag, attributes, proxy, ats, sign, token, sandbox, wrong }) {
  const isLocal = (address) =>
    /^https?:\/\/(localhost|127\.|\[::1\]|10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.)/.test(address);
  const missing = attributes.filter(([name, value]) => !value && REQUIRED[tag].includes(name)).map(([name]) => name);
  return [
    ...wrong,
    ...(missing.length ? [`Still missing: ${missing.join(', ')}.`] : []),
    ...(sign === 'nobody' && proxy !== sandbox
      ? [
          'A proxy with a real key signs nobody in by itself: let your page give a token, or set up single sign-on (docs/sign-in.md).',
        ]
      : []),
    ...(sign !== 'nobody'
      ? [
          `Your ATS has to answer a POST to ${token} with a token of the recruiter: docs/tokens.md has ten lines for that.`,
        ]
      : []),
    ...(ats.startsWith('https:') && proxy.startsWith('http:') && !isLocal(proxy)
      ? ['A page served over https may not call a proxy over http.']
      : []),
    ...(isLocal(proxy) && !isLocal(ats)
      ? [
          'A public page that calls an address inside your network makes the browser ask each recruiter for leave, once. A public address for the proxy avoids that.',
        ]
      : []),
  ];
}

const REQUIRED = {
  'evalon-assessments': ['candidate-email', 'candidate-name'],
  'evalon-invite-button': ['candidate-email', 'candidate-name', 'assessment-type'],
  'evalon-status': ['candidate-email', 'project-id'],
  'evalon-scorecard': ['session-uuid'],
  'evalon-inbox': [],
};

let writing = 0;
async function update() {
  const now = read();
  fit(now);
  showPreview(now);
  setTimeout(() => showContrasts(now), PAINTED);
  const turn = ++writing;
  const snippet = await snippetOf(now);
  if (turn !== writing) return;
  for (const [id, text] of Object.entries(snippet)) document.getElementById(id).textContent = text;
  const notes = notesOn(now).map((note) => Object.assign(document.createElement('li'), { textContent: note }));
  document.querySelector('.notes').replaceChildren(...notes);
}

/** Offers what the proxy offers for the chosen project. */
function offer() {
  const project = wishes.elements.project.value;
  const here = offered.filter((one) => !project || one.project_id === project);
  document.getElementById('types').replaceChildren(
    ...here.map(({ assessment_type, label }) => {
      const choice = document.createElement('label');
      choice.className = 'choice';
      const box = Object.assign(document.createElement('input'), {
        type: 'checkbox',
        name: 'types',
        value: assessment_type,
        checked: true,
      });
      choice.append(box, ` ${label}`);
      return choice;
    }),
  );
  document
    .getElementById('known-types')
    .replaceChildren(...here.map(({ assessment_type: value }) => new Option(value, value)));
  const { type } = wishes.elements;
  if (!here.some(({ assessment_type }) => assessment_type === type.value)) type.value = here[0]?.assessment_type ?? '';
}

async function load() {
  const { assessments } = await (await fetch('/v1/config')).json();
  offered = assessments;
  const projects = [...new Set(offered.map(({ project_id }) => project_id))];
  document.getElementById('projects').replaceChildren(...projects.map((id) => new Option(id, id)));
  wishes.elements.project.value = projects[0] ?? '';
}

wishes.elements.proxy.value = location.origin;
wishes.elements.proxy.defaultValue = location.origin;
wishes.elements.session.value = 'sess_xyz789';
if (previews.clientWidth < 420) preview.elements.width.value = '280';
wishes.addEventListener('input', ({ target }) => {
  if (target.name === 'project') offer();
  update();
});
preview.addEventListener('input', update);
wishes.addEventListener('submit', (event) => event.preventDefault());
preview.addEventListener('submit', (event) => event.preventDefault());
/* Only the look goes back: what was typed above stays. */
wishes.addEventListener('reset', (event) => {
  event.preventDefault();
  for (const input of wishes.querySelectorAll('[data-default]')) input.value = input.dataset.default;
  wishes.elements.font.value = '';
  update();
});
for (const button of document.querySelectorAll('[data-copy]')) {
  button.addEventListener('click', async () => {
    const code = document.getElementById(button.dataset.copy);
    /* What is said twice is heard twice only with a silence between. */
    announcer.textContent = '';
    try {
      await navigator.clipboard.writeText(code.textContent);
      announcer.textContent = button.getAttribute('aria-label').replace('Copy', 'Copied');
      button.textContent = 'Copied';
      setTimeout(() => {
        button.textContent = 'Copy';
      }, 2_000);
    } catch {
      getSelection().selectAllChildren(code);
      announcer.textContent = 'Your browser does not allow that: the text is selected, copy it yourself';
    }
  });
}

await load();
offer();
update();
/* The gauge fills as its answers come. */
const fill = new ResizeObserver(() => showContrasts(read()));
for (const host of document.querySelectorAll('.gauge > div > *')) fill.observe(host);
