/**
 * Where somebody says which proxy it is, unless that was built in or is set by policy, and allows pages that the manifest does not
 * name. The browser is asked for one host at a time, in the click itself.
 */
import { html, nothing, render, type TemplateResult } from 'lit/html.js';
import * as say from '../strings/en/extension.ts';
import { extension } from './browser.ts';
import { originOf, readSettings } from './extension-settings.ts';
import { type FurtherHost, furtherHosts, patternOf, withheldHosts, withheldProxy } from './optional-hosts.ts';

const main = document.querySelector('main') as HTMLElement;
const status = document.querySelector('#status') as HTMLElement;

/** Whether the browser lets it; IT can forbid hosts by policy, which the browser tells as an error. */
async function mayReach(pattern: string): Promise<boolean> {
  const isAllowed = await extension.permissions.request({ origins: [pattern] }).catch(() => false);
  status.textContent = isAllowed ? say.saved : say.notAllowed;
  return isAllowed;
}

async function save(event: SubmitEvent): Promise<void> {
  event.preventDefault();
  const typed = originOf(String(new FormData(event.target as HTMLFormElement).get('proxy')).trim());
  if (!typed) {
    status.textContent = say.noAddress;
    return;
  }
  if (await mayReach(patternOf(typed))) await extension.storage.local.set({ proxyUrl: typed });
}

async function show(): Promise<void> {
  const { proxyUrl = '', isFixed } = await readSettings();
  const proxy = isFixed ? await withheldProxy() : undefined;
  const withheld = (await withheldHosts()).filter(({ pattern }) => pattern !== proxy?.pattern);
  render(
    html`${isFixed ? html`<p>${say.proxyAddress}: <b>${proxyUrl}</b></p><p>${say.byPolicy}</p>` : formView(proxyUrl)}
      ${listView(say.withheld, say.withheldWhy, proxy ? [proxy, ...withheld] : withheld)}
      ${listView(say.further, say.furtherWhy, await furtherHosts())}`,
    main,
  );
}

function formView(proxyUrl: string): TemplateResult {
  return html`<form @submit=${save}>
    <label>${say.proxyAddress} <input name="proxy" type="url" required .value=${proxyUrl}></label>
    <button class="primary">${say.save}</button>
  </form>`;
}

function listView(title: string, why: string, hosts: FurtherHost[]): TemplateResult | typeof nothing {
  return hosts.length ? html`<h2>${title}</h2><p>${why}</p><ul>${hosts.map(hostView)}</ul>` : nothing;
}

function hostView({ host, pattern, isAllowed }: FurtherHost): TemplateResult {
  const allow = async () => {
    await mayReach(pattern);
    await show();
  };
  const label = say.allow(host);
  return html`<li>${host} ${isAllowed ? say.allowed : html`<button aria-label=${label} @click=${allow}>${say.allowIt}</button>`}</li>`;
}

/** A policy can come after the browser has started. */
extension.storage.onChanged.addListener((_changes, area) => {
  if (area === 'managed') void show();
});
await show();
