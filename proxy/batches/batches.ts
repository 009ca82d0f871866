/**
 * Batches as their makers see them: validated and stored whole before they are acknowledged, and nobody else's business.
 * They are worked off in bulk.ts.
 */
import { randomBytes } from 'node:crypto';
import { note } from '../audit/audit-log.ts';
import { maySeeProject, type Recruiter } from '../auth/recruiter.ts';
import type {
  Batch,
  BatchList,
  BatchPreview,
  BatchProgress,
  BatchRequest,
  BatchRow,
  BatchSummary,
  RowStatus,
} from '../contract/batch.ts';
import { ROW_STATUSES } from '../contract/batch.ts';
import { candidateKey } from '../contract/candidate.ts';
import { isUseful } from '../invites/session-from-evalon.ts';
import type { StoredBatch } from '../store/schema.ts';
import type { HeldSession } from '../store/sessions.ts';
import type { Queries, Store } from '../store/store.ts';
import { type Clock, timestamp } from '../util/clock.ts';
import { Conflict, Forbidden, NotFound } from '../util/errors.ts';
import { progressOf, rowOf } from './progress.ts';
import { outcomeOf } from './row-result.ts';

export interface BatchOptions {
  store: Store;
  clock: Clock;
}

/** Batches on one page of the list. */
const PAGE = 50;
/** People looked up by one statement. */
const LOOKED_UP_AT_ONCE = 1_000;

const MISSING = 'There is no such batch, or it is not yours.';

/** @throws Forbidden where the token shows some candidates only, or lacks the scope. */
function demand(recruiter: Recruiter, scope: 'read' | 'invite'): void {
  if (recruiter.candidates) {
    throw new Forbidden('Your sign-in covers single candidates only: batches need one that covers a whole project.');
  }
  if (recruiter.scope.has(scope)) return;
  throw new Forbidden(
    scope === 'invite'
      ? 'Your sign-in does not let you invite candidates. Ask your IT team for the scope "invite".'
      : 'Your sign-in does not let you see assessments. Ask your IT team for the scope "read".',
  );
}

function demandProject(recruiter: Recruiter, projectId: string): void {
  if (!maySeeProject(recruiter, projectId)) {
    throw new Forbidden('Your sign-in does not cover this project. Ask your IT team for access.');
  }
}

/** Each person once, by the first row about them, under their key. */
function folded({ candidates }: BatchRequest): Map<string, BatchRequest['candidates'][number]> {
  const people = new Map<string, BatchRequest['candidates'][number]>();
  for (const candidate of candidates) {
    const key = candidateKey(candidate.candidate_email);
    if (!people.has(key)) people.set(key, candidate);
  }
  return people;
}

/**
 * Stores a batch and answers it; with a key that the caller has used before, the batch of that time.
 * @throws Forbidden; Conflict where the key was used for something else; Unavailable
 */
export async function storeBatch(
  { store, clock }: BatchOptions,
  recruiter: Recruiter,
  request: BatchRequest,
  idempotencyKey: string | undefined,
): Promise<BatchProgress> {
  demand(recruiter, 'invite');
  demandProject(recruiter, request.project_id);
  const { iss, sub } = recruiter;
  const { project_id, assessment_type, candidates } = request;
  const said = [project_id, assessment_type, candidates.map((row) => [row.candidate_email, row.candidate_name])];
  const body_hash = store.hash(JSON.stringify(said));
  const idempotency = idempotencyKey === undefined ? null : store.hash(JSON.stringify([iss, sub, idempotencyKey]));

  return store.write(async (queries) => {
    const held = idempotency === null ? undefined : await queries.batches.byIdempotency(idempotency);
    if (held && held.body_hash !== body_hash) {
      throw new Conflict('This Idempotency-Key was used for another batch. Use a new key for each batch.');
    }
    if (held) return progressOf(queries, held.batch_id);

    const batch_id = `batch_${randomBytes(12).toString('base64url')}`;
    const now = timestamp(clock);
    const owner = { issuer: iss, owner: sub };
    await queries.batches.add(
      { batch_id, ...owner, project_id, assessment_type, idempotency, body_hash, created_at: now },
      [...folded(request)].map(([candidate_key, { candidate_email, candidate_name }]) => ({
        batch_id,
        candidate_key,
        candidate_email,
        candidate_name,
        status: 'queued',
        due_at: now,
        updated_at: now,
      })),
    );
    const progress = await progressOf(queries, batch_id);
    await noteBatch(queries, recruiter, 'batch_made', progress.total, { batch_id, project_id });
    return progress;
  });
}

