import htmx from 'htmx.org';

window.completed = [];
window.show = (candidate) => {
  const query = new URLSearchParams(candidate);
  return htmx.ajax('GET', `/htmx/candidate?${query}`, { target: '#app', push: `/htmx/?${query}` });
};
