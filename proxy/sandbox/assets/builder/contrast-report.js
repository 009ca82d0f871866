/* Reports the contrasts that are too low, measured on hidden samples of the panel in several states. */

import { measureContrasts } from './contrast.js';

/* The backgrounds of `.light` and `.dark` in builder.css. */
const PAGE_COLORS = { light: '#ffffff', dark: '#14161c' };
const container = document.querySelector('.contrast-report');

export function showContrasts({ theme }) {
  const themes = theme === 'auto' ? ['light', 'dark'] : [theme];
  const pairs = themes.flatMap(measureTheme);
  const lowPairs = pairs.filter(({ ratio, required }) => ratio < required);
  const summary = document.createElement('p');
  summary.className = lowPairs.length ? 'contrast-low' : 'contrast-ok';
  summary.textContent = summarize(pairs.length, lowPairs.length);
  const list = document.createElement('ul');
  list.append(...lowPairs.map(createItem));
  /* Keeps the live region if its text is the same, so that screen readers do not repeat the text. */
  const text = `${summary.textContent}${list.textContent}`;
  if (container.dataset.text === text) return;
  container.dataset.text = text;
  container.replaceChildren(summary, ...(lowPairs.length ? [list] : []));
}

function measureTheme(theme) {
  const samples = [...document.querySelectorAll(`.contrast-samples > .${theme} > *`)];
  const pairs = samples.flatMap((sample) => measureContrasts(sample, PAGE_COLORS[theme]));
  const unique = new Map(pairs.map((pair) => [`${pair.color}${pair.background}${pair.required}`, pair]));
  return [...unique.values()].map((pair) => ({ ...pair, theme }));
}

function summarize(pairCount, lowCount) {
  if (lowCount === 1) return '1 contrast is too low for WCAG 2.2 AA:';
  if (lowCount > 1) return `${lowCount} contrasts are too low for WCAG 2.2 AA:`;
  return pairCount ? `All ${pairCount} contrasts meet WCAG 2.2 AA.` : '';
}

function createItem({ text, color, background, ratio, required, theme }) {
  const swatch = document.createElement('span');
  swatch.className = 'swatch';
  // Borders and icons have no text.
  swatch.textContent = text || 'a shape';
  swatch.style.color = color;
  swatch.style.backgroundColor = background;
  const item = document.createElement('li');
  item.append(swatch, ` ${theme}: ${ratio.toFixed(1)}:1, required ${required}:1`);
  return item;
}
