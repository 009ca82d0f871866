/** The scripted proxy's responses about batches. */
import type { Batch, BatchRow, BatchSummary } from '../../contract/batch.ts';
import { isEmail, normalizeEmail, normalizeName, toCandidateKey } from '../../contract/candidate.ts';
import * as ROUTES from '../../contract/routes.ts';
import type { Session } from '../../contract/session.ts';

interface BatchBody {
  dry_run?: boolean;
  assessment_type: string;
  candidates: { candidate_email: string; candidate_name: string }[];
}

interface StoredData {
  batches: readonly Batch[];
  sessions: readonly Session[];
}

/** Returns the body of the response, or undefined for an unknown batch. */
export function respondToBatches(stored: StoredData, method: string, path: string, body: unknown): unknown {
  const { batches } = stored;
  if (path === ROUTES.batches) {
    if (method === 'POST') return createOrPreview(stored, body as BatchBody);
    return { batches: batches.map(toSummary) };
  }
  const [batchId] = path.slice(ROUTES.batches.length + 1).split('/');
  const batch = batches.find(({ batch_id }) => batch_id === batchId);
  if (!batch) return undefined;
  return method === 'POST' ? toSummary(batch) : batch;
}

export function countRows(rows: readonly BatchRow[]): Batch['counts'] {
  const count = (status: string) => rows.filter((row) => row.status === status).length;
  return {
    queued: count('queued'),
    invited: count('invited'),
    existing: count('existing'),
    failed: count('failed'),
    cancelled: count('cancelled'),
  };
}

/** Returns a preview for a dry run, and the first scripted batch for an invite. */
function createOrPreview({ batches: [firstBatch], sessions }: StoredData, body: BatchBody): unknown {
  if (!body.dry_run) return firstBatch && toSummary(firstBatch);
  const seen = new Set<string>();
  const rows = body.candidates.map((candidate): BatchRow => {
    const candidate_email = normalizeEmail(candidate.candidate_email);
    const candidate_name = normalizeName(candidate.candidate_name);
    const key = toCandidateKey(candidate_email);
    const isDuplicate = seen.has(key);
    seen.add(key);
    const row = { candidate_email, candidate_name };
    if (!isEmail(candidate_email)) return { ...row, status: 'failed', reason: 'invalid_email' };
    if (!candidate_name) return { ...row, status: 'failed', reason: 'invalid_name' };
    if (isDuplicate) return { ...row, status: 'failed', reason: 'duplicate' };
    return { ...row, ...previewOutcome(sessions, key, body.assessment_type) };
  });
  return { dry_run: true, total: rows.length, counts: countRows(rows), rows };
}

function previewOutcome(
  sessions: readonly Session[],
  candidateKey: string,
  assessmentType: string,
): Pick<BatchRow, 'status' | 'reason'> {
  const session = sessions.find(({ candidate_email }) => toCandidateKey(candidate_email) === candidateKey);
  if (!session) return { status: 'invited' };
  return session.assessment_type === assessmentType
    ? { status: 'existing' }
    : { status: 'failed', reason: 'type_conflict' };
}

function toSummary({ rows: _, ...summary }: Batch): BatchSummary {
  return summary;
}
