/**
 * The audit log: which recruiter did what with which candidate's data. An entry identifies the candidate and the
 * session by pseudonyms. Erasing a candidate deletes the secret that the pseudonyms are derived from. The proxy stores
 * an entry before it returns the data, except on an open stream.
 */
import { createHmac } from 'node:crypto';
import type { Recruiter } from '../auth/recruiter.ts';
import type { ProblemCode } from '../contract/problem.ts';
import type { AuditRow, StoredBatch } from '../store/schema.ts';
import type { Queries, Store } from '../store/store.ts';
import { createWriteBatcher } from '../store/write-batcher.ts';
import { type Clock, timestamp } from '../util/clock.ts';
import type { Log } from '../util/log.ts';
import type { Throttle } from '../util/log-throttle.ts';
import { getRequestId } from '../util/request-context.ts';

export type AuditAction =
  | 'invited'
  /**
   * The recruiter passed on the candidate's link. `detail` has the channel, and `notice` if the message had the privacy
   * notice.
   */
  | 'handed_over'
  /** The recruiter passed on the link with a reminder. */
  | 'reminded'
  /** A list, panel or batch preview showed the session. Recorded once a day for each recruiter and session. */
  | 'seen'
  /** The recruiter opened the scorecard. Recorded no more than once a minute. */
  | 'viewed'
  /** The proxy asked an ATS for the candidate that the recruiter's page shows. Recorded no more than once a minute. */
  | 'resolved'
  /** A stage change in the ATS matched a trigger. `detail` has the outcome and the trigger. */
  | 'triggered'
  /** The proxy refused a request: the caller lacks the rights, or the invite is for another assessment type. */
  | 'refused'
  | 'exported'
  | 'erased'
  | 'backed_up'
  /** An administrator listed what is written into the ATS. */
  | 'writes_listed'
  /** An administrator retried dead letters. */
  | 'writes_retried'
  /** `detail` has the number of rows. The invite of each row has its own entry. */
  | 'batch_made'
  | 'batch_cancelled'
  | 'batch_retried'
  /** The recruiter read the batch's rows, or opened a stream of the batch. Recorded once a day. */
  | 'batch_seen'
  | 'signed_in'
  | 'signed_out'
  /** The proxy ended the sign-in. */
  | 'sign_in_ended';

export type Actor = Pick<Recruiter, 'iss' | 'sub'>;

/** The `iss` of actors that are not recruiters. */
export const PROXY_ISSUER = 'proxy';
/** A caller with `ADMIN_TOKEN`. */
export const ADMIN_ACTOR: Actor = { iss: PROXY_ISSUER, sub: 'administrator' };
/** The proxy, when it erases inactive candidates. */
export const RETENTION_ACTOR: Actor = { iss: PROXY_ISSUER, sub: 'retention' };

export interface AuditSubject {
  candidate_key: string;
  session_uuid?: string;
  project_id?: string;
}

type ShownSession = Required<AuditSubject>;

interface AuditEntry {
  actor?: Actor;
  action: AuditAction;
  subject?: AuditSubject;
  /** For an entry without a subject. */
  project_id?: string;
  /** A code or a reason. */
  detail?: string;
  /** How many identical attempts the entry stands for. Default: 1. */
  count?: number;
  requestId?: string | undefined;
}

/** Appends entries in the caller's transaction. An entry about an erased candidate has no pseudonym. */
export async function recordAudit({ audit, sessions }: Queries, ...entries: readonly AuditEntry[]): Promise<void> {
  const keys = [...new Set(entries.flatMap(({ subject }) => subject?.candidate_key ?? []))];
  const secrets = await audit.ensurePseudonymSecrets([...(await sessions.findKnownCandidates(keys))]);
  const rows = entries.map(({ actor, action, subject, project_id, detail, count = 1, requestId = getRequestId() }) => {
    const secret = subject && secrets.get(subject.candidate_key);
    return {
      action,
      detail: detail ?? null,
      issuer: actor?.iss ?? null,
      actor: actor?.sub ?? null,
      candidate: secret ? pseudonymize(secret, subject.candidate_key) : null,
      session: secret && subject.session_uuid ? pseudonymize(secret, subject.session_uuid) : null,
      project_id: subject?.project_id ?? project_id ?? null,
      request_id: requestId ?? null,
      times: count,
    };
  });
  await audit.append(...rows);
}

