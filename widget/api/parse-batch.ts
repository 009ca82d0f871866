/** Parses responses and server-sent events about batches without throwing, as `parse.ts` does. */
import type { BatchCounts } from '../../proxy/contract/batch.ts';
import { type JsonRecord, readNumber, readRecords, readString, readStrings, toRecord } from '../util/json.ts';
import { isSafeLink } from './parse.ts';

/** Reasons for which the proxy never sends a row to Evalon. */
export const INVALID_ROW_REASONS = ['invalid_email', 'invalid_name', 'duplicate'];

/** The proxy may send a status or a reason that this version does not know. */
export interface BatchRow {
  candidate_email: string;
  candidate_name: string;
  status: string;
  reason?: string;
  session_uuid?: string;
  candidate_url?: string;
}

export interface BatchProgress {
  batch_id: string;
  total: number;
  counts: BatchCounts;
}

export interface BatchSummary extends BatchProgress {
  project_id: string;
  assessment_type: string;
  created_at: string;
}

export interface Batch extends BatchSummary {
  rows: BatchRow[];
}

export interface BatchList {
  batches: BatchSummary[];
  /** The cursor of the next page. */
  next?: string;
}

export function parseBatchProgress(value: unknown): BatchProgress | undefined {
  const record = toRecord(value);
  const batch_id = readString(record, 'batch_id');
  return batch_id ? { batch_id, ...readProgress(record) } : undefined;
}

export function parseBatch(value: unknown): Batch | undefined {
  const summary = parseBatchSummary(value);
  return summary && { ...summary, rows: parseBatchRows(value) };
}

export function parseBatchList(value: unknown): BatchList | undefined {
  const record = toRecord(value);
  if (!Array.isArray(record['batches'])) return undefined;
  const batches = readRecords(record, 'batches').flatMap((batch) => parseBatchSummary(batch) ?? []);
  return { batches, ...readStrings(record, 'next') };
}

/** Returns the rows in a batch, in the response to a dry run, or in a server-sent event. */
export function parseBatchRows(value: unknown): BatchRow[] {
  return readRecords(toRecord(value), 'rows').map((row) => {
    const { candidate_url, ...fields } = readStrings(row, 'status', 'reason', 'session_uuid', 'candidate_url');
    return {
      candidate_email: readString(row, 'candidate_email') ?? '',
      candidate_name: readString(row, 'candidate_name') ?? '',
      status: 'failed',
      ...fields,
      ...(candidate_url && isSafeLink(candidate_url) && { candidate_url }),
    };
  });
}

function parseBatchSummary(value: unknown): BatchSummary | undefined {
  const progress = parseBatchProgress(value);
  const fields = readStrings(toRecord(value), 'project_id', 'assessment_type', 'created_at');
  return progress && { ...progress, project_id: '', assessment_type: '', created_at: '', ...fields };
}

function readProgress(record: JsonRecord): Pick<BatchProgress, 'total' | 'counts'> {
  const counts = toRecord(record['counts']);
  const read = (status: string) => readNumber(counts, status) ?? 0;
  return {
    total: readNumber(record, 'total') ?? 0,
    counts: {
      queued: read('queued'),
      invited: read('invited'),
      existing: read('existing'),
      failed: read('failed'),
      cancelled: read('cancelled'),
    },
  };
}
