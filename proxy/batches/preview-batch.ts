/** Previews a batch: the result that each row would probably have. */
import { setImmediate } from 'node:timers/promises';
import { assertProject } from '../auth/permissions.ts';
import type { Recruiter } from '../auth/recruiter.ts';
import {
  type BatchCounts,
  type BatchPreview,
  type BatchRequest,
  type BatchRow,
  ROW_STATUSES,
} from '../contract/batch.ts';
import { toCandidateKey } from '../contract/candidate.ts';
import type { ExistingSession } from '../store/sessions.ts';
import type { Store } from '../store/store.ts';
import { assertBatchScope, type BatchCandidate, markDuplicates, type ReadBatchOptions } from './batches.ts';
import { toBatchRow } from './progress.ts';
import { toRowChange } from './row-result.ts';

/** The maximum number of candidates that one statement looks up. */
const LOOKUP_CHUNK_SIZE = 1_000;
/** How many audit entries one commit stores. */
const AUDIT_CHUNK_SIZE = 100;

/** Predicts the result of each row from the stored sessions. Stores only audit entries, and does not call Evalon. */
export async function previewBatch(
  { store, audit }: ReadBatchOptions,
  recruiter: Recruiter,
  request: BatchRequest,
): Promise<BatchPreview> {
  assertBatchScope(recruiter, 'invite');
  assertProject(recruiter, request.project_id);
  const candidates = markDuplicates(request);
  const keys = candidates.map(({ candidate_email }) => toCandidateKey(candidate_email));
  const sessions = await findNewestSessions(store, request.project_id, keys);
  await recordAllSeen(audit, recruiter, [...sessions.values()]);
  const rows = candidates.map((candidate, index) => previewRow(candidate, sessions.get(keys[index] ?? ''), request));
  const counts = Object.fromEntries(
    ROW_STATUSES.map((status) => [status, rows.filter((row) => row.status === status).length]),
  ) as BatchCounts;
  return { dry_run: true, total: rows.length, counts, rows };
}

function findNewestSessions(
  store: Store,
  projectId: string,
  candidateKeys: readonly string[],
): Promise<Map<string, ExistingSession>> {
  return store.read(async ({ sessions }) => {
    const found: [string, ExistingSession][] = [];
    for (let start = 0; start < candidateKeys.length; start += LOOKUP_CHUNK_SIZE) {
      const keys = candidateKeys.slice(start, start + LOOKUP_CHUNK_SIZE);
      found.push(...(await sessions.getNewestByCandidate(projectId, keys)));
    }
    return new Map(found);
  });
}

/**
 * Stores the audit entries in several commits: one commit for the 10,000 rows of a preview would delay other requests.
 */
async function recordAllSeen(
  audit: ReadBatchOptions['audit'],
  recruiter: Recruiter,
  sessions: readonly ExistingSession[],
): Promise<void> {
  for (let start = 0; start < sessions.length; start += AUDIT_CHUNK_SIZE) {
    await audit.recordSeen(recruiter, sessions.slice(start, start + AUDIT_CHUNK_SIZE));
    await setImmediate();
  }
}

function previewRow(candidate: BatchCandidate, session: ExistingSession | undefined, request: BatchRequest): BatchRow {
  if (candidate.reason) return { ...candidate, status: 'failed' };
  if (!session) return { ...candidate, status: 'invited' };
  const { candidate_url, link_problem } = session;
  return toBatchRow({
    ...candidate,
    ...toRowChange(session, request, 'existing'),
    session_status: session.status,
    candidate_url,
    link_problem,
  });
}
