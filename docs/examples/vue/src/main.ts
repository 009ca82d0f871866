// Declares the types of the elements for Vue's templates.
import 'evalon-ats-widget/vue';
import { createApp } from 'vue';
import Candidate from './Candidate.vue';

window.EvalonWidget = { proxyUrl: import.meta.env.VITE_PROXY_URL, tokenUrl: '/evalon-token' };

createApp(Candidate, { email: 'tom@example.com', name: 'Tom Sample' }).mount('#app');

// It does not matter that Vue renders the elements before this import defines them: the browser upgrades them.
void import('evalon-ats-widget/embed.js');
