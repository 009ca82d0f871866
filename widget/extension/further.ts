/**
 * Pages on hosts that the manifest does not name, such as a tenant's own: adapters of the proxy or of a policy name them, and the
 * script runs there once somebody has allowed the host in the options. No other host is ever asked for.
 */
import { extension } from './browser.ts';
import { readSettings } from './settings.ts';

/** As far as a match pattern can say it: `*` as the first label only. */
const HOST = /^(\*\.)?([a-z0-9-]+\.)+[a-z][a-z0-9-]*$/;

export interface FurtherHost {
  host: string;
  /** As the browser is asked for it. */
  pattern: string;
  isAllowed: boolean;
}

export async function furtherHosts(): Promise<FurtherHost[]> {
  const { adapters } = await readSettings();
  const known = extension.runtime.getManifest().content_scripts.flatMap(({ matches }) => matches.map(hostOf));
  const hosts = new Set(adapters.flatMap((adapter) => adapter.hosts));
  const further = [...hosts].filter((host) => HOST.test(host) && !known.some((wide) => covers(wide, host)));
  return Promise.all(
    further.map(async (host) => {
      const pattern = `https://${host}/*`;
      return { host, pattern, isAllowed: await extension.permissions.contains({ origins: [pattern] }) };
    }),
  );
}

/** Has the script run on those that are allowed, from now on; answers their patterns. */
export function registerFurther(): Promise<string[]> {
  return navigator.locks.request('further', async () => {
    const allowed = (await furtherHosts()).filter(({ isAllowed }) => isAllowed).map(({ pattern }) => pattern);
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
