/**
 * The record of who did what with whose data. Candidate and session stand in it as pseudonyms, whose key goes when the
 * candidate is erased. What a recruiter is shown is recorded before it is shown.
 */
import { createHmac } from 'node:crypto';
import type { Recruiter } from '../auth/recruiter.ts';
import type { ProblemCode } from '../contract/problem.ts';
import type { AuditRow } from '../store/schema.ts';
import type { Queries, Store } from '../store/store.ts';
import { createWriteBatcher } from '../store/write-batcher.ts';
import { type Clock, timestamp } from '../util/clock.ts';
import type { Log } from '../util/log.ts';
import type { Throttle } from '../util/log-throttle.ts';
import { getRequestId } from '../util/request-context.ts';

/**
 * `invited`: asked Evalon for a session. `seen`: was shown its status and overall score, in a list or a panel; told once
 * a day. `viewed`: opened the scorecard; told once a minute. `resolved`: was told by an ATS who a page's candidate is; told once a minute. `refused`: tried what was not allowed. `exported`, `erased`: an administrator
 * took out, or removed, all that is held about a candidate; `backed_up`: took a copy of everything. `batch_made`, `batch_cancelled`, `batch_retried`: of so many
 * rows; each row's invite is an entry of its own. `signed_in`, `signed_out`: by single sign-on; `sign_in_ended`: by
 * the proxy, and why.
 */
export type AuditAction =
  | 'invited'
  | 'seen'
  | 'viewed'
  | 'resolved'
  | 'refused'
  | 'exported'
  | 'erased'
  | 'backed_up'
  | 'batch_made'
  | 'batch_cancelled'
  | 'batch_retried'
  | 'signed_in'
  | 'signed_out'
  | 'sign_in_ended';

/** A recruiter, or who else acts in the company's name. */
export type Actor = Pick<Recruiter, 'iss' | 'sub'>;

/** Whoever holds `ADMIN_TOKEN`. */
export const ADMIN_ACTOR: Actor = { iss: 'proxy', sub: 'administrator' };
/** The proxy itself, where the time of what it holds is over. */
export const RETENTION_ACTOR: Actor = { iss: 'proxy', sub: 'retention' };

/** Whose data it was about. */
export interface AuditSubject {
  candidate_key: string;
  session_uuid?: string;
  project_id?: string;
}

/** A session that somebody was shown. */
type ShownSession = Required<AuditSubject>;

interface AuditEntry {
  actor?: Actor;
  action: AuditAction;
  subject?: AuditSubject;
  /** Where it is about nobody in particular. */
  project_id?: string;
  /** One word more, such as a problem's code. */
  detail?: string;
  count?: number;
  requestId?: string | undefined;
}

/** Appends entries, within the transaction of what they tell about. About somebody who was erased one names nobody. */
export async function recordAudit({ audit, sessions }: Queries, ...deeds: readonly AuditEntry[]): Promise<void> {
  const secrets = new Map<string, string | undefined>();
  for (const key of new Set(deeds.flatMap(({ subject }) => subject?.candidate_key ?? []))) {
    secrets.set(key, (await sessions.existsForCandidate(key)) ? await audit.ensurePseudonymSecret(key) : undefined);
  }
  const entries = deeds.map(
    ({ actor, action, subject, project_id, detail, count: times = 1, requestId: request = getRequestId() }) => {
      const secret = subject && secrets.get(subject.candidate_key);
      return {
        action,
        detail: detail ?? null,
        issuer: actor?.iss ?? null,
        actor: actor?.sub ?? null,
        candidate: secret ? pseudonymize(secret, subject.candidate_key) : null,
        session: secret && subject.session_uuid ? pseudonymize(secret, subject.session_uuid) : null,
        project_id: subject?.project_id ?? project_id ?? null,
        request_id: request ?? null,
        times,
      };
    },
  );
  await audit.append(...entries);
}

function pseudonymize(secret: string, name: string): string {
  return createHmac('sha256', secret).update(name).digest('base64url').slice(0, 16);
}

export interface RefusedAttempt {
  recruiter?: Actor;
  code: ProblemCode;
  /** The route's pattern. */
  route: string;
  /** Where the route names a session. */
  session_uuid?: string | undefined;
}

export interface Audit {
  /** Records, once a day for each recruiter and session, that they were shown; answers once that is stored. */
  recordSeen(recruiter: Recruiter, sessions: readonly ShownSession[]): Promise<void>;
  /** Records, once a minute for each recruiter and session, that the scorecard was opened; answers once that is stored. */
  recordViewed(recruiter: Recruiter, session: ShownSession): Promise<void>;
  /**
   * Records, once a minute for each recruiter and candidate, that an ATS told who that is; answers once that is stored.
   * @param ids names the candidate to the ATS; what stands in the record is a keyed hash of it.
   */
  recordResolved(recruiter: Recruiter, ats: string, ids: string, candidateKey: string | undefined): Promise<void>;
  /** The same as `seen` for what a stream brings: it is on its way already, so that a failure can only be logged. */
  recordSeenLive(recruiter: Recruiter, session: ShownSession): void;
  /**
   * Records an attempt. The same ones of a minute are one entry, told at its end with their number; of somebody who is
   * not signed in all are the same, whatever they named, so that no stranger fills the record.
   */
  recordRefused(refusal: RefusedAttempt): Promise<void>;
  /** Somebody was erased: should they come back, it is another person to the record, and seeing them is told again. */
  clearSeenCache(): void;
  /** Stores what is still being counted. */
  close(): Promise<void>;
}

