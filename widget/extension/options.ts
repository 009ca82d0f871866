/** Where somebody says which proxy it is, unless that was built in or is set by policy. The browser is asked for that one host alone. */
import { html, render } from 'lit/html.js';
import * as say from '../messages/extension/en.ts';
import { extension } from './browser.ts';
import { originOf, readSettings } from './settings.ts';

const main = document.querySelector('main') as HTMLElement;
const status = document.querySelector('#status') as HTMLElement;
const { proxyUrl = '', isFixed } = await readSettings();

/** The permission must be asked for in the click itself. */
async function save(event: SubmitEvent): Promise<void> {
  event.preventDefault();
  const typed = originOf(String(new FormData(event.target as HTMLFormElement).get('proxy')).trim());
  if (!typed) {
    status.textContent = say.noAddress;
    return;
  }
  // A host permission is for all ports of a host.
  const { protocol, hostname } = new URL(typed);
  if (!(await extension.permissions.request({ origins: [`${protocol}//${hostname}/*`] }))) {
    status.textContent = say.notAllowed;
    return;
  }
  await extension.storage.local.set({ proxyUrl: typed });
  status.textContent = say.saved;
}

render(
  isFixed
    ? html`<p>${say.proxyAddress}: <b>${proxyUrl}</b></p><p>${say.byPolicy}</p>`
    : html`<form @submit=${save}>
        <label>${say.proxyAddress} <input name="proxy" type="url" required .value=${proxyUrl}></label>
        <button class="primary">${say.save}</button>
      </form>`,
  main,
);
