/**
 * Erases candidates: sessions, scorecards, Evalon's raw answers, timelines, handovers, result reads, search tokens,
 * webhooks, events, batch rows, invite intents, partner orders, stage changes, and the secret behind their pseudonym in
 * the audit log. Only tombstones remain: keyed hashes of the session ids, by which the proxy recognizes and drops late
 * webhooks. The erasure does not affect the data in Evalon and the ATS.
 */
import { setImmediate } from 'node:timers/promises';
import { type Actor, type Audit, recordAudit } from '../audit/audit-log.ts';
import { eraseFromBatches } from '../batches/progress.ts';
import type { OutboxChannel } from '../store/schema.ts';
import type { Queries, Store } from '../store/store.ts';
import type { Broker } from '../stream/broker.ts';
import type { Log } from '../util/log.ts';
import type { Metrics } from '../util/metrics.ts';
import { findUnrecognizedWebhooks } from '../webhooks/search-unrecognized.ts';

export interface ErasureCounts {
  sessions: number;
  events: number;
  webhooks: number;
  batch_rows: number;
  /** Entries, and updates about orders, that the ATS does not have yet. */
  ats_writes: number;
  /** Entries, and updates about orders, that the ATS has. The proxy can't delete them there. */
  saved_in_ats: number;
  /** Status changes that were not yet sent to `OUTBOUND_WEBHOOK_URL`. */
  unsent_status_changes: number;
  /** Status changes that were sent to `OUTBOUND_WEBHOOK_URL`. The proxy can't delete them there. */
  sent_status_changes: number;
}

/**
 * Erases the candidates with these keys in all projects, and returns how many rows it deleted. With `inactiveSince`, it
 * skips candidates with activity since then.
 * @throws Unavailable if a transaction or the vacuum fails. Call the function again in that case. The next pruning also
 * repeats a failed vacuum.
 */
export type EraseCandidates = (
  candidateKeys: readonly string[],
  actor: Actor,
  inactiveSince?: string,
) => Promise<ErasureCounts>;

interface Options {
  store: Store;
  broker: Broker;
  audit: Pick<Audit, 'clearDailyCache'>;
  log: Log;
  metrics: Pick<Metrics, 'candidatesErased'>;
}

export function createEraseCandidates({ store, broker, audit, log, metrics }: Options): EraseCandidates {
  async function eraseCandidate(queries: Queries, candidate_key: string, actor: Actor): Promise<ErasureCounts> {
    const { sessions, webhooks, events, tombstones } = queries;
    const rows = await sessions.listByCandidates([candidate_key]);
    const sessionUuids = rows.map(({ session_uuid }) => session_uuid);
    const emails = [candidate_key, ...rows.map(({ candidate_email }) => candidate_email)];
    const unrecognizedWebhooks = await findUnrecognizedWebhooks(queries, { emails, sessionUuids });
    await queries.unrecognizedWebhooks.delete(unrecognizedWebhooks.map(({ id }) => id));
    const counts: ErasureCounts = {
      sessions: rows.length,
      events: await events.erase(candidate_key),
      webhooks: unrecognizedWebhooks.length + (await webhooks.erase(sessionUuids)),
      batch_rows: await eraseFromBatches(queries, candidate_key),
      ...(await eraseFromOutbox(queries, sessionUuids)),
    };
    // Must come before `deletePseudonym`, which deletes the secret of the pseudonym.
    if (hasErasedCandidate(counts)) await recordAudit(queries, { actor, action: 'erased', subject: { candidate_key } });
    await queries.audit.deletePseudonym(candidate_key);
    await queries.rawAnswers.erase(sessionUuids);
    await queries.partnerOrders.erase(sessionUuids);
    await queries.stageChanges.erase({
      candidateKey: candidate_key,
      applications: rows.flatMap(({ ats, application_id }) =>
        ats === null || application_id === null ? [] : [{ ats, application_id }],
      ),
    });
    await queries.history.erase(sessionUuids);
    await queries.handovers.erase(sessionUuids);
    await queries.resultReads.erase(sessionUuids);
    await sessions.erase(candidate_key);
    await queries.inviteIntents.erase(candidate_key);
    await queries.pendingVacuum.set();
    broker.announceErasure(rows);
    for (const { session_uuid, project_id, inviter_id } of rows) {
      await tombstones.add(session_uuid);
      await events.append({
        type: 'erased',
        topic: store.hash(candidate_key),
        session_uuid: '',
        project_id,
        inviter_id,
        data: store.hash(session_uuid),
      });
    }
    return counts;
  }

  return async (candidateKeys, actor, inactiveSince) => {
    const total: ErasureCounts = {
      sessions: 0,
      events: 0,
      webhooks: 0,
      batch_rows: 0,
      ats_writes: 0,
      saved_in_ats: 0,
      unsent_status_changes: 0,
      sent_status_changes: 0,
    };
    let candidates = 0;
    for (const key of candidateKeys) {
      const counts = await store.write(async (queries) => {
        const isSkipped = inactiveSince !== undefined && !(await queries.candidates.isInactive(key, inactiveSince));
        return isSkipped ? undefined : eraseCandidate(queries, key, actor);
      });
      if (counts && hasErasedCandidate(counts)) candidates += 1;
      total.sessions += counts?.sessions ?? 0;
      total.events += counts?.events ?? 0;
      total.webhooks += counts?.webhooks ?? 0;
      total.batch_rows += counts?.batch_rows ?? 0;
      total.ats_writes += counts?.ats_writes ?? 0;
      total.saved_in_ats += counts?.saved_in_ats ?? 0;
      total.unsent_status_changes += counts?.unsent_status_changes ?? 0;
      total.sent_status_changes += counts?.sent_status_changes ?? 0;
      // Retention erases many candidates. Lets the proxy serve requests in between.
      await setImmediate();
    }
    audit.clearDailyCache();
    metrics.candidatesErased.inc({ by: actor.sub }, candidates);
    log.info({ by: actor.sub, candidates, ...total }, 'erased candidates');
    await store.vacuum();
    return total;
  };
}

/** Deletes the outbox rows of the sessions. Counts separately the rows that other systems already have. */
async function eraseFromOutbox({ outbox }: Queries, sessionUuids: readonly string[]) {
  const rows = await outbox.erase(sessionUuids);
  const count = (channel: OutboxChannel, group: 'delivered' | 'undelivered') =>
    rows.filter((row) => row.channel === channel && (row.state === 'delivered') === (group === 'delivered')).length;
  return {
    ats_writes: count('ats', 'undelivered') + count('partner', 'undelivered'),
    saved_in_ats: count('ats', 'delivered') + count('partner', 'delivered'),
    unsent_status_changes: count('webhook', 'undelivered'),
    sent_status_changes: count('webhook', 'delivered'),
  };
}

function hasErasedCandidate({ sessions, batch_rows }: ErasureCounts): boolean {
  return sessions + batch_rows > 0;
}
