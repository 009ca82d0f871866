/**
 * Hosts that the recruiter can allow in the options. An optional host is in an adapter but not in the manifest, for
 * example a company's own domain. A blocked host is in the manifest or a policy, but the browser blocks it.
 */
import { extension } from './browser.ts';
import { readSettings } from './extension-settings.ts';

/** Hosts that a match pattern can express: `*` is allowed only as the first label. */
const HOST = /^(\*\.)?([a-z0-9-]+\.)+[a-z][a-z0-9-]*$/;
const SCRIPT_ID = 'optional-hosts';

export interface OptionalHost {
  host: string;
  /** The match pattern of the permission. */
  pattern: string;
  isAllowed: boolean;
}

/** Lists the manifest's hosts that a user has blocked, or that an update added and Firefox has not yet allowed. */
export async function listBlockedHosts(): Promise<OptionalHost[]> {
  const hosts = await Promise.all(extension.runtime.getManifest().host_permissions.map(checkHost));
  return hosts.filter(({ isAllowed }) => !isAllowed);
}

/** Returns the proxy's host if the browser blocks it. A policy can set the proxy, but not grant the permission. */
export async function findBlockedProxyHost(): Promise<OptionalHost | undefined> {
  const { proxyUrl } = await readSettings();
  const proxyHost = proxyUrl === undefined ? undefined : await checkHost(toMatchPattern(proxyUrl));
  return proxyHost?.isAllowed ? undefined : proxyHost;
}

/** A match pattern has no port, and covers all ports of the host. */
export function toMatchPattern(url: string): string {
  const { protocol, hostname } = new URL(url);
  return `${protocol}//${hostname}/*`;
}

/** Lists the adapters' hosts that the manifest lacks. */
export async function listOptionalHosts(): Promise<OptionalHost[]> {
  const { adapters } = await readSettings();
  const manifestHosts = extension.runtime.getManifest().content_scripts.flatMap(({ matches }) => matches.map(getHost));
  const hosts = [...new Set(adapters.flatMap((adapter) => adapter.hosts))].filter(
    (host) => HOST.test(host) && !manifestHosts.some((manifestHost) => coversHost(manifestHost, host)),
  );
  return Promise.all(hosts.map((host) => checkHost(`https://${host}/*`)));
}

/** Registers the content script on exactly the optional hosts that are allowed. Returns their match patterns. */
export function updateContentScripts(): Promise<string[]> {
  return navigator.locks.request(SCRIPT_ID, async () => {
    const matches = (await listOptionalHosts()).filter(({ isAllowed }) => isAllowed).map(({ pattern }) => pattern);
    const [{ js } = { js: [] }] = extension.runtime.getManifest().content_scripts;
    await extension.scripting.unregisterContentScripts();
    if (matches.length) {
      await extension.scripting.registerContentScripts([{ id: SCRIPT_ID, matches, js, runAt: 'document_end' }]);
    }
    return matches;
  });
}

async function checkHost(pattern: string): Promise<OptionalHost> {
  return { host: getHost(pattern), pattern, isAllowed: await extension.permissions.contains({ origins: [pattern] }) };
}

function getHost(pattern: string): string {
  return pattern.split('/')[2] ?? '';
}

function coversHost(wildcard: string, host: string): boolean {
  return wildcard === host || (wildcard.startsWith('*.') && host.endsWith(wildcard.slice(1)));
}
