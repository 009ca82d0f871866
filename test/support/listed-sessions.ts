/** Stored sessions for tests of lists. */
import type { TestContext } from 'node:test';
import { toCandidateKey } from '../../proxy/contract/candidate.ts';
import type { SessionRow } from '../../proxy/store/schema.ts';
import { ADMIN_TOKEN } from './admin-client.ts';
import { buildSessionRow } from './session.ts';
import { startStack } from './start-stack.ts';

const START_MS = Date.parse('2026-01-01T00:00:00Z');
const at = (minute: number) => new Date(START_MS + minute * 60_000).toISOString();

/** @param minute when the candidate was invited, in minutes after `START_MS`. The session's id contains it too. */
export function buildRow(
  candidate_name: string,
  candidate_email: string,
  minute: number,
  changes: Partial<SessionRow> = {},
) {
  return {
    ...buildSessionRow(toCandidateKey(candidate_email), at(minute)),
    session_uuid: `sess_${minute}`,
    candidate_email,
    candidate_name,
    ...changes,
  };
}

export const scored = (overall: number | null): Partial<SessionRow> => ({
  status: 'completed',
  completed_at: at(0),
  overall,
});

export async function startWithRows(test: TestContext, rows: readonly SessionRow[], comparison = 'on') {
  const stack = await startStack(test, { settings: { ADMIN_TOKEN, COMPARISON: comparison } });
  await stack.proxy.context.store.write(async ({ sessions }) => {
    for (const row of rows) await sessions.upsert(row);
  });
  return stack;
}
