import { visit } from '@hotwired/turbo';

window.completed = [];
window.show = (candidate) => visit(`/turbo/?${new URLSearchParams(candidate)}`);

document.addEventListener('evalon-completed', (event) => {
  window.completed.push(event.detail.session);
});
