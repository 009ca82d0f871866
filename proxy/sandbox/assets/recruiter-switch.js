/*
 * Signs the visitor in as the chosen demo recruiter, in this tab only. Two tabs then show what colleagues see of each
 * other. Must run before the widget's script, which reads the token.
 */

const SWITCH_SELECTOR = '[data-recruiter]';
const chosenRecruiter = sessionStorage.recruiter;
if (chosenRecruiter) window.EvalonWidget = { getToken: () => chosenRecruiter };

document.addEventListener('DOMContentLoaded', () => {
  if (!chosenRecruiter) return;
  for (const button of document.querySelectorAll(SWITCH_SELECTOR)) {
    button.ariaPressed = String(button.dataset.recruiter === chosenRecruiter);
  }
});

document.addEventListener('click', ({ target }) => {
  const button = target.closest?.(SWITCH_SELECTOR);
  if (!button) return;
  sessionStorage.recruiter = button.dataset.recruiter;
  location.reload();
});
