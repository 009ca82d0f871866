import { createApp, h, shallowRef } from 'vue';
import Candidate from './Candidate.vue';

const candidate = shallowRef();
const onCompleted = (session) => window.completed.push(session);
window.completed = [];
window.show = (next) => {
  candidate.value = next;
};
createApp(() => candidate.value && h(Candidate, { ...candidate.value, onCompleted })).mount('#app');
