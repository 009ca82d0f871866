/**
 * A recruiter's own batches: create, list, read, cancel and retry. The proxy stores all rows before it acknowledges a
 * batch. worker.ts invites the rows.
 */
import { randomBytes } from 'node:crypto';
import { type Audit, recordAudit } from '../audit/audit-log.ts';
import { assertProject, assertScope } from '../auth/permissions.ts';
import { canSeeProject, type Recruiter, type Scope } from '../auth/recruiter.ts';
import type {
  Batch,
  BatchList,
  BatchProgress,
  BatchRequest,
  BatchSummary,
  InvalidRowReason,
} from '../contract/batch.ts';
import { toCandidateKey } from '../contract/candidate.ts';
import type { StoredBatch } from '../store/schema.ts';
import type { Queries, Store } from '../store/store.ts';
import { type Clock, timestamp } from '../util/clock.ts';
import { Conflict, Forbidden, NotFound } from '../util/errors.ts';
import { getBatchProgress, toBatchRow } from './progress.ts';

export type BatchCandidate = Omit<BatchRequest['candidates'][number], 'reason'> & { reason?: InvalidRowReason };

const LIST_PAGE_SIZE = 50;

export interface ReadBatchOptions {
  store: Store;
  audit: Pick<Audit, 'recordSeen' | 'recordBatchesSeen'>;
}

/**
 * Stores a batch. If the recruiter has used the idempotency key before, returns the earlier batch.
 * @throws Forbidden, Conflict if the key belongs to another request, Unavailable
 */
export async function createBatch(
  { store, clock }: { store: Store; clock: Clock },
  recruiter: Recruiter,
  request: BatchRequest,
  idempotencyKey: string | undefined,
): Promise<BatchProgress> {
  assertBatchScope(recruiter, 'invite');
  assertProject(recruiter, request.project_id);
  const { iss, sub, name: creator_name = null } = recruiter;
  const { project_id, assessment_type } = request;
  const body_hash = hashRequest(store, request);
  const idempotency_hash = idempotencyKey === undefined ? null : store.hash(JSON.stringify([iss, sub, idempotencyKey]));

  return store.write(async (queries) => {
    const earlierBatch =
      idempotency_hash === null ? undefined : await queries.batches.getByIdempotencyKey(idempotency_hash);
    if (earlierBatch && earlierBatch.body_hash !== body_hash) {
      throw new Conflict('This Idempotency-Key belongs to another batch. Use a new key for each batch.');
    }
    if (earlierBatch) return getBatchProgress(queries, earlierBatch.batch_id);

    const batch_id = `batch_${randomBytes(12).toString('base64url')}`;
    const now = timestamp(clock);
    await queries.batches.insert(
      {
        batch_id,
        issuer: iss,
        sub,
        creator_name,
        project_id,
        assessment_type,
        idempotency_hash,
        body_hash,
        created_at: now,
      },
      markDuplicates(request).map(({ candidate_email, candidate_name, reason = null }) => ({
        batch_id,
        candidate_key: toCandidateKey(candidate_email),
        candidate_email,
        candidate_name,
        status: reason === null ? 'queued' : 'failed',
        reason,
        due_at: queries.dueClock.dueAt(),
        updated_at: now,
      })),
    );
    const progress = await getBatchProgress(queries, batch_id);
    await auditBatch(queries, recruiter, 'batch_made', progress.total, { batch_id, project_id });
    return progress;
  });
}

export interface BatchListOptions {
  /** Id of the last batch of the previous page. */
  after?: string | undefined;
  project_id?: string | undefined;
  assessment_type?: string | undefined;
}

/** Lists the recruiter's batches in the token's projects, newest first, in pages of 50. */
export async function listBatches(store: Store, recruiter: Recruiter, options: BatchListOptions): Promise<BatchList> {
  assertBatchScope(recruiter, 'read');
  const { after, project_id, assessment_type } = options;
  const projects = listProjects(recruiter, project_id);
  return store.read(async (queries) => {
    const before = after === undefined ? undefined : (await getVisibleBatch(queries, recruiter, after)).id;
    const creator = { issuer: recruiter.iss, sub: recruiter.sub };
    const filter = { before, projects, assessmentType: assessment_type };
    const found = await queries.batches.listByRecruiter(creator, filter, LIST_PAGE_SIZE + 1);
    const page = found.slice(0, LIST_PAGE_SIZE);
    const batches: BatchSummary[] = [];
    for (const batch of page) batches.push(await getBatchSummary(queries, batch));
    const last = page.at(-1);
    return { batches, ...(found.length > LIST_PAGE_SIZE && last && { next: last.batch_id }) };
  });
}

/**
 * Returns the token's projects; undefined for all. If a project is requested, returns only this project, or none if the
 * token lacks it.
 */
function listProjects(recruiter: Recruiter, projectId: string | undefined): string[] | undefined {
  if (projectId !== undefined) return canSeeProject(recruiter, projectId) ? [projectId] : [];
  return recruiter.projects === 'every' ? undefined : [...recruiter.projects];
}

