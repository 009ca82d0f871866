import { createRoot } from 'react-dom/client';
import { Candidate } from './candidate.jsx';

const root = createRoot(document.getElementById('app'));
window.completed = [];
window.show = (candidate) =>
  root.render(candidate && <Candidate {...candidate} onCompleted={(session) => window.completed.push(session)} />);
