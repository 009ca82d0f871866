/**
 * Where somebody says which proxy it is, unless that was built in or is set by policy, and allows pages that the manifest does not
 * name. The browser is asked for one host at a time, in the click itself.
 */
import { html, nothing, render, type TemplateResult } from 'lit/html.js';
import * as say from '../strings/en/extension.ts';
import { extension } from './browser.ts';
import { parseProxyUrl, readSettings } from './extension-settings.ts';
import {
  findBlockedProxyHost,
  listBlockedHosts,
  listOptionalHosts,
  type OptionalHost,
  toMatchPattern,
} from './optional-hosts.ts';

const main = document.querySelector('main') as HTMLElement;
const status = document.querySelector('#status') as HTMLElement;

/** Whether the browser lets it; IT can forbid hosts by policy, which the browser tells as an error. */
async function mayReach(pattern: string): Promise<boolean> {
  const isAllowed = await extension.permissions.request({ origins: [pattern] }).catch(() => false);
  status.textContent = isAllowed ? say.saved : say.hostNotAllowed;
  return isAllowed;
}

async function save(event: SubmitEvent): Promise<void> {
  event.preventDefault();
  const typed = parseProxyUrl(String(new FormData(event.target as HTMLFormElement).get('proxy')).trim());
  if (!typed) {
    status.textContent = say.invalidAddress;
    return;
  }
  if (await mayReach(toMatchPattern(typed))) await extension.storage.local.set({ proxyUrl: typed });
}

async function show(): Promise<void> {
  const { proxyUrl = '', isProxyUrlLocked: isFixed } = await readSettings();
  const proxy = isFixed ? await findBlockedProxyHost() : undefined;
  const withheld = (await listBlockedHosts()).filter(({ pattern }) => pattern !== proxy?.pattern);
  render(
    html`${isFixed ? html`<p>${say.proxyAddress}: <b>${proxyUrl}</b></p><p>${say.setByPolicy}</p>` : formView(proxyUrl)}
      ${listView(say.blockedHostsTitle, say.blockedHostsHint, proxy ? [proxy, ...withheld] : withheld)}
      ${listView(say.optionalHostsTitle, say.optionalHostsHint, await listOptionalHosts())}`,
    main,
  );
}

function formView(proxyUrl: string): TemplateResult {
  return html`<form @submit=${save}>
    <label>${say.proxyAddress} <input name="proxy" type="url" required .value=${proxyUrl}></label>
    <button class="primary">${say.save}</button>
  </form>`;
}

function listView(title: string, why: string, hosts: OptionalHost[]): TemplateResult | typeof nothing {
  return hosts.length ? html`<h2>${title}</h2><p>${why}</p><ul>${hosts.map(hostView)}</ul>` : nothing;
}

function hostView({ host, pattern, isAllowed }: OptionalHost): TemplateResult {
  const allow = async () => {
    await mayReach(pattern);
    await show();
  };
  const label = say.allowHost(host);
  return html`<li>${host} ${isAllowed ? say.allowedSuffix : html`<button aria-label=${label} @click=${allow}>${say.allowButton}</button>`}</li>`;
}

/** A policy can come after the browser has started. */
extension.storage.onChanged.addListener((_changes, area) => {
  if (area === 'managed') void show();
});
await show();
