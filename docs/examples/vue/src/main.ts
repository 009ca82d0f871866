import 'evalon-ats-widget/vue';
import { createApp } from 'vue';
import Candidate from './Candidate.vue';

window.EvalonWidget = { proxyUrl: import.meta.env.VITE_PROXY_URL, tokenUrl: '/evalon-token' };

createApp(Candidate, { email: 'tom@example.com', name: 'Tom Sample' }).mount('#app');

// The elements may be defined after Vue has rendered them.
void import('evalon-ats-widget/embed.js');
