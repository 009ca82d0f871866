import { define } from 'evalon-ats-widget';

window.EvalonWidget = { proxyUrl: import.meta.env.VITE_PROXY_URL, tokenUrl: '/evalon-token' };

const panel = document.querySelector('evalon-assessments');
const result = document.querySelector('#result');
if (!panel || !result) throw new Error('The page lacks the panel or #result');

// Properties may be set before the elements are defined.
panel.candidateEmail = 'jane@example.com';
panel.candidateName = 'Jane Smith';
panel.projectId = 'proj_abc123';

panel.addEventListener('evalon-completed', (event) => {
  const { candidate_name, score_summary } = event.detail.session;
  result.textContent = `${candidate_name}: ${score_summary?.overall}`;
});

define();