/** Names of what was shown today that are remembered, so that each is recorded once. Beyond that some are told twice. */
const MAX_SEEN_CACHE = 200_000;
/** Characters of a timestamp that name the day, and the minute. */
const DAY_CHARS = 10;
const MINUTE_CHARS = 16;

interface Options {
  store: Store;
  clock: Clock;
  log: Log;
  /** Of refused attempts. */
  throttle: Throttle;
}

export function createAudit({ store, clock, log, throttle: repeats }: Options): Audit {
  let today = '';
  /** The commit of each. */
  const seenToday = new Map<string, Promise<void>>();
  const shown = createWriteBatcher<AuditEntry>((deeds) => store.write((queries) => recordAudit(queries, ...deeds)));

  /** What cannot be recorded now is recorded a minute later. */
  async function record(kind: string, refusal: RefusedAttempt, times: number, request?: string): Promise<void> {
    const { recruiter, code, route, session_uuid } = refusal;
    try {
      await store.write(async (queries) => {
        const session = session_uuid === undefined ? undefined : await queries.sessions.get(session_uuid);
        await recordAudit(queries, {
          ...(recruiter && { actor: recruiter }),
          action: 'refused',
          detail: `${code} ${route}`,
          ...(session && { subject: session }),
          count: times,
          requestId: request,
        });
      });
    } catch (error) {
      log.error({ err: error }, 'a refused attempt could not be recorded and will be tried again');
      repeats.carryOver(kind, times, (more) => record(kind, refusal, more));
    }
  }

  /** The session, where there is one: names that somebody made up are all one to the record. */
  async function held(uuid: string | undefined): Promise<string | undefined> {
    const session = uuid && (await store.read(({ sessions }) => sessions.get(uuid)).catch(() => undefined));
    return session ? uuid : undefined;
  }

  /** Records each deed once in the time that `when` names, and answers once all are stored. */
  async function once(when: string, deeds: readonly (AuditEntry & { actor: Recruiter; of: string })[]) {
    const day = when.slice(0, 10);
    if (day !== today || seenToday.size > MAX_SEEN_CACHE) seenToday.clear();
    today = day;
    const request = getRequestId();
    const commits = deeds.map(({ of, ...deed }) => {
      const { action, actor } = deed;
      const name = store.hash(JSON.stringify([action, when, actor.iss, actor.sub, of]));
      const known = seenToday.get(name);
      if (known) return known;
      const commit = shown({ ...deed, requestId: request });
      seenToday.set(name, commit);
      commit.catch(() => seenToday.delete(name));
      return commit;
    });
    await Promise.all(commits);
  }

  const audit: Audit = {
    recordSeen: (actor, sessions) =>
      once(
        timestamp(clock).slice(0, DAY_CHARS),
        sessions.map((subject) => ({ actor, action: 'seen', subject, of: subject.session_uuid })),
      ),
    recordViewed: (actor, subject) =>
      once(timestamp(clock).slice(0, MINUTE_CHARS), [{ actor, action: 'viewed', subject, of: subject.session_uuid }]),
    recordResolved: (actor, ats, ids, candidateKey) => {
      const of = store.hash(JSON.stringify([ats, ids]));
      const subject = candidateKey === undefined ? {} : { subject: { candidate_key: candidateKey } };
      const detail = `${ats} ${of.slice(0, 16)}`;
      return once(timestamp(clock).slice(0, MINUTE_CHARS), [{ actor, action: 'resolved', ...subject, detail, of }]);
    },

    recordSeenLive(recruiter, session) {
      audit.recordSeen(recruiter, [session]).catch((error: unknown) => {
        log.error({ err: error }, 'what a stream showed could not be recorded');
      });
    },

    async recordRefused(refusal) {
      const { recruiter, code, route } = refusal;
      const session_uuid = recruiter && (await held(refusal.session_uuid));
      const kind = JSON.stringify([recruiter?.iss, recruiter?.sub, code, route, session_uuid]);
      const first = { ...refusal, session_uuid };
      if (repeats.allow(kind, (more) => record(kind, first, more))) await record(kind, first, 1, getRequestId());
    },

    clearSeenCache: () => seenToday.clear(),

    close: () => repeats.close(),
  };
  return audit;
}

/** One line of the record, as it is handed out. */
export function formatAuditEntry({ times, ...entry }: AuditRow): string {
  const told = Object.entries({ ...entry, ...(times > 1 && { times }) }).filter(([, value]) => value !== null);
  return `${JSON.stringify(Object.fromEntries(told))}\n`;
}

/** A candidate's pseudonym; undefined where nothing is recorded about them. */
export async function findPseudonym({ audit }: Queries, candidateKey: string): Promise<string | undefined> {
  const secret = await audit.heldSecret(candidateKey);
  return secret && pseudonymize(secret, candidateKey);
}
