/**
 * The options page: the proxy's URL, unless the build or a policy sets it, and the hosts that the recruiter can allow.
 */
import { html, nothing, render, type TemplateResult } from 'lit';
import * as strings from '../strings/en/extension.ts';
import { extension } from './browser.ts';
import { parseProxyUrl, readSettings } from './extension-settings.ts';
import { localizeDocument } from './language.ts';
import {
  findBlockedProxyHost,
  listBlockedHosts,
  listOptionalHosts,
  type OptionalHost,
  toMatchPattern,
} from './optional-hosts.ts';

const main = document.querySelector('main') as HTMLElement;
const status = document.querySelector('#status') as HTMLElement;

/** Must be called during a click. The browser throws if IT forbids the host by policy. */
async function requestPermission(pattern: string): Promise<boolean> {
  const isAllowed = await extension.permissions.request({ origins: [pattern] }).catch(() => false);
  status.textContent = isAllowed ? strings.saved : strings.hostNotAllowed;
  return isAllowed;
}

async function saveProxyUrl(event: SubmitEvent): Promise<void> {
  event.preventDefault();
  const proxyUrl = parseProxyUrl(String(new FormData(event.target as HTMLFormElement).get('proxy')).trim());
  if (!proxyUrl) {
    status.textContent = strings.invalidAddress;
    return;
  }
  if (await requestPermission(toMatchPattern(proxyUrl))) await extension.storage.local.set({ proxyUrl });
}

async function showOptions(): Promise<void> {
  const { proxyUrl = '', isProxyUrlLocked } = await readSettings();
  const proxyHost = isProxyUrlLocked ? await findBlockedProxyHost() : undefined;
  const blockedHosts = (await listBlockedHosts()).filter(({ pattern }) => pattern !== proxyHost?.pattern);
  if (proxyHost) blockedHosts.unshift(proxyHost);
  render(
    html`${isProxyUrlLocked ? renderLockedProxy(proxyUrl) : renderProxyForm(proxyUrl)}
      ${renderHosts(strings.blockedHostsTitle, strings.blockedHostsHint, blockedHosts)}
      ${renderHosts(strings.optionalHostsTitle, strings.optionalHostsHint, await listOptionalHosts())}`,
    main,
  );
}

function renderLockedProxy(proxyUrl: string): TemplateResult {
  return html`<p>${strings.proxyAddress}: <b>${proxyUrl}</b></p><p>${strings.setByPolicy}</p>`;
}

function renderProxyForm(proxyUrl: string): TemplateResult {
  return html`<form @submit=${saveProxyUrl}>
    <label>${strings.proxyAddress} <input name="proxy" type="url" required .value=${proxyUrl}></label>
    <button class="primary">${strings.save}</button>
  </form>`;
}

function renderHosts(title: string, hint: string, hosts: OptionalHost[]): TemplateResult | typeof nothing {
  return hosts.length ? html`<h2>${title}</h2><p>${hint}</p><ul>${hosts.map(renderHost)}</ul>` : nothing;
}

function renderHost({ host, pattern, isAllowed }: OptionalHost): TemplateResult {
  const allow = async () => {
    await requestPermission(pattern);
    await showOptions();
  };
  return html`<li><bdi>${host}</bdi> ${
    isAllowed
      ? strings.allowedSuffix
      : html`<button aria-label=${strings.allowHost(host)} @click=${allow}>${strings.allowButton}</button>`
  }</li>`;
}

localizeDocument();
// A policy may arrive after the browser has started.
extension.storage.onChanged.addListener((_changes, area) => {
  if (area === 'managed') void showOptions();
});
await showOptions();
