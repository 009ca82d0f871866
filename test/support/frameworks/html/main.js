window.completed = [];
window.show = async (candidate) => {
  const response = await fetch(`/html/candidate?${new URLSearchParams(candidate)}`);
  document.getElementById('app').innerHTML = await response.text();
};

document.addEventListener('evalon-completed', (event) => {
  window.completed.push(event.detail.session);
});
