/* Shows the chosen element, once for each chosen theme. */

const container = document.querySelector('.previews');
let shownKey = '';

/* `previewForm` chooses the width and the story. Without a story, the element uses the sandbox's proxy. */
export function showPreview(options, previewForm) {
  const { tag, theme } = options;
  const { width, state: storyId } = Object.fromEntries(new FormData(previewForm));
  const [selected] = previewForm.elements.state.selectedOptions;
  const attributes = storyId ? Object.entries(JSON.parse(selected.dataset.attributes)) : options.attributes;
  const key = JSON.stringify([tag, theme, attributes, storyId]);
  if (key !== shownKey) {
    shownKey = key;
    const themes = theme === 'auto' ? ['light', 'dark'] : [theme];
    container.replaceChildren(...themes.map((shownTheme) => createPreview(shownTheme, tag, attributes, storyId)));
  }
  container.dataset.width = width;
  for (const element of document.querySelectorAll('.preview > *, .contrast-samples > div > *')) {
    applyStyle(element, options);
  }
}

function createPreview(theme, tag, attributes, storyId) {
  const preview = document.createElement('div');
  preview.className = `preview ${theme}`;
  const element = preview.appendChild(document.createElement(tag));
  for (const [name, value] of attributes) if (value) element.setAttribute(name, value);
  if (storyId) element.setAttribute('proxy-url', container.dataset.scriptedProxy + storyId);
  return preview;
}

function applyStyle(element, { theme, properties }) {
  element.removeAttribute('style');
  for (const [name, value] of properties) element.style.setProperty(`--evalon-${name}`, value);
  if (theme !== 'auto') element.style.setProperty('color-scheme', theme);
}
