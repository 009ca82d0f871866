/** Exports all sessions that match the query as CSV, in the order of the table. Omits the candidates' links. */
import type { Session } from '../../api/parse.ts';
import { statusLabel } from '../../strings/en/common.ts';
import * as strings from '../../strings/en/results.ts';
import type { Connection } from '../../sync/connection.ts';
import { createComparator, type ResultsQuery, readAllPages } from '../../sync/results.ts';
import { toCsv } from '../../util/csv.ts';
import { saveCsvFile } from '../../util/download.ts';

export interface ExportOptions {
  connection: Connection;
  query: ResultsQuery;
  signal: AbortSignal;
  findLabel(session: Session): string;
  onProgress(count: number): void;
}

/** Returns the number of exported rows, or undefined if the signal aborted. */
export async function exportResults(options: ExportOptions): Promise<number | undefined> {
  const { connection, query, signal, findLabel, onProgress } = options;
  const sessions = new Map<string, Session>();
  for await (const page of readAllPages(connection, query, signal)) {
    for (const session of page) sessions.set(session.session_uuid, session);
    onProgress(sessions.size);
  }
  if (signal.aborted) return undefined;
  const { candidate, email, assessment, status, overall, overallMax, sections, invitedBy, invited, completed } =
    strings.columns;
  const header = [candidate, email, assessment, status, overall, overallMax, sections, invitedBy, invited, completed];
  const sorted = [...sessions.values()].sort(createComparator(query.sort));
  saveCsvFile(strings.csvFileName, toCsv([header, ...sorted.map((session) => toRow(session, findLabel(session)))]));
  return sessions.size;
}

function toRow(session: Session, label: string) {
  const { candidate_name, candidate_email, status, score_summary, invited_at, completed_at } = session;
  return [
    candidate_name,
    candidate_email,
    label,
    statusLabel(status),
    score_summary?.overall,
    score_summary?.overall_max,
    score_summary?.sections.map(strings.sectionScore).join('; '),
    getInviter(session),
    invited_at,
    completed_at,
  ];
}

/** Returns the name of the recruiter who invited the candidate, or the recruiter's id if the name is unknown. */
export function getInviter({ invited_by, invited_by_name }: Session): string {
  return invited_by_name ?? invited_by ?? '';
}
