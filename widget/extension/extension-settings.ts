/**
 * Where the proxy is and how pages are read. The proxy that was built in is the only one; else what IT deploys by policy counts before
 * what somebody has typed. Content scripts see none of it: they are told the adapters and nothing else.
 */
import type { ServedAdapter } from '../../proxy/contract/page-adapter.ts';
import { recordOf, textIn } from '../util/json.ts';
import { adaptersIn } from './adapters.ts';
import { extension } from './browser.ts';

/** Set when this is built: an origin, or nothing; and the adapters of this release. */
declare const PROXY_URL: string;
declare const ADAPTERS: unknown;

export interface Settings {
  /** Without a trailing slash; undefined as long as nobody has said it. */
  proxyUrl: string | undefined;
  /** Whether it can be changed in the options. */
  isFixed: boolean;
  adapters: ServedAdapter[];
  /** Whether the proxy's own are among them. */
  isServed: boolean;
  /** The only projects that are offered; undefined: all. */
  projects: string[] | undefined;
}

export async function readSettings(): Promise<Settings> {
  const local = await extension.storage.local.get(null);
  const policy = recordOf(await extension.storage.managed.get(null).catch(() => ({})));
  const fixed = originOf(PROXY_URL) ?? originOf(textIn(policy, 'proxyUrl'));
  const proxyUrl = fixed ?? originOf(textIn(local, 'proxyUrl'));
  const told = adaptersIn(recordOf(local['served'])[proxyUrl ?? '']);
  const own = adaptersIn(policy['adapters']);
  const rest = (told.length ? told : adaptersIn(ADAPTERS)).filter(({ name }) => !own.some((one) => one.name === name));
  const projects = Array.isArray(policy['projects']) ? policy['projects'].map(String) : undefined;
  return { proxyUrl, isFixed: fixed !== undefined, adapters: [...own, ...rest], isServed: told.length > 0, projects };
}

/** Keeps the adapters that the proxy serves, for all pages from now on. */
export async function keepAdapters(proxyUrl: string, adapters: unknown): Promise<void> {
  const checked = adaptersIn(adapters);
  if (checked.length) await extension.storage.local.set({ served: { [proxyUrl]: checked } });
}

/** An address that a proxy may have: https, or this machine. */
export function originOf(text: string | undefined): string | undefined {
  if (!text || !URL.canParse(text)) return undefined;
  const { protocol, hostname, origin, pathname } = new URL(text);
  const isLocal = protocol === 'http:' && (hostname === '127.0.0.1' || hostname === 'localhost');
  return isLocal || protocol === 'https:' ? origin + pathname.replace(/\/+$/, '') : undefined;
}
