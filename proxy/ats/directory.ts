/** Looks up candidates in the connected ATSs, with a timeout and a short cache. */
import type { AtsConfig } from '../config/ats.ts';
import type { AtsIds } from '../contract/page-address.ts';
import type { Clock } from '../util/clock.ts';
import { ProxyError } from '../util/errors.ts';
import type { Log } from '../util/log.ts';
import type { Metrics } from '../util/metrics.ts';
import { createAshbyConnector } from './ashby.ts';
import type { AtsCandidate, Connector } from './connector.ts';
import { createCustomConnector } from './custom-connector.ts';
import { CredentialsRejected } from './errors.ts';
import { createGreenhouseConnector } from './greenhouse.ts';
import { createAtsFetch } from './http.ts';
import { createLeverConnector } from './lever.ts';

/** Covers all calls of one lookup. */
const LOOKUP_TIMEOUT_MS = 10_000;
const CACHE_TTL_MS = 30_000;
const MAX_CACHE_ENTRIES = 1_000;

export interface AtsDirectory {
  /** Undefined if the ATS is not connected. */
  getConnector(ats: string): Pick<Connector, 'idsSchema' | 'label'> | undefined;
  /**
   * Returns undefined if no candidate matches.
   * @throws AtsRejected, AtsUnavailable
   */
  findCandidate(ats: string, ids: AtsIds): Promise<AtsCandidate | undefined>;
}

interface Options {
  clock: Clock;
  log: Log;
  metrics: Pick<Metrics, 'atsLookups'>;
}

export function createAtsDirectory(config: AtsConfig, { clock, log, metrics }: Options): AtsDirectory {
  const connectors = new Map(createConnectors(config, clock).map((connector) => [connector.ats, connector]));
  // Prometheus sees a counter's first increase only if the counter was exported as 0 before.
  for (const ats of connectors.keys()) metrics.atsLookups.inc({ ats, outcome: 'upstream_rejected' }, 0);
  /** Ordered by expiry. */
  const cache = new Map<string, { expiresAt: number; result: Promise<AtsCandidate | undefined> }>();

  async function lookUp(connector: Connector, ids: AtsIds): Promise<AtsCandidate | undefined> {
    const { ats } = connector;
    const timeout = new AbortController();
    const cancelTimeout = clock.runAfter(LOOKUP_TIMEOUT_MS, () =>
      timeout.abort(`no complete response within ${LOOKUP_TIMEOUT_MS} ms`),
    );
    try {
      const candidate = await connector.findCandidate(ids, timeout.signal);
      metrics.atsLookups.inc({ ats, outcome: candidate ? 'found' : 'absent' });
      return candidate;
    } catch (error) {
      metrics.atsLookups.inc({ ats, outcome: error instanceof ProxyError ? error.code : 'internal' });
      if (error instanceof CredentialsRejected) {
        log.error(
          { alert: 'ats_key_refused', ats },
          'an ATS refused the configured credentials, or they lack permission to read candidates',
        );
      }
      throw error;
    } finally {
      cancelTimeout();
    }
  }

  /** Deletes the expired entries. If the cache is full, also deletes the oldest entry. */
  function pruneCache(): void {
    for (const [key, { expiresAt }] of cache) {
      if (expiresAt > clock.monotonic() && cache.size < MAX_CACHE_ENTRIES) return;
      cache.delete(key);
    }
  }

  return {
    getConnector: (ats) => connectors.get(ats),
    findCandidate(ats, ids) {
      const connector = connectors.get(ats);
      if (!connector) return Promise.resolve(undefined);
      pruneCache();
      const key = JSON.stringify([ats, Object.entries(ids).sort()]);
      const cached = cache.get(key);
      if (cached && cached.expiresAt > clock.monotonic()) return cached.result;
      const result = lookUp(connector, ids);
      cache.set(key, { expiresAt: clock.monotonic() + CACHE_TTL_MS, result });
      // A failure does not stay in the cache.
      result.catch(() => cache.get(key)?.result === result && cache.delete(key));
      return result;
    },
  };
}

export function createConnectors({ greenhouse, lever, ashby, custom }: AtsConfig, clock: Clock): Connector[] {
  return [
    ...(greenhouse ? [createGreenhouseConnector(greenhouse, createAtsFetch('Greenhouse', clock), clock)] : []),
    ...(lever ? [createLeverConnector(lever, createAtsFetch('Lever', clock))] : []),
    ...(ashby ? [createAshbyConnector(ashby, createAtsFetch('Ashby', clock))] : []),
    ...(custom ? [createCustomConnector(custom, createAtsFetch(custom.label ?? custom.ats, clock))] : []),
  ];
}
