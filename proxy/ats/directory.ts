/**
 * Who ids of an ATS stand for, told within a deadline and remembered for half a minute: a page that is looked at by several, or
 * twice, is one question to the ATS.
 */

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

/** Milliseconds for all calls of one question, and for which an answer is kept. */
const LOOKUP_TIMEOUT_MS = 10_000;
const CACHE_TTL_MS = 30_000;
/** Answers that are kept at once. */
const MAX_CACHE_ENTRIES = 1_000;

export interface AtsDirectory {
  /** The connector of this name, where there is one. */
  getConnector(ats: string): Pick<Connector, 'idsSchema' | 'label'> | undefined;
  /**
   * Asks the ATS, or remembers; undefined where the ids stand for nobody.
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
  // A counter that is not there before its first event hides that one from whoever watches for a rise.
  for (const ats of connectors.keys()) metrics.atsLookups.inc({ ats, outcome: 'upstream_rejected' }, 0);
  const kept = new Map<string, { until: number; person: Promise<AtsCandidate | undefined> }>();

  async function ask(connector: Connector, ids: AtsIds): Promise<AtsCandidate | undefined> {
    const { ats } = connector;
    const deadline = new AbortController();
    const cancel = clock.runAfter(LOOKUP_TIMEOUT_MS, () =>
      deadline.abort(`no whole answer within ${LOOKUP_TIMEOUT_MS} ms`),
    );
    try {
      const person = await connector.findCandidate(ids, deadline.signal);
      metrics.atsLookups.inc({ ats, outcome: person ? 'found' : 'absent' });
      return person;
    } catch (error) {
      metrics.atsLookups.inc({ ats, outcome: error instanceof ProxyError ? error.code : 'internal' });
      if (error instanceof CredentialsRejected) {
        log.error({ alert: 'ats_key_refused', ats }, 'an ATS refused its credentials, or they may not read candidates');
      }
      throw error;
    } finally {
      cancel();
    }
  }

  /** They were put in in the order in which they end. */
  function dropStale(): void {
    for (const [key, { until }] of kept) {
      if (until > clock.now() && kept.size < MAX_CACHE_ENTRIES) return;
      kept.delete(key);
    }
  }

  return {
    getConnector: (ats) => connectors.get(ats),
    findCandidate(ats, ids) {
      const connector = connectors.get(ats);
      if (!connector) return Promise.resolve(undefined);
      dropStale();
      const key = JSON.stringify([ats, Object.entries(ids).sort()]);
      const known = kept.get(key);
      if (known && known.until > clock.now()) return known.person;
      const person = ask(connector, ids);
      kept.set(key, { until: clock.now() + CACHE_TTL_MS, person });
      person.catch(() => kept.get(key)?.person === person && kept.delete(key));
      return person;
    },
  };
}

/** Those that the settings are enough for. */
export function createConnectors({ greenhouse, lever, ashby, custom: declared }: AtsConfig, clock: Clock): Connector[] {
  return [
    ...(greenhouse ? [createGreenhouseConnector(greenhouse, createAtsFetch('Greenhouse', clock), clock)] : []),
    ...(lever ? [createLeverConnector(lever, createAtsFetch('Lever', clock))] : []),
    ...(ashby ? [createAshbyConnector(ashby, createAtsFetch('Ashby', clock))] : []),
    ...(declared ? [createCustomConnector(declared, createAtsFetch(declared.label ?? declared.ats, clock))] : []),
  ];
}
