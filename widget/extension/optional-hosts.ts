/**
 * Pages on hosts that the manifest does not name, such as a tenant's own: adapters of the proxy or of a policy name them, and the
 * script runs there once somebody has allowed the host in the options. No other host is ever asked for, but those of the manifest and
 * of the proxy where the browser withholds them.
 */
import { extension } from './browser.ts';
import { readSettings } from './extension-settings.ts';

/** As far as a match pattern can say it: `*` as the first label only. */
const HOST = /^(\*\.)?([a-z0-9-]+\.)+[a-z][a-z0-9-]*$/;

export interface OptionalHost {
  host: string;
  /** As the browser is asked for it. */
  pattern: string;
  isAllowed: boolean;
}

/** The manifest's hosts that the browser keeps from the extension: people may take them back, and Firefox gives none that an update brings. */
export async function listBlockedHosts(): Promise<OptionalHost[]> {
  const hosts = await Promise.all(extension.runtime.getManifest().host_permissions.map(hostAt));
  return hosts.filter(({ isAllowed }) => !isAllowed);
}

/** The proxy's host, where the browser keeps it from the extension: one that is set by policy nobody was asked for. */
export async function findBlockedProxyHost(): Promise<OptionalHost | undefined> {
  const { proxyUrl } = await readSettings();
  const proxy = proxyUrl === undefined ? undefined : await hostAt(toMatchPattern(proxyUrl));
  return proxy?.isAllowed ? undefined : proxy;
}

/** As the browser is asked for it: all ports of a host. */
export function toMatchPattern(address: string): string {
  const { protocol, hostname } = new URL(address);
  return `${protocol}//${hostname}/*`;
}

async function hostAt(pattern: string): Promise<OptionalHost> {
  return { host: hostOf(pattern), pattern, isAllowed: await extension.permissions.contains({ origins: [pattern] }) };
}

export async function listOptionalHosts(): Promise<OptionalHost[]> {
  const { adapters } = await readSettings();
  const known = extension.runtime.getManifest().content_scripts.flatMap(({ matches }) => matches.map(hostOf));
  const hosts = new Set(adapters.flatMap((adapter) => adapter.hosts));
  const further = [...hosts].filter((host) => HOST.test(host) && !known.some((wide) => covers(wide, host)));
  return Promise.all(further.map((host) => hostAt(`https://${host}/*`)));
}

/** Has the script run on those that are allowed, from now on; answers their patterns. */
export function registerOptionalHosts(): Promise<string[]> {
  return navigator.locks.request('further', async () => {
    const allowed = (await listOptionalHosts()).filter(({ isAllowed }) => isAllowed).map(({ pattern }) => pattern);
    const [{ js } = { js: [] }] = extension.runtime.getManifest().content_scripts;
    await extension.scripting.unregisterContentScripts();
    if (allowed.length) {
      await extension.scripting.registerContentScripts([
        { id: 'further', matches: allowed, js, runAt: 'document_end' },
      ]);
    }
    return allowed;
  });
}

const hostOf = (pattern: string) => pattern.split('/')[2] ?? '';

function covers(wide: string, host: string): boolean {
  return wide === host || (wide.startsWith('*.') && host.endsWith(wide.slice(1)));
}
