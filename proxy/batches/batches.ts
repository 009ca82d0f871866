/**
 * Batches as their makers see them: validated and stored whole before they are acknowledged, and nobody else's business.
 * They are worked off in bulk.ts.
 */
import { randomBytes } from 'node:crypto';
import { recordAudit } from '../audit/audit-log.ts';
import { canSeeProject, type Recruiter } from '../auth/recruiter.ts';
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
import { toCandidateKey } from '../contract/candidate.ts';
import { isReusable } from '../invites/session-from-evalon.ts';
import type { StoredBatch } from '../store/schema.ts';
import type { ExistingSession } from '../store/sessions.ts';
import type { Queries, Store } from '../store/store.ts';
import { type Clock, timestamp } from '../util/clock.ts';
import { Conflict, Forbidden, NotFound } from '../util/errors.ts';
import { getBatchProgress, toBatchRow } from './progress.ts';
import { toRowChange } from './row-result.ts';

export interface BatchOptions {
  store: Store;
  clock: Clock;
}

/** Batches on one page of the list. */
const PAGE_SIZE = 50;
/** People looked up by one statement. */
const LOOKUP_CHUNK_SIZE = 1_000;

const NOT_FOUND_MESSAGE = 'There is no such batch, or it is not yours.';

/** @throws Forbidden where the token shows some candidates only, or lacks the scope. */
function assertBatchScope(recruiter: Recruiter, scope: 'read' | 'invite'): void {
  if (recruiter.candidateKeys) {
    throw new Forbidden('Your sign-in covers single candidates only: batches need one that covers a whole project.');
  }
  if (recruiter.scope.has(scope)) return;
  throw new Forbidden(
    scope === 'invite'
      ? 'Your sign-in does not let you invite candidates. Ask your IT team for the scope "invite".'
      : 'Your sign-in does not let you see assessments. Ask your IT team for the scope "read".',
  );
}

function assertProjectAllowed(recruiter: Recruiter, projectId: string): void {
  if (!canSeeProject(recruiter, projectId)) {
    throw new Forbidden('Your sign-in does not cover this project. Ask your IT team for access.');
  }
}

