/* Applies the stored theme before the first paint. Without a stored theme, the page follows the browser. */

const root = document.documentElement;
const prefersDark = matchMedia('(prefers-color-scheme: dark)');
const isDark = () => (root.dataset.theme ? root.dataset.theme === 'dark' : prefersDark.matches);

function updateSwitch() {
  document.querySelector('[data-theme-switch]')?.setAttribute('aria-pressed', String(isDark()));
}

if (localStorage.theme) root.dataset.theme = localStorage.theme;
prefersDark.addEventListener('change', updateSwitch);
document.addEventListener('DOMContentLoaded', updateSwitch);
document.addEventListener('click', ({ target }) => {
  if (!target.closest?.('[data-theme-switch]')) return;
  localStorage.theme = isDark() ? 'light' : 'dark';
  root.dataset.theme = localStorage.theme;
  updateSwitch();
});
