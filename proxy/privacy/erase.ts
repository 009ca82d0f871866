/**
 * Erases one candidate: sessions, intents, results, webhooks, events, rows of batches, and the key of the pseudonym under which the
 * audit record speaks of them. What is left is keyed hashes of the sessions' names, so that a late webhook finds
 * nothing to attach to. What Evalon itself holds is Evalon's to erase.
 */

import { setImmediate } from 'node:timers/promises';
import { type Actor, type Audit, recordAudit } from '../audit/audit-log.ts';
import { eraseFromBatches } from '../batches/progress.ts';
import type { Store } from '../store/store.ts';
import type { Broker } from '../stream/broker.ts';
import type { Log } from '../util/log.ts';
import type { Metrics } from '../util/metrics.ts';

export interface ErasureCounts {
  sessions: number;
  events: number;
  webhooks: number;
  batch_rows: number;
}

/**
 * Erases whoever has one of these keys, in all projects, and answers how much there was; all zero where there was
 * nothing. It throws Unavailable where the database does not take it or cannot be wiped now: then it is to be repeated,
 * and the next pruning wipes by itself.
 */
export type EraseCandidates = (
  candidateKeys: readonly string[],
  by: Actor,
  /** Erases only whom nothing was heard of since this time. */
  quietSince?: string,
) => Promise<ErasureCounts>;

interface Options {
  store: Store;
  broker: Broker;
  audit: Pick<Audit, 'clearSeenCache'>;
  log: Log;
  metrics: Pick<Metrics, 'candidatesErased'>;
}

export function createEraseCandidates({ store, broker, audit: record, log, metrics }: Options): EraseCandidates {
  async function eraseOne(
    candidate_key: string,
    by: Actor,
    erasure: ErasureCounts,
    quietSince: string | undefined,
  ): Promise<void> {
    await store.write(async (queries) => {
      const { sessions, webhooks: inbox, events, audit, tombstones, pendingVacuum: traces } = queries;
      if (quietSince !== undefined && !(await sessions.listInactiveSince(quietSince, 1, candidate_key)).length) return;
      const rows = await sessions.listByCandidates([candidate_key]);
      erasure.sessions += rows.length;
      erasure.events += await events.erase(candidate_key);
      erasure.webhooks += await inbox.erase(rows.map(({ session_uuid }) => session_uuid));
      const batchRows = await eraseFromBatches(queries, candidate_key);
      erasure.batch_rows += batchRows;
      if (rows.length || batchRows)
        await recordAudit(queries, { actor: by, action: 'erased', subject: { candidate_key } });
      await audit.deletePseudonym(candidate_key);
      await sessions.erase(candidate_key);
      await traces.set();
      broker.announceErasure(rows);
      for (const { session_uuid, project_id, owner } of rows) {
        await tombstones.add(session_uuid);
        await events.append({
          type: 'erased',
          topic: store.hash(candidate_key),
          session_uuid: '',
          project_id,
          owner,
          data: store.hash(session_uuid),
        });
      }
    });
  }

  return async (candidateKeys, by, quietSince) => {
    const erasure: ErasureCounts = { sessions: 0, events: 0, webhooks: 0, batch_rows: 0 };
    const found = ({ sessions, batch_rows }: ErasureCounts) => sessions + batch_rows;
    let candidates = 0;
    for (const key of candidateKeys) {
      const before = found(erasure);
      await eraseOne(key, by, erasure, quietSince);
      if (found(erasure) > before) candidates += 1;
      // Of the many that retention erases, none may keep the event loop until the last.
      await setImmediate();
    }
    record.clearSeenCache();
    // They are gone, whether their traces can be wiped now or later.
    metrics.candidatesErased.inc({ by: by.sub }, candidates);
    log.info({ by: by.sub, candidates, ...erasure }, 'candidates were erased');
    await store.vacuum();
    return erasure;
  };
}
