// Declares the types of the elements for Svelte's templates.
import 'evalon-ats-widget/svelte';
import { mount } from 'svelte';
import Candidate from './Candidate.svelte';

window.EvalonWidget = { proxyUrl: import.meta.env.VITE_PROXY_URL, tokenUrl: '/evalon-token' };

const target = document.querySelector('#app');
if (!target) throw new Error('The page has no #app');
mount(Candidate, { target, props: { email: 'mia@example.com', name: 'Mia Sample' } });

// It does not matter that Svelte renders the elements before this import defines them: the browser upgrades them.
void import('evalon-ats-widget/embed.js');