function pseudonymize(secret: string, text: string): string {
  return createHmac('sha256', secret).update(text).digest('base64url').slice(0, PSEUDONYM_CHARS);
}

export interface RefusedAttempt {
  recruiter?: Actor;
  code: ProblemCode;
  /** The route's pattern, such as `/v1/sessions/:session_uuid`. */
  route: string;
  /** The session in the request's path, if any. */
  session_uuid?: string | undefined;
}

/** Each promise resolves once the entries are durable. */
export interface Audit {
  recordSeen(recruiter: Recruiter, sessions: readonly ShownSession[]): Promise<void>;
  recordViewed(recruiter: Recruiter, session: ShownSession): Promise<void>;
  recordBatchesSeen(
    recruiter: Recruiter,
    batches: readonly Pick<StoredBatch, 'batch_id' | 'project_id'>[],
  ): Promise<void>;
  /** @param ids identify the candidate in the ATS. The log stores only a keyed hash of the ids. */
  recordResolved(recruiter: Recruiter, ats: string, ids: string, candidateKey: string | undefined): Promise<void>;
  /** Records `seen` for a session that a stream is already sending. Logs a failure instead of throwing it. */
  recordSeenLive(recruiter: Recruiter, session: ShownSession): void;
  /**
   * Records a refused attempt. Merges identical attempts within a minute into one entry with a count. Ignores the
   * session id of an unauthenticated caller, who could fill the log with invented ids.
   */
  recordRefused(attempt: RefusedAttempt): Promise<void>;
  /**
   * Call this after an erasure. A candidate who is invited again gets a new pseudonym, so the log needs new entries.
   */
  clearDailyCache(): void;
  /** Stores the counts of refused attempts that are not stored yet. */
  close(): Promise<void>;
}

/** The proxy clears a cache beyond this size. The log may then contain duplicates. */
const MAX_DAILY_CACHE_ENTRIES = 200_000;
const PSEUDONYM_CHARS = 16;
/** Characters of a hash in `detail`. */
const DETAIL_HASH_CHARS = 16;
/** The length of an ISO timestamp's prefix that identifies the day or the minute. */
const DAY_CHARS = 10;
const MINUTE_CHARS = 16;

interface Options {
  store: Store;
  clock: Clock;
  log: Log;
  /** Limits the entries about refused attempts. */
  throttle: Throttle;
}

