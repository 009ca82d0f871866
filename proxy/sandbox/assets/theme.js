/* Light or dark, as the browser wants it until somebody chooses; runs before anything is painted. */

const root = document.documentElement;
const darkWanted = matchMedia('(prefers-color-scheme: dark)');
const isDark = () => (root.dataset.theme ? root.dataset.theme === 'dark' : darkWanted.matches);

function tell() {
  document.querySelector('[data-theme-switch]')?.setAttribute('aria-pressed', String(isDark()));
}

if (localStorage.theme) root.dataset.theme = localStorage.theme;
darkWanted.addEventListener('change', tell);
document.addEventListener('DOMContentLoaded', tell);
document.addEventListener('click', ({ target }) => {
  if (!target.closest?.('[data-theme-switch]')) return;
  localStorage.theme = isDark() ? 'light' : 'dark';
  root.dataset.theme = localStorage.theme;
  tell();
});
