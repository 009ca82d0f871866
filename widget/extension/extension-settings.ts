/**
 * Reads the extension's settings. The proxy's URL comes from the build, or else from IT's policy, or else from the
 * recruiter's options. Content scripts cannot read the settings, so the background script sends them the adapters.
 */
import type { ServedAdapter } from '../../proxy/contract/page-adapter.ts';
import * as ROUTES from '../../proxy/contract/routes.ts';
import type { Client } from '../api/client.ts';
import { readString, toRecord } from '../util/json.ts';
import { extension } from './browser.ts';
import { parseAdapters } from './parse-adapters.ts';

/** Set by the build: the proxy's URL or an empty text, and the built-in adapters. */
declare const PROXY_URL: string;
declare const ADAPTERS: unknown;

export interface ExtensionSettings {
  /** Without a trailing slash; undefined until it is set. */
  proxyUrl: string | undefined;
  /** Whether the build or a policy sets the URL, so that the recruiter cannot change it. */
  isProxyUrlLocked: boolean;
  adapters: ServedAdapter[];
  /** Whether `adapters` contains adapters from the proxy. */
  hasProxyAdapters: boolean;
  /** The only projects to offer; undefined for all. */
  allowedProjects: string[] | undefined;
}

export async function readSettings(): Promise<ExtensionSettings> {
  const local = await extension.storage.local.get(null);
  const policy = toRecord(await extension.storage.managed.get(null).catch(() => ({})));
  const lockedUrl = parseProxyUrl(PROXY_URL) ?? parseProxyUrl(readString(policy, 'proxyUrl'));
  const proxyUrl = lockedUrl ?? parseProxyUrl(readString(local, 'proxyUrl'));
  const proxyAdapters = parseAdapters(toRecord(local['proxyAdapters'])[proxyUrl ?? '']);
  const policyAdapters = parseAdapters(policy['adapters']);
  const policyNames = policyAdapters.map(({ name }) => name);
  const otherAdapters = proxyAdapters.length ? proxyAdapters : parseAdapters(ADAPTERS);
  return {
    proxyUrl,
    isProxyUrlLocked: lockedUrl !== undefined,
    adapters: [...policyAdapters, ...otherAdapters.filter(({ name }) => !policyNames.includes(name))],
    hasProxyAdapters: proxyAdapters.length > 0,
    allowedProjects: Array.isArray(policy['projects']) ? policy['projects'].map(String) : undefined,
  };
}

/** Stores the adapters that the proxy serves. Keeps the stored ones if the request fails. */
export async function refreshAdapters(client: Client): Promise<void> {
  const { proxyUrl = '' } = await readSettings();
  const save = (config: unknown) => saveAdapters(proxyUrl, toRecord(config)['adapters']).then(() => true);
  await client.request(ROUTES.config, {}, save).catch(() => {});
}

async function saveAdapters(proxyUrl: string, value: unknown): Promise<void> {
  const adapters = parseAdapters(value);
  if (adapters.length) await extension.storage.local.set({ proxyAdapters: { [proxyUrl]: adapters } });
}

/** Accepts an https address, or an http address of this machine. */
export function parseProxyUrl(text: string | undefined): string | undefined {
  if (!text || !URL.canParse(text)) return undefined;
  const { protocol, hostname, origin, pathname } = new URL(text);
  const isLocal = protocol === 'http:' && (hostname === '127.0.0.1' || hostname === 'localhost');
  return isLocal || protocol === 'https:' ? origin + pathname.replace(/\/+$/, '') : undefined;
}