/** Answers what would become of each row by what is known here; stores nothing and asks Evalon nothing. */
export async function previewBatch(
  { store }: Pick<BatchOptions, 'store'>,
  recruiter: Recruiter,
  request: BatchRequest,
): Promise<BatchPreview> {
  demand(recruiter, 'invite');
  demandProject(recruiter, request.project_id);
  const people = folded(request);
  const held = await store.read(async ({ sessions }) => {
    const found: [string, HeldSession][] = [];
    const keys = [...people.keys()];
    for (let at = 0; at < keys.length; at += LOOKED_UP_AT_ONCE) {
      found.push(...(await sessions.currentOf(request.project_id, keys.slice(at, at + LOOKED_UP_AT_ONCE))));
    }
    return new Map(found);
  });
  const rows = [...people].map(([key, candidate]): BatchRow => {
    const session = held.get(key);
    if (!session) return { ...candidate, status: 'invited' };
    const { session_uuid } = session;
    const { status, reason } = outcomeOf(session, request, false);
    const link = status === 'existing' && isUseful(session) ? session.candidate_url : null;
    return {
      ...candidate,
      status,
      session_uuid,
      ...(link !== null && { candidate_url: link }),
      ...(reason !== null && { reason }),
    };
  });
  const counts = Object.fromEntries(ROW_STATUSES.map((status) => [status, countOf(rows, status)]));
  return { dry_run: true, total: rows.length, counts: counts as BatchPreview['counts'], rows };
}

function countOf(rows: readonly BatchRow[], status: RowStatus): number {
  return rows.filter((row) => row.status === status).length;
}

/** Answers the caller's batches of the projects that the token covers, newest first, older than the one named `after`. */
export async function listBatches(store: Store, recruiter: Recruiter, after?: string): Promise<BatchList> {
  demand(recruiter, 'read');
  return store.read(async (queries) => {
    const before = after === undefined ? undefined : (await ownBatch(queries, recruiter, after)).id;
    const projects = recruiter.projects === 'every' ? undefined : [...recruiter.projects];
    const owner = { issuer: recruiter.iss, owner: recruiter.sub };
    const found = await queries.batches.of(owner, PAGE + 1, before, projects);
    const shown = found.slice(0, PAGE);
    const batches: BatchSummary[] = [];
    for (const batch of shown) batches.push(await summaryOf(queries, batch));
    const last = shown.at(-1);
    return { batches, ...(found.length > PAGE && last && { next: last.batch_id }) };
  });
}

/** @throws NotFound also where it is another's, or of a project that the token does not cover. */
export async function getBatch(store: Store, recruiter: Recruiter, batchId: string): Promise<Batch> {
  demand(recruiter, 'read');
  return store.read(async (queries) => {
    const batch = await ownBatch(queries, recruiter, batchId);
    const rows = (await queries.batches.rows(batchId)).map(rowOf);
    const withLinks = recruiter.scope.has('invite');
    const shown = withLinks ? rows : rows.map(({ candidate_url: _, ...row }) => row);
    return { ...(await summaryOf(queries, batch)), rows: shown };
  });
}

/** Cancels what is still queued; a row that Evalon is being asked for at this moment gets its outcome. */
export function cancelBatch({ store }: BatchOptions, recruiter: Recruiter, batchId: string): Promise<BatchProgress> {
  demand(recruiter, 'invite');
  return store.write(async (queries) => {
    const batch = await ownBatch(queries, recruiter, batchId);
    const rows = await queries.batches.cancel(batchId);
    await noteBatch(queries, recruiter, 'batch_cancelled', rows, batch);
    return progressOf(queries, batchId);
  });
}

/** Queues again what failed, and nothing else. */
export function retryBatch({ store }: BatchOptions, recruiter: Recruiter, batchId: string): Promise<BatchProgress> {
  demand(recruiter, 'invite');
  return store.write(async (queries) => {
    const batch = await ownBatch(queries, recruiter, batchId);
    const rows = await queries.batches.retry(batchId);
    await noteBatch(queries, recruiter, 'batch_retried', rows, batch);
    return progressOf(queries, batchId);
  });
}

/** @throws Forbidden unless all of these are the caller's, and of projects that the token covers. */
export async function demandBatches(store: Store, recruiter: Recruiter, batchIds: readonly string[]): Promise<void> {
  if (!batchIds.length) return;
  demand(recruiter, 'read');
  await store.read(async ({ batches }) => {
    for (const batchId of batchIds) {
      const batch = await batches.get(batchId);
      if (!batch || !isOwn(recruiter, batch)) {
        throw new Forbidden('Your sign-in does not cover all batches of this page. Reload the page.');
      }
    }
  });
}

async function ownBatch({ batches }: Queries, recruiter: Recruiter, batchId: string): Promise<StoredBatch> {
  const batch = await batches.get(batchId);
  if (!batch || !isOwn(recruiter, batch)) throw new NotFound(MISSING);
  return batch;
}

function isOwn(recruiter: Recruiter, { issuer, owner, project_id }: StoredBatch): boolean {
  return issuer === recruiter.iss && owner === recruiter.sub && maySeeProject(recruiter, project_id);
}

async function summaryOf(queries: Queries, batch: StoredBatch): Promise<BatchSummary> {
  const { batch_id, project_id, assessment_type, created_at } = batch;
  return { ...(await progressOf(queries, batch_id)), project_id, assessment_type, created_at };
}

function noteBatch(
  queries: Queries,
  { iss, sub }: Recruiter,
  action: 'batch_made' | 'batch_cancelled' | 'batch_retried',
  rows: number,
  { batch_id, project_id }: Pick<StoredBatch, 'batch_id' | 'project_id'>,
): Promise<void> {
  return note(queries, { actor: { iss, sub }, action, detail: `${batch_id} rows=${rows}`, project_id });
}
