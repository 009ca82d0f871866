/** Bulk invites: sources, preview, progress and outcome. */
import type { Batch, BatchRow } from '../../../contract/batch.ts';
import { createClientConfig, createSession, createStory, FIXED_NOW, JANE, MARKETING, PROJECT_ID } from '../fixtures.ts';
import { countRows } from '../scripted-batches.ts';
import { COHORT, type Story } from '../story.ts';

const config = createClientConfig();
const attributes = { 'project-id': PROJECT_ID, 'assessment-type': MARKETING.assessment_type };

const NAMES = ['Amara Sample', 'Lukas Demo', 'Mei Sample', 'Oskar Demo', 'Priya Sample', 'Tomás Demo', 'ليلى بنت أحمد'];

function createCandidates(count: number) {
  return Array.from({ length: count }, (_, index) => ({
    candidate_name: NAMES[index] ?? `Candidate ${index + 1}`,
    candidate_email: `candidate-${index + 1}@example.com`,
  }));
}

function createBatch(rows: BatchRow[], changes: Partial<Batch> = {}): Batch {
  return {
    batch_id: 'batch_gallery',
    project_id: PROJECT_ID,
    assessment_type: MARKETING.assessment_type,
    created_at: FIXED_NOW,
    total: rows.length,
    counts: countRows(rows),
    rows,
    ...changes,
  };
}

const createRows = (count: number, getOutcome: (index: number) => Pick<BatchRow, 'status' | 'reason'>): BatchRow[] =>
  createCandidates(count).map((candidate, index) => {
    const outcome = getOutcome(index);
    const hasLink = outcome.status === 'invited' || outcome.status === 'existing';
    return { ...candidate, ...outcome, ...(hasLink && { candidate_url: `https://evalon.example/take/${index}` }) };
  });

/** 1,204 rows are processed. 30 of them failed. */
const RUNNING_BATCH = createBatch(
  createRows(1_960, (index) => {
    if (index % 40 === 39 && index < 1_200) return { status: 'failed', reason: 'upstream_rejected' };
    return { status: index < 1_204 ? 'invited' : 'queued' };
  }),
);
const FINISHED_BATCH = createBatch(
  createRows(24, (index) => {
    if (index === 2) return { status: 'failed', reason: 'type_conflict' };
    if (index === 5) return { status: 'failed', reason: 'upstream_unavailable' };
    return { status: index === 3 ? 'existing' : 'invited' };
  }),
  { batch_id: 'batch_finished', created_at: '2026-01-13T09:00:00.000Z' },
);
const CANCELLED_BATCH = createBatch(
  createRows(8, (index) => ({ status: index < 3 ? 'invited' : 'cancelled' })),
  { batch_id: 'batch_cancelled', created_at: '2026-01-09T14:00:00.000Z' },
);

const MIXED_CANDIDATES = [
  ...createCandidates(6),
  { ...JANE },
  { candidate_name: 'Ben Sample', candidate_email: 'ben@' },
  { candidate_name: '', candidate_email: 'no-name@example.com' },
  { candidate_name: 'Noa Sample', candidate_email: 'not an email' },
  { candidate_name: 'Amara Sample', candidate_email: 'candidate-1@example.com' },
  { candidate_name: 'Sam Demo', candidate_email: 'sam@example.com' },
];
const KNOWN_SESSIONS = [
  createSession('invited'),
  createSession('invited', {
    candidate_email: 'sam@example.com',
    assessment_type: 'copywriting',
    session_uuid: 'sess_2',
  }),
];
const BATCH_SELECTOR = '[part=batches] button';

const createCohortStory = (
  id: string,
  title: string,
  options: Omit<Parameters<typeof createStory>[2], 'elements'>,
): Story => createStory(id, title, { attributes, ...options, elements: [COHORT] });

export const COHORT_STORIES: readonly Story[] = [
  createCohortStory('cohort-start', 'No candidates yet', {
    expectedText: 'Paste candidates',
    responses: { config },
  }),
  createCohortStory('cohort-past', 'Past invites', {
    expectedText: 'Past invites',
    responses: { config, batches: [FINISHED_BATCH, CANCELLED_BATCH] },
  }),
  createCohortStory('cohort-preview', 'New, invited, conflicting and invalid candidates', {
    expectedText: 'Invite 6 candidates',
    cohort: MIXED_CANDIDATES,
    responses: { config, sessions: KNOWN_SESSIONS },
  }),
  createCohortStory('cohort-edit', 'Correcting a candidate', {
    expectedText: 'Save',
    cohort: MIXED_CANDIDATES,
    // The row of Ben, whose email is invalid.
    clicks: ['tr:nth-child(8) button'],
    responses: { config, sessions: KNOWN_SESSIONS },
  }),
  createCohortStory('cohort-many', '2,000 candidates', {
    expectedText: 'Invite 2,000 candidates',
    cohort: createCandidates(2_000),
    responses: { config },
  }),
  createCohortStory('cohort-running', 'Invites in progress', {
    expectedText: '1,204 of 1,960 processed',
    responses: { config, batches: [RUNNING_BATCH] },
  }),
  createCohortStory('cohort-cancel', 'Confirming a cancellation', {
    expectedText: 'Cancel 756 queued invites?',
    clicks: ['[part~=cancel-button]'],
    responses: { config, batches: [RUNNING_BATCH] },
  }),
  createCohortStory('cohort-finished', 'Finished, two candidates not invited', {
    expectedText: '21 candidates invited. 1 already invited. 2 not invited.',
    clicks: [BATCH_SELECTOR],
    responses: { config, batches: [FINISHED_BATCH] },
  }),
  createCohortStory('cohort-cancelled', 'Cancelled', {
    expectedText: 'Cancelled',
    clicks: [BATCH_SELECTOR],
    responses: { config, batches: [CANCELLED_BATCH] },
  }),
  createCohortStory('cohort-forbidden', 'A recruiter who may not invite', {
    expectedText: "You don't have permission to invite candidates.",
    responses: { config: createClientConfig({ scope: ['read'] }) },
  }),
  createCohortStory('cohort-error', 'The proxy does not respond', {
    expectedText: "Can't reach",
    responses: { config: 'cut' },
  }),
];
