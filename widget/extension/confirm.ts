/**
 * The tab in which the recruiter confirms an invite, if the browser could not verify that the button was visible. It gets
 * the invite from the frame that opened it, and sends back the answer.
 */
import { html, render } from 'lit/html.js';
import * as strings from '../strings/en/extension.ts';
import { isRecord, readString } from '../util/json.ts';
import { extension } from './browser.ts';

const main = document.querySelector('main') as HTMLElement;
const parameters = new URLSearchParams(location.hash.slice(1));
const ticket = parameters.get('ticket');
document.title = strings.confirmTitle;

/** Returns the response, or undefined if the frame no longer exists. */
function sendToFrame(message: object): Promise<unknown> {
  const options = { frameId: Number(parameters.get('frame')) };
  const tabId = Number(parameters.get('tab'));
  return extension.tabs.sendMessage(tabId, { ...message, ticket }, options).catch(() => undefined);
}

async function answer(confirmed: boolean): Promise<void> {
  await sendToFrame({ confirmed });
  render(html`<p>${strings.closeTab}</p>`, main);
  window.close();
}

const proposal = await sendToFrame({ ask: 'invite' });
if (isRecord(proposal)) {
  const name = readString(proposal, 'name') ?? '';
  render(
    html`<h1>${strings.confirmTitle}</h1>
      <p><b>${name}</b> <bdi>${readString(proposal, 'email')}</bdi></p>
      <p>${readString(proposal, 'label')}</p>
      <button class="primary" @click=${() => answer(true)}>${strings.confirmInvite(name)}</button>
      <button @click=${() => answer(false)}>${strings.cancel}</button>`,
    main,
  );
} else render(html`<p>${strings.confirmationExpired}</p>`, main);