/** Each person once, by the first row about them, under their key. */
function dedupeCandidates({ candidates }: BatchRequest): Map<string, BatchRequest['candidates'][number]> {
  const people = new Map<string, BatchRequest['candidates'][number]>();
  for (const candidate of candidates) {
    const key = toCandidateKey(candidate.candidate_email);
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
  assertBatchScope(recruiter, 'invite');
  assertProjectAllowed(recruiter, request.project_id);
  const { iss, sub } = recruiter;
  const { project_id, assessment_type, candidates } = request;
  const said = [project_id, assessment_type, candidates.map((row) => [row.candidate_email, row.candidate_name])];
  const body_hash = store.hash(JSON.stringify(said));
  const idempotency_hash = idempotencyKey === undefined ? null : store.hash(JSON.stringify([iss, sub, idempotencyKey]));

  return store.write(async (queries) => {
    const held = idempotency_hash === null ? undefined : await queries.batches.getByIdempotencyKey(idempotency_hash);
    if (held && held.body_hash !== body_hash) {
      throw new Conflict('This Idempotency-Key was used for another batch. Use a new key for each batch.');
    }
    if (held) return getBatchProgress(queries, held.batch_id);

    const batch_id = `batch_${randomBytes(12).toString('base64url')}`;
    const now = timestamp(clock);
    const owner = { issuer: iss, sub };
    await queries.batches.add(
      { batch_id, ...owner, project_id, assessment_type, idempotency_hash, body_hash, created_at: now },
      [...dedupeCandidates(request)].map(([candidate_key, { candidate_email, candidate_name }]) => ({
        batch_id,
        candidate_key,
        candidate_email,
        candidate_name,
        status: 'queued',
        due_at: now,
        updated_at: now,
      })),
    );
    const progress = await getBatchProgress(queries, batch_id);
    await auditBatch(queries, recruiter, 'batch_made', progress.total, { batch_id, project_id });
    return progress;
  });
}

/** Answers what would become of each row by what is known here; stores nothing and asks Evalon nothing. */
export async function previewBatch(
  { store }: Pick<BatchOptions, 'store'>,
  recruiter: Recruiter,
  request: BatchRequest,
): Promise<BatchPreview> {
  assertBatchScope(recruiter, 'invite');
  assertProjectAllowed(recruiter, request.project_id);
  const people = dedupeCandidates(request);
  const held = await store.read(async ({ sessions }) => {
    const found: [string, ExistingSession][] = [];
    const keys = [...people.keys()];
    for (let at = 0; at < keys.length; at += LOOKUP_CHUNK_SIZE) {
      found.push(...(await sessions.getNewestByCandidate(request.project_id, keys.slice(at, at + LOOKUP_CHUNK_SIZE))));
    }
    return new Map(found);
  });
  const rows = [...people].map(([key, candidate]): BatchRow => {
    const session = held.get(key);
    if (!session) return { ...candidate, status: 'invited' };
    const { session_uuid } = session;
    const { status, reason } = toRowChange(session, request, false);
    const link = status === 'existing' && isReusable(session) ? session.candidate_url : null;
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
  assertBatchScope(recruiter, 'read');
  return store.read(async (queries) => {
    const before = after === undefined ? undefined : (await getOwnBatch(queries, recruiter, after)).id;
    const projects = recruiter.projects === 'every' ? undefined : [...recruiter.projects];
    const owner = { issuer: recruiter.iss, sub: recruiter.sub };
    const found = await queries.batches.listByOwner(owner, PAGE_SIZE + 1, before, projects);
    const shown = found.slice(0, PAGE_SIZE);
    const batches: BatchSummary[] = [];
    for (const batch of shown) batches.push(await getBatchSummary(queries, batch));
    const last = shown.at(-1);
    return { batches, ...(found.length > PAGE_SIZE && last && { next: last.batch_id }) };
  });
}

/** @throws NotFound also where it is another's, or of a project that the token does not cover. */
export async function getBatch(store: Store, recruiter: Recruiter, batchId: string): Promise<Batch> {
  assertBatchScope(recruiter, 'read');
  return store.read(async (queries) => {
    const batch = await getOwnBatch(queries, recruiter, batchId);
    const rows = (await queries.batches.listRows(batchId)).map(toBatchRow);
    const withLinks = recruiter.scope.has('invite');
    const shown = withLinks ? rows : rows.map(({ candidate_url: _, ...row }) => row);
    return { ...(await getBatchSummary(queries, batch)), rows: shown };
  });
}

/** Cancels what is still queued; a row that Evalon is being asked for at this moment gets its outcome. */
export function cancelBatch({ store }: BatchOptions, recruiter: Recruiter, batchId: string): Promise<BatchProgress> {
  assertBatchScope(recruiter, 'invite');
  return store.write(async (queries) => {
    const batch = await getOwnBatch(queries, recruiter, batchId);
    const rows = await queries.batches.cancelQueued(batchId);
    await auditBatch(queries, recruiter, 'batch_cancelled', rows, batch);
    return getBatchProgress(queries, batchId);
  });
}

/** Queues again what failed, and nothing else. */
export function retryBatch({ store }: BatchOptions, recruiter: Recruiter, batchId: string): Promise<BatchProgress> {
  assertBatchScope(recruiter, 'invite');
  return store.write(async (queries) => {
    const batch = await getOwnBatch(queries, recruiter, batchId);
    const rows = await queries.batches.requeueFailed(batchId);
    await auditBatch(queries, recruiter, 'batch_retried', rows, batch);
    return getBatchProgress(queries, batchId);
  });
}

/** @throws Forbidden unless all of these are the caller's, and of projects that the token covers. */
export async function assertCanReadBatches(
  store: Store,
  recruiter: Recruiter,
  batchIds: readonly string[],
): Promise<void> {
  if (!batchIds.length) return;
  assertBatchScope(recruiter, 'read');
  await store.read(async ({ batches }) => {
    for (const batchId of batchIds) {
      const batch = await batches.get(batchId);
      if (!batch || !isOwn(recruiter, batch)) {
        throw new Forbidden('Your sign-in does not cover all batches of this page. Reload the page.');
      }
    }
  });
}

async function getOwnBatch({ batches }: Queries, recruiter: Recruiter, batchId: string): Promise<StoredBatch> {
  const batch = await batches.get(batchId);
  if (!batch || !isOwn(recruiter, batch)) throw new NotFound(NOT_FOUND_MESSAGE);
  return batch;
}

function isOwn(recruiter: Recruiter, { issuer, sub, project_id }: StoredBatch): boolean {
  return issuer === recruiter.iss && sub === recruiter.sub && canSeeProject(recruiter, project_id);
}

async function getBatchSummary(queries: Queries, batch: StoredBatch): Promise<BatchSummary> {
  const { batch_id, project_id, assessment_type, created_at } = batch;
  return { ...(await getBatchProgress(queries, batch_id)), project_id, assessment_type, created_at };
}

function auditBatch(
  queries: Queries,
  { iss, sub }: Recruiter,
  action: 'batch_made' | 'batch_cancelled' | 'batch_retried',
  rows: number,
  { batch_id, project_id }: Pick<StoredBatch, 'batch_id' | 'project_id'>,
): Promise<void> {
  return recordAudit(queries, { actor: { iss, sub }, action, detail: `${batch_id} rows=${rows}`, project_id });
}
