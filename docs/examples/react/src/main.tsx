import { createRoot } from 'react-dom/client';
import { Candidate } from './candidate';

window.EvalonWidget = { proxyUrl: import.meta.env.VITE_PROXY_URL, tokenUrl: '/evalon-token' };

const app = document.querySelector('#app');
if (!app) throw new Error('The page has no #app');
createRoot(app).render(<Candidate email="ben@example.com" name="Ben Sample" />);

// It does not matter that React renders the elements before this import defines them: the browser upgrades them.
void import('evalon-ats-widget/embed.js');
