/* Reads the builder's form. */

/* `readProperties` adds `sans-serif` to a font that ends without a generic family. */
const GENERIC_FAMILY = /(^|,)\s*(ui-)?(sans-serif|serif|monospace|system-ui)\s*$/;
/* Excludes characters that could end the CSS declaration. */
const FONT_FAMILIES = /^\s*[\w"'-][\w\s"',-]*$/;

export const REQUIRED_ATTRIBUTES = {
  'evalon-assessments': ['candidate-email', 'candidate-name'],
  'evalon-invite-button': ['candidate-email', 'candidate-name', 'assessment-type'],
  'evalon-status': ['candidate-email', 'project-id'],
  'evalon-scorecard': ['session-uuid'],
  'evalon-inbox': [],
  'evalon-cohort': ['project-id', 'assessment-type'],
  'evalon-results': ['project-id'],
};

/* Returns the options. `errors` contains a sentence for each invalid field. */
export function readOptions(form) {
  const fields = Object.fromEntries(new FormData(form));
  const proxyUrl = parseProxyUrl(fields.proxy);
  const atsOrigin = parseOrigin(fields.ats);
  const { types, isNoneChosen } = readTypes(form, fields.others);
  return {
    tag: fields.element,
    theme: fields.theme,
    attributes: readAttributes(fields, types),
    properties: readProperties(form, fields),
    proxyUrl: proxyUrl ?? location.origin,
    atsOrigin: atsOrigin ?? form.elements.ats.defaultValue,
    sandboxOrigin: location.origin,
    signIn: fields.sign,
    tokenPath: fields.token,
    version: form.dataset.version,
    integrity: form.dataset.integrity,
    errors: [
      ...(fields.element === 'evalon-assessments' && isNoneChosen ? ['Choose at least one assessment.'] : []),
      ...(proxyUrl ? [] : ['The address of your proxy must start with https:// or http://.']),
      ...(atsOrigin ? [] : ["The address of your ATS's pages must start with https:// or http://."]),
    ],
  };
}

/*
 * Returns the value of the attribute `assessment-types` as `types`. If every checkbox is checked and no other type is
 * entered, `types` is empty: the widget then offers what the proxy offers.
 */
function readTypes(form, otherTypes) {
  const boxes = [...form.querySelectorAll('[name=types]')];
  const checked = boxes.filter((box) => box.checked).map((box) => box.value);
  const others = otherTypes.split(',').flatMap((type) => type.trim() || []);
  const hasDefault = checked.length === boxes.length && !others.length;
  return {
    types: hasDefault ? '' : [...checked, ...others].join(','),
    isNoneChosen: boxes.length > 0 && !checked.length && !others.length,
  };
}

function readAttributes({ element, email, name, project, type, session }, types) {
  const candidate = [
    ['candidate-email', email],
    ['candidate-name', name],
    ['project-id', project],
  ];
  return {
    'evalon-assessments': [...candidate, ['assessment-types', types]],
    'evalon-invite-button': [...candidate, ['assessment-type', type]],
    'evalon-status': [
      ['candidate-email', email],
      ['project-id', project],
    ],
    'evalon-scorecard': [['session-uuid', session]],
    'evalon-inbox': [],
    'evalon-cohort': [
      ['project-id', project],
      ['assessment-type', type],
    ],
    'evalon-results': [
      ['project-id', project],
      ['assessment-type', type],
    ],
  }[element];
}

/* Returns the custom properties that differ from the widget's defaults, as `[name, value]` without `--evalon-`. */
function readProperties(form, { theme, radius, size, 'min-height': minHeight, font }) {
  const properties = [];
  for (const lightInput of form.querySelectorAll('[data-color][name$=-light]')) {
    const name = lightInput.dataset.color;
    const darkInput = form.elements[`${name}-dark`];
    const changed = [lightInput, darkInput].filter((input) => input.value !== input.dataset.default);
    if (theme === 'auto' && changed.length) {
      properties.push([name, `light-dark(${lightInput.value}, ${darkInput.value})`]);
    }
    const onlyInput = theme === 'light' ? lightInput : darkInput;
    if (theme !== 'auto' && changed.includes(onlyInput)) properties.push([name, onlyInput.value]);
  }
  const isChanged = (input) => input.value && input.value !== input.dataset.default && input.checkValidity();
  if (isChanged(form.elements.radius)) properties.push(['radius', `${radius}px`]);
  if (isChanged(form.elements.size)) properties.push(['font-size', `${size}px`]);
  if (isChanged(form.elements['min-height'])) properties.push(['min-height', `${minHeight}px`]);
  if (FONT_FAMILIES.test(font)) {
    properties.push(['font-family', GENERIC_FAMILY.test(font) ? font.trim() : `${font.trim()}, sans-serif`]);
  }
  return properties;
}

/* Keeps the path, because a proxy's URL may have one. Also accepts the URL of the proxy's script. */
function parseProxyUrl(text) {
  const origin = parseOrigin(text);
  return origin && origin + new URL(text).pathname.replace(/(\/embed\.js)?\/*$/, '');
}

function parseOrigin(text) {
  try {
    const { origin, protocol } = new URL(text);
    return /^https?:$/.test(protocol) ? origin : undefined;
  } catch {
    return undefined;
  }
}
