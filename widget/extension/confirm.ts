/** The extension's own tab in which a click on Invite is confirmed that could not be seen to be the recruiter's. */
import { html, render } from 'lit/html.js';
import * as say from '../strings/en/extension.ts';
import { isRecord, readString } from '../util/json.ts';
import { extension } from './browser.ts';

const main = document.querySelector('main') as HTMLElement;
const question = new URLSearchParams(location.hash.slice(1));
const ticket = question.get('ticket');
document.title = say.confirmTitle;

/** To the frame that asks, wherever it is. */
function tellFrame(message: object): Promise<unknown> {
  const to = { frameId: Number(question.get('frame')) };
  return extension.tabs.sendMessage(Number(question.get('tab')), { ...message, ticket }, to).catch(() => undefined);
}

async function answer(confirmed: boolean): Promise<void> {
  await tellFrame({ confirmed });
  render(html`<p>${say.closeTab}</p>`, main);
  window.close();
}

const proposed = await tellFrame({ ask: 'invite' });
if (isRecord(proposed)) {
  const name = readString(proposed, 'name') ?? '';
  render(
    html`<h1>${say.confirmTitle}</h1>
      <p><b>${name}</b> <bdi>${readString(proposed, 'email')}</bdi></p>
      <p>${readString(proposed, 'label')}</p>
      <button class="primary" @click=${() => answer(true)}>${say.confirmInvite(name)}</button>
      <button @click=${() => answer(false)}>${say.cancel}</button>`,
    main,
  );
} else render(html`<p>${say.confirmationExpired}</p>`, main);
