/* Shows the chosen element, once for each chosen theme. */

const container = document.querySelector('.previews');
let shownKey = '';

/* `form` chooses the width and the story. Without a story, the element uses the sandbox's proxy. */
export function showPreview(options, form) {
  const { tag, theme } = options;
  const { width, state } = Object.fromEntries(new FormData(form));
  const [selected] = form.elements.state.selectedOptions;
  const attributes = state ? Object.entries(JSON.parse(selected.dataset.attributes)) : options.attributes;
  const key = JSON.stringify([tag, theme, attributes, state]);
  if (key !== shownKey) {
    shownKey = key;
    const themes = theme === 'auto' ? ['light', 'dark'] : [theme];
    container.replaceChildren(...themes.map((shownTheme) => createPreview(shownTheme, tag, attributes, state)));
  }
  container.dataset.width = width;
  for (const element of document.querySelectorAll('.preview > *, .contrast-samples > div > *')) {
    applyStyle(element, options);
  }
}

function createPreview(theme, tag, attributes, state) {
  const preview = document.createElement('div');
  preview.className = `preview ${theme}`;
  const element = preview.appendChild(document.createElement(tag));
  for (const [name, value] of attributes) if (value) element.setAttribute(name, value);
  if (state) element.setAttribute('proxy-url', container.dataset.gallery + state);
  return preview;
}

function applyStyle(element, { theme, properties }) {
  element.removeAttribute('style');
  for (const [name, value] of properties) element.style.setProperty(`--evalon-${name}`, value);
  if (theme !== 'auto') element.style.setProperty('color-scheme', theme);
}