export function createAudit({ store, clock, log, throttle }: Options): Audit {
  /** The commits of the day's entries, by a hash of action, period, recruiter and subject. */
  const dailyCache = new Map<string, Promise<void>>();
  let today = '';
  const append = createWriteBatcher<AuditEntry>((entries) =>
    store.write((queries) => recordAudit(queries, ...entries)),
  );

  /**
   * Records each entry once per period.
   * @param periodChars length of the timestamp's prefix that identifies the period.
   * @param entries `key` identifies what an entry is about.
   */
  async function recordOnce(
    periodChars: number,
    entries: readonly (AuditEntry & { actor: Recruiter; key: string })[],
  ): Promise<void> {
    const at = timestamp(clock);
    const day = at.slice(0, DAY_CHARS);
    if (day !== today || dailyCache.size > MAX_DAILY_CACHE_ENTRIES) dailyCache.clear();
    today = day;
    const requestId = getRequestId();
    const commits = entries.map(({ key, ...entry }) => {
      const { action, actor } = entry;
      const hash = store.hash(JSON.stringify([action, at.slice(0, periodChars), actor.iss, actor.sub, key]));
      const recorded = dailyCache.get(hash);
      if (recorded) return recorded;
      const commit = append({ ...entry, requestId });
      dailyCache.set(hash, commit);
      commit.catch(() => dailyCache.delete(hash));
      return commit;
    });
    await Promise.all(commits);
  }

  async function storeRefused(key: string, attempt: RefusedAttempt, count: number, requestId?: string): Promise<void> {
    const { recruiter, code, route, session_uuid } = attempt;
    try {
      await store.write(async (queries) => {
        const session = session_uuid === undefined ? undefined : await queries.sessions.get(session_uuid);
        await recordAudit(queries, {
          ...(recruiter && { actor: recruiter }),
          action: 'refused',
          detail: `${code} ${route}`,
          ...(session && { subject: session }),
          count,
          requestId,
        });
      });
    } catch (error) {
      log.error({ err: error }, 'failed to record a refused attempt; the proxy tries again in a minute');
      throttle.addSuppressed(key, count, (suppressedCount) => storeRefused(key, attempt, suppressedCount));
    }
  }

  /** Drops the id of an unknown session, because a caller could invent any number of ids. */
  async function dropUnknownId(uuid: string | undefined): Promise<string | undefined> {
    const session = uuid && (await store.read(({ sessions }) => sessions.get(uuid)).catch(() => undefined));
    return session ? uuid : undefined;
  }

  const audit: Audit = {
    recordSeen: (actor, sessions) =>
      recordOnce(
        DAY_CHARS,
        sessions.map((subject) => ({ actor, action: 'seen', subject, key: subject.session_uuid })),
      ),

    recordViewed: (actor, subject) =>
      recordOnce(MINUTE_CHARS, [{ actor, action: 'viewed', subject, key: subject.session_uuid }]),

    recordBatchesSeen: (actor, batches) =>
      recordOnce(
        DAY_CHARS,
        batches.map(({ batch_id, project_id }) => ({
          actor,
          action: 'batch_seen',
          project_id,
          detail: batch_id,
          key: batch_id,
        })),
      ),

    recordResolved(actor, ats, ids, candidateKey) {
      const key = store.hash(JSON.stringify([ats, ids]));
      const subject = candidateKey === undefined ? {} : { subject: { candidate_key: candidateKey } };
      const detail = `${ats} ${key.slice(0, DETAIL_HASH_CHARS)}`;
      return recordOnce(MINUTE_CHARS, [{ actor, action: 'resolved', ...subject, detail, key }]);
    },

    recordSeenLive(recruiter, session) {
      audit.recordSeen(recruiter, [session]).catch((error: unknown) => {
        log.error({ err: error }, 'failed to record what a stream showed');
      });
    },

    async recordRefused(attempt) {
      const { recruiter, code, route } = attempt;
      const session_uuid = recruiter && (await dropUnknownId(attempt.session_uuid));
      const key = JSON.stringify([recruiter?.iss, recruiter?.sub, code, route, session_uuid]);
      const recordedAttempt = { ...attempt, session_uuid };
      const isFirst = throttle.allow(key, (suppressedCount) => storeRefused(key, recordedAttempt, suppressedCount));
      if (isFirst) await storeRefused(key, recordedAttempt, 1, getRequestId());
    },

    clearDailyCache: () => dailyCache.clear(),
    close: () => throttle.close(),
  };
  return audit;
}

/** Formats an entry as a line of JSON. */
export function formatAuditEntry({ times, ...entry }: AuditRow): string {
  const fields = Object.entries({ ...entry, ...(times > 1 && { times }) }).filter(([, value]) => value !== null);
  return `${JSON.stringify(Object.fromEntries(fields))}\n`;
}

/** Returns a candidate's pseudonym, or undefined if the log has no entry about the candidate. */
export async function findPseudonym({ audit }: Queries, candidateKey: string): Promise<string | undefined> {
  const secret = await audit.getPseudonymSecret(candidateKey);
  return secret && pseudonymize(secret, candidateKey);
}
