/**
 * Who ids of an ATS stand for, told within a deadline and remembered for half a minute: a page that is looked at by several, or
 * twice, is one question to the ATS.
 */

import type { AtsConfig } from '../config/ats.ts';
import type { Ids } from '../contract/page-address.ts';
import type { Clock } from '../util/clock.ts';
import { ProxyError } from '../util/errors.ts';
import type { Log } from '../util/log.ts';
import type { Metrics } from '../util/metrics.ts';
import { createAshby } from './ashby.ts';
import type { Connector, Person } from './connector.ts';
import { createDeclared } from './custom-connector.ts';
import { KeyRefused } from './errors.ts';
import { createGreenhouse } from './greenhouse.ts';
import { createAsk } from './http.ts';
import { createLever } from './lever.ts';

/** Milliseconds for all calls of one question, and for which an answer is kept. */
const DEADLINE = 10_000;
const KEPT_FOR = 30_000;
/** Answers that are kept at once. */
const MOST_KEPT = 1_000;

export interface AtsDirectory {
  /** The connector of this name, where there is one. */
  connector(ats: string): Pick<Connector, 'ids' | 'label'> | undefined;
  /**
   * Asks the ATS, or remembers; undefined where the ids stand for nobody.
   * @throws AtsRejected, AtsUnavailable
   */
  find(ats: string, ids: Ids): Promise<Person | undefined>;
}

interface Options {
  clock: Clock;
  log: Log;
  metrics: Pick<Metrics, 'atsLookups'>;
}

export function createAtsDirectory(config: AtsConfig, { clock, log, metrics }: Options): AtsDirectory {
  const connectors = new Map(connectorsOf(config, clock).map((connector) => [connector.ats, connector]));
  // A counter that is not there before its first event hides that one from whoever watches for a rise.
  for (const ats of connectors.keys()) metrics.atsLookups.inc({ ats, outcome: 'upstream_rejected' }, 0);
  const kept = new Map<string, { until: number; person: Promise<Person | undefined> }>();

  async function ask(connector: Connector, ids: Ids): Promise<Person | undefined> {
    const { ats } = connector;
    const deadline = new AbortController();
    const cancel = clock.after(DEADLINE, () => deadline.abort(`no whole answer within ${DEADLINE} ms`));
    try {
      const person = await connector.find(ids, deadline.signal);
      metrics.atsLookups.inc({ ats, outcome: person ? 'found' : 'absent' });
      return person;
    } catch (error) {
      metrics.atsLookups.inc({ ats, outcome: error instanceof ProxyError ? error.code : 'internal' });
      if (error instanceof KeyRefused) {
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
      if (until > clock.now() && kept.size < MOST_KEPT) return;
      kept.delete(key);
    }
  }

  return {
    connector: (ats) => connectors.get(ats),
    find(ats, ids) {
      const connector = connectors.get(ats);
      if (!connector) return Promise.resolve(undefined);
      dropStale();
      const key = JSON.stringify([ats, Object.entries(ids).sort()]);
      const known = kept.get(key);
      if (known && known.until > clock.now()) return known.person;
      const person = ask(connector, ids);
      kept.set(key, { until: clock.now() + KEPT_FOR, person });
      person.catch(() => kept.get(key)?.person === person && kept.delete(key));
      return person;
    },
  };
}

/** Those that the settings are enough for. */
export function connectorsOf({ greenhouse, lever, ashby, declared }: AtsConfig, clock: Clock): Connector[] {
  return [
    ...(greenhouse ? [createGreenhouse(greenhouse, createAsk('Greenhouse', clock), clock)] : []),
    ...(lever ? [createLever(lever, createAsk('Lever', clock))] : []),
    ...(ashby ? [createAshby(ashby, createAsk('Ashby', clock))] : []),
    ...(declared ? [createDeclared(declared, createAsk(declared.label ?? declared.ats, clock))] : []),
  ];
}
