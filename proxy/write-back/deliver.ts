/**
 * Delivers the outbox into the ATSs, one write at a time for each ATS. After a crash, the loop repeats a write, and the
 * writer finds the entry in the ATS.
 */
import type { WriteResult, Writer } from '../ats/writer.ts';
import { getAtsLabel } from '../config/ats.ts';
import type { Config } from '../config/config.ts';
import type { WriteTarget } from '../config/write-back.ts';
import type { JobLoop } from '../jobs/job-loop.ts';
import { type DeliveryResult, type Obsolete, startOutboxLoop } from '../jobs/outbox-loop.ts';
import { needsLink } from '../sessions/enqueue-ats-writes.ts';
import type { OutboxRow, SessionRow } from '../store/schema.ts';
import type { Store } from '../store/store.ts';
import type { Clock } from '../util/clock.ts';
import type { Log } from '../util/log.ts';
import type { Metrics } from '../util/metrics.ts';
import { buildRowEntry, findTarget } from './build-entry.ts';
import { updateSessionWrites } from './update-session.ts';

/** A refusal because of the ATS's rate limit counts as an attempt only if the row is older than this. */
const MAX_RATE_LIMITED_MS = 7 * 24 * 60 * 60_000;

interface Options {
  store: Store;
  clock: Clock;
  log: Log;
  random: () => number;
  metrics: Pick<Metrics, 'atsWrites'>;
  config: () => Pick<Config, 'writeBack' | 'assessments' | 'ats'>;
  writers: () => ReadonlyMap<string, Writer>;
  getResultUrl: (sessionUuid: string) => string;
}

export function startWriteBack(options: Options): JobLoop {
  const { store, clock, log, random, metrics, config, writers, getResultUrl } = options;

  async function deliver(row: OutboxRow, session: SessionRow, signal: AbortSignal): Promise<DeliveryResult | Obsolete> {
    const writer = writers().get(row.target);
    const target = findTarget(config().writeBack, row);
    if (target?.as === 'link' && !needsLink(session)) return { outcome: 'obsolete' };
    if (!writer || !target) return { outcome: 'failed', problem: 'not_configured' };
    const result = await write(row, session, target, writer, signal);
    metrics.atsWrites.inc({
      ats: writer.ats,
      outcome: result.outcome === 'failed' ? result.problem : result.outcome,
    });
    return toDeliveryResult(row, result);
  }

  function write(
    row: OutboxRow,
    session: SessionRow,
    target: WriteTarget,
    writer: Writer,
    signal: AbortSignal,
  ): Promise<WriteResult> {
    const { session_uuid, application_id, candidate_key } = session;
    const sessionId = store.hash(session_uuid);
    const { assessments } = config();
    const resultUrl = getResultUrl(session_uuid);
    const { entry, marker } = buildRowEntry(row, { session, target, assessments, sessionId, resultUrl });
    const mayBeWritten = row.may_be_written === 1;
    const applicationId = application_id ?? '';
    return writer.write({ applicationId, candidateKey: candidate_key, sessionId, marker, mayBeWritten, entry }, signal);
  }

  function toDeliveryResult(row: OutboxRow, result: WriteResult): DeliveryResult {
    switch (result.outcome) {
      case 'written':
      case 'found':
        return {
          outcome: 'delivered',
          mayBeDuplicate: result.copies === undefined ? row.may_be_written === 1 : result.copies > 1,
        };
      case 'failed':
        // Of all failures, only a refused key is worth a retry, because IT can correct the key.
        return result.problem === 'credentials'
          ? { outcome: 'retry', problem: 'credentials', retryAfterSeconds: 0, mayBeDelivered: false }
          : result;
      case 'retry': {
        const { reason, retryAfterSeconds, mayBeWritten } = result;
        const isAttempt = reason !== 'rate_limited' || isOld(row);
        return { outcome: 'retry', problem: reason, retryAfterSeconds, mayBeDelivered: mayBeWritten, isAttempt };
      }
    }
  }

  function isOld({ created_at }: OutboxRow): boolean {
    return clock.now() - Date.parse(created_at) > MAX_RATE_LIMITED_MS;
  }

  function onResult(row: OutboxRow, result: DeliveryResult, { isDeadLetter }: { isDeadLetter: boolean }): void {
    const ats = getAts(row);
    const facts = { ats, session: store.hash(row.session_uuid), version: row.version };
    if (result.outcome === 'delivered') {
      if (!result.mayBeDuplicate) return;
      log.warn({ alert: 'ats_write_duplicate', ...facts }, 'an ATS may show an entry twice, after a lost response');
      return;
    }
    const { problem } = result;
    if (isDeadLetter) {
      const sentence = describeProblem(problem, getAtsLabel(config().ats, ats));
      log.error({ alert: 'ats_write_failed', problem, ...facts }, `moved a write to the dead letters: ${sentence}`);
    } else if (problem === 'credentials') {
      log.error(
        { alert: 'ats_key_refused', ats },
        'an ATS refused the configured credentials, or they lack permission to write',
      );
    }
  }

  return startOutboxLoop({
    store,
    clock,
    log,
    random,
    channel: 'ats',
    getQueue: getAts,
    deliver,
    onResult,
    afterChange: (queries, { session_uuid }) => updateSessionWrites(queries, { clock, config }, session_uuid),
  });
}

/** The sentence in the log. docs/ats/write-back.md says what to do. */
function describeProblem(problem: string, label: string): string {
  switch (problem) {
    case 'application_missing':
      return `${label} no longer has this application.`;
    case 'email_differs':
      return `The candidate has another email in ${label} now. Check that it is the same person.`;
    case 'credentials':
      return `${label} doesn't let this company's key write.`;
    case 'refused':
      return `${label} refused the entry.`;
    case 'rate_limited':
      return `${label} refused every request for a week because of its rate limit.`;
    case 'not_configured':
      return `ATS_WRITE_BACK has no entry for it in ${label}.`;
    default:
      return `${label} did not respond.`;
  }
}

function getAts({ target }: OutboxRow): string {
  return target.split(':')[0] ?? '';
}
