/** English text of the list of results. */
import { formatScore } from './common.ts';

export const resultsTitle = 'Results';
export const searchLabel = 'Search by name or email';
export const statusFilter = 'Status';
export const allStatuses = 'All statuses';
export const assessmentFilter = 'Assessment';
export const allAssessments = 'All assessments';
export const sortLabel = 'Sort by';
export const sortNames = {
  '-updated_at': 'Last change, newest first',
  updated_at: 'Last change, oldest first',
  '-completed_at': 'Completion, newest first',
  '-overall': 'Overall score',
};
export const columns = {
  compare: 'Compare',
  candidate: 'Candidate',
  email: 'Email',
  assessment: 'Assessment',
  status: 'Status',
  overall: 'Overall',
  overallMax: 'Overall maximum',
  sections: 'Sections',
  invitedBy: 'Invited by',
  invited: 'Invited',
  completed: 'Completed',
  changed: 'Last change',
};
export const noSessions = 'Candidates you invite to this project will appear here.';
export const noMatches = 'No results match. Change the search or the filters.';
export const showMore = 'Show more';
export const exportCsv = 'Download all as CSV';
export const printList = 'Print list';
export const cancelExport = 'Cancel export';
export const csvFileName = 'results.csv';
export const exportCancelled = 'Export cancelled.';
export const compare = 'Compare';
export const compareTitle = 'Side by side';
export const closeCompare = 'Close comparison';

export function compareHint(max: number): string {
  return `Select 2 to ${max} results to compare.`;
}

export function compareLabel(name: string): string {
  return `Compare ${name}`;
}

export function showChanges(count: number): string {
  return count === 1 ? 'Show 1 update' : `Show ${count} updates`;
}

export function shownCount({ count, hasMore }: { count: number; hasMore: boolean }): string {
  if (hasMore) return `First ${count} shown`;
  return count === 1 ? '1 candidate' : `${count} candidates`;
}

export function exportProgress(count: number): string {
  return `Exporting… ${count} rows`;
}

export function exportDone(count: number): string {
  return count === 1 ? '1 row exported.' : `${count} rows exported.`;
}

export function sectionScore({
  name,
  score,
  max_score,
}: {
  name: string;
  score: number | null;
  max_score: number | null;
}) {
  return `${name}: ${formatScore(score, max_score)}`;
}