/** @throws Forbidden, NotFound */
export async function getBatch(
  { store, audit }: ReadBatchOptions,
  recruiter: Recruiter,
  batchId: string,
): Promise<Batch> {
  assertBatchScope(recruiter, 'read');
  const found = await store.read(async (queries) => {
    const batch = await getVisibleBatch(queries, recruiter, batchId);
    const rows = (await queries.batches.listRows(batchId)).map(toBatchRow);
    const visibleRows = recruiter.scope.has('invite') ? rows : rows.map(({ candidate_url: _, ...row }) => row);
    return { ...(await getBatchSummary(queries, batch)), rows: visibleRows };
  });
  await audit.recordBatchesSeen(recruiter, [found]);
  return found;
}

/** Cancels the queued rows, except those in a running call to Evalon. */
export function cancelBatch(store: Store, recruiter: Recruiter, batchId: string): Promise<BatchProgress> {
  return changeBatch(store, recruiter, batchId, 'batch_cancelled', ({ batches }) => batches.cancelQueued(batchId));
}

/** Queues the failed rows again, except the invalid rows. */
export function retryBatch(store: Store, recruiter: Recruiter, batchId: string): Promise<BatchProgress> {
  return changeBatch(store, recruiter, batchId, 'batch_retried', ({ batches }) => batches.requeueFailed(batchId));
}

/** @param change returns how many rows it changed. */
async function changeBatch(
  store: Store,
  recruiter: Recruiter,
  batchId: string,
  action: BatchAction,
  change: (queries: Queries) => Promise<number>,
): Promise<BatchProgress> {
  assertBatchScope(recruiter, 'invite');
  return store.write(async (queries) => {
    const batch = await getVisibleBatch(queries, recruiter, batchId);
    await auditBatch(queries, recruiter, action, await change(queries), batch);
    return getBatchProgress(queries, batchId);
  });
}

/** @throws Forbidden unless the recruiter created all batches and the token covers their projects. */
export async function authorizeBatchStream(
  { store, audit }: ReadBatchOptions,
  recruiter: Recruiter,
  batchIds: readonly string[],
): Promise<void> {
  if (!batchIds.length) return;
  assertBatchScope(recruiter, 'read');
  const found = await store.read(({ batches }) => Promise.all(batchIds.map(batches.get)));
  const visible = found.flatMap((batch) => (batch && canSeeBatch(recruiter, batch) ? [batch] : []));
  if (visible.length < batchIds.length) {
    throw new Forbidden("You don't have access to every batch on this page. Reload the page.");
  }
  await audit.recordBatchesSeen(recruiter, visible);
}

export function assertBatchScope(recruiter: Recruiter, scope: Scope): void {
  if (recruiter.candidateKeys) {
    throw new Forbidden('Your sign-in covers only certain candidates. Ask IT for access to the whole project.');
  }
  assertScope(recruiter, scope);
}

/** Sets the reason `duplicate` on each valid row that repeats the email of an earlier valid row. */
export function markDuplicates({ candidates }: BatchRequest): BatchCandidate[] {
  const seen = new Set<string>();
  return candidates.map((candidate) => {
    if (candidate.reason) return candidate;
    const key = toCandidateKey(candidate.candidate_email);
    const isDuplicate = seen.has(key);
    seen.add(key);
    return isDuplicate ? { ...candidate, reason: 'duplicate' } : candidate;
  });
}

function hashRequest(store: Store, { project_id, assessment_type, candidates }: BatchRequest): string {
  const rows = candidates.map(({ candidate_email, candidate_name }) => [candidate_email, candidate_name]);
  return store.hash(JSON.stringify([project_id, assessment_type, rows]));
}

/** @throws NotFound if the batch does not exist, or if the recruiter may not see it. */
async function getVisibleBatch({ batches }: Queries, recruiter: Recruiter, batchId: string): Promise<StoredBatch> {
  const batch = await batches.get(batchId);
  if (!batch || !canSeeBatch(recruiter, batch)) {
    throw new NotFound("This batch doesn't exist, or you don't have access to it.");
  }
  return batch;
}

function canSeeBatch(recruiter: Recruiter, { issuer, sub, project_id }: StoredBatch): boolean {
  return issuer === recruiter.iss && sub === recruiter.sub && canSeeProject(recruiter, project_id);
}

async function getBatchSummary(queries: Queries, batch: StoredBatch): Promise<BatchSummary> {
  const { batch_id, project_id, assessment_type, created_at } = batch;
  return { ...(await getBatchProgress(queries, batch_id)), project_id, assessment_type, created_at };
}

type BatchAction = 'batch_made' | 'batch_cancelled' | 'batch_retried';

function auditBatch(
  queries: Queries,
  { iss, sub }: Recruiter,
  action: BatchAction,
  rowCount: number,
  { batch_id, project_id }: Pick<StoredBatch, 'batch_id' | 'project_id'>,
): Promise<void> {
  return recordAudit(queries, { actor: { iss, sub }, action, detail: `${batch_id} rows=${rowCount}`, project_id });
}
