/**
 * Where the proxy is and how pages are read. The proxy that was built in is the only one; else what IT deploys by policy counts before
 * what somebody has typed. Content scripts see none of it: they are told the adapters and nothing else.
 */
import type { ServedAdapter } from '../../proxy/contract/page-adapter.ts';
import { readString, toRecord } from '../util/json.ts';
import { parseAdapters } from './adapters.ts';
import { extension } from './browser.ts';

/** Set when this is built: an origin, or nothing; and the adapters of this release. */
declare const PROXY_URL: string;
declare const ADAPTERS: unknown;

export interface ExtensionSettings {
  /** Without a trailing slash; undefined as long as nobody has said it. */
  proxyUrl: string | undefined;
  /** Whether it can be changed in the options. */
  isProxyUrlLocked: boolean;
  adapters: ServedAdapter[];
  /** Whether the proxy's own are among them. */
  hasProxyAdapters: boolean;
  /** The only projects that are offered; undefined: all. */
  allowedProjects: string[] | undefined;
}

export async function readSettings(): Promise<ExtensionSettings> {
  const local = await extension.storage.local.get(null);
  const policy = toRecord(await extension.storage.managed.get(null).catch(() => ({})));
  const fixed = parseProxyUrl(PROXY_URL) ?? parseProxyUrl(readString(policy, 'proxyUrl'));
  const proxyUrl = fixed ?? parseProxyUrl(readString(local, 'proxyUrl'));
  const told = parseAdapters(toRecord(local['served'])[proxyUrl ?? '']);
  const own = parseAdapters(policy['adapters']);
  const rest = (told.length ? told : parseAdapters(ADAPTERS)).filter(
    ({ name }) => !own.some((one) => one.name === name),
  );
  const projects = Array.isArray(policy['projects']) ? policy['projects'].map(String) : undefined;
  return {
    proxyUrl,
    isProxyUrlLocked: fixed !== undefined,
    adapters: [...own, ...rest],
    hasProxyAdapters: told.length > 0,
    allowedProjects: projects,
  };
}

/** Keeps the adapters that the proxy serves, for all pages from now on. */
export async function saveAdapters(proxyUrl: string, adapters: unknown): Promise<void> {
  const checked = parseAdapters(adapters);
  if (checked.length) await extension.storage.local.set({ served: { [proxyUrl]: checked } });
}

/** An address that a proxy may have: https, or this machine. */
export function parseProxyUrl(text: string | undefined): string | undefined {
  if (!text || !URL.canParse(text)) return undefined;
  const { protocol, hostname, origin, pathname } = new URL(text);
  const isLocal = protocol === 'http:' && (hostname === '127.0.0.1' || hostname === 'localhost');
  return isLocal || protocol === 'https:' ? origin + pathname.replace(/\/+$/, '') : undefined;
}
