/** The extension's own tab in which a click on Invite is confirmed that could not be seen to be the recruiter's. */
import { html, render } from 'lit/html.js';
import * as say from '../messages/extension/en.ts';
import { isRecord, textIn } from '../state/guard.ts';
import { extension } from './browser.ts';

const main = document.querySelector('main') as HTMLElement;
const ticket = location.hash.slice(1);
document.title = say.confirmTitle;

async function answer(confirmed: boolean): Promise<void> {
  await extension.runtime.sendMessage({ ticket, confirmed }).catch(() => {});
  render(html`<p>${say.asked}</p>`, main);
  window.close();
}

const proposed = await extension.runtime.sendMessage({ ask: 'invite', ticket }).catch(() => undefined);
if (isRecord(proposed)) {
  const name = textIn(proposed, 'name') ?? '';
  render(
    html`<h1>${say.confirmTitle}</h1>
      <p><b>${name}</b> <bdi>${textIn(proposed, 'email')}</bdi></p>
      <p>${textIn(proposed, 'label')}</p>
      <button class="primary" @click=${() => answer(true)}>${say.confirmInvite(name)}</button>
      <button @click=${() => answer(false)}>${say.cancel}</button>`,
    main,
  );
} else render(html`<p>${say.over}</p>`, main);
