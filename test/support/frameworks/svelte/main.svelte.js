import { mount, unmount } from 'svelte';
import Candidate from './Candidate.svelte';

const props = $state({ email: '', name: '', onCompleted: (session) => window.completed.push(session) });
let app;
window.completed = [];
window.show = (candidate) => {
  Object.assign(props, candidate);
  if (candidate) app ??= mount(Candidate, { target: document.getElementById('app'), props });
  else if (app) {
    void unmount(app);
    app = undefined;
  }
};
