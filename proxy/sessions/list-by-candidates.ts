/** What is known of the people a page shows, and the place in the log from which a stream can go on without a gap. */

import type { Audit } from '../audit/audit-log.ts';
import { maySee, maySeeCandidate, maySeeProject, type Recruiter, viewerOf } from '../auth/recruiter.ts';
import { candidateKey } from '../contract/candidate.ts';
import type { SessionQueryAnswer } from '../contract/list.ts';
import type { Session, WatchedCandidate } from '../contract/session.ts';
import type { SessionRow } from '../store/schema.ts';
import type { Store } from '../store/store.ts';
import { watchOf } from '../stream/candidate-filter.ts';
import type { Attention } from '../stream/viewed-candidates.ts';
import { Forbidden, NotFound } from '../util/errors.ts';
import { shownTo } from './session.ts';

/** Whether the recruiter may ask about this row of a page. */
export function mayWatch(recruiter: Recruiter, { candidate_email, project_id }: WatchedCandidate): boolean {
  return (
    recruiter.scope.has('read') &&
    maySeeCandidate(recruiter, candidateKey(candidate_email)) &&
    (project_id === undefined || maySeeProject(recruiter, project_id))
  );
}

export interface QueryOptions {
  store: Store;
  audit: Audit;
  attention: Pick<Attention, 'ask'>;
}

/** Answers the sessions of the rows that the recruiter may see, and names the others. */
export async function querySessions(
  { store, audit, attention }: QueryOptions,
  recruiter: Recruiter,
  candidates: readonly WatchedCandidate[],
): Promise<SessionQueryAnswer> {
  const watch = watchOf(candidates.filter((row) => mayWatch(recruiter, row)));
  const { head, rows } = await store.read(async ({ events, sessions }) => ({
    head: await events.head(),
    rows: await sessions.ofCandidates(watch.keys),
  }));
  const visible = rows.filter((row) => maySee(recruiter, row) && watch.covers(row));
  await audit.seen(recruiter, visible);
  attention.ask(visible.map(({ candidate_key }) => candidate_key));
  return {
    sessions: visible.map((row) => shownTo(recruiter, row)),
    cursor: `${store.epoch}.${head}`,
    viewer: viewerOf(recruiter, store.pepper),
    denied: candidates.filter((row) => !mayWatch(recruiter, row)),
  };
}

/** @throws Forbidden */
export function demandRead({ scope }: Recruiter): void {
  if (scope.has('read')) return;
  throw new Forbidden('Your sign-in does not let you see assessments. Ask your IT team for the scope "read".');
}

/**
 * Answers one session's row.
 * @throws NotFound also where the recruiter may not see it, so that nobody can probe what exists.
 */
export async function visibleSession(store: Store, recruiter: Recruiter, sessionUuid: string): Promise<SessionRow> {
  demandRead(recruiter);
  const row = await store.read(({ sessions }) => sessions.get(sessionUuid));
  if (!row || !maySee(recruiter, row))
    throw new NotFound('There is no such assessment, or you have no permission to see it. Ask your IT team.');
  return row;
}

/** @throws what `visibleSession` throws. */
export async function getSession(
  { store, audit, attention }: QueryOptions,
  recruiter: Recruiter,
  sessionUuid: string,
): Promise<Session> {
  const row = await visibleSession(store, recruiter, sessionUuid);
  await audit.seen(recruiter, [row]);
  attention.ask([row.candidate_key]);
  return shownTo(recruiter, row);
}
