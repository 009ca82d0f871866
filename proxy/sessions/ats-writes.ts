/** Summarizes a session's outbox rows for recruiters: whether the ATS has received what the proxy writes. */
import { type AtsConfig, getAtsLabel } from '../config/ats.ts';
import { ATS_WRITE_CONTENTS, type AtsWriteStatus } from '../contract/session.ts';
import type { OutboxRow, SessionRow } from '../store/schema.ts';

/** Returns JSON of AtsWriteStatus[], or null if nothing is written. An unchanged status keeps its time. */
export function summarizeAtsWrites(
  { ats, ats_writes }: Pick<SessionRow, 'ats' | 'ats_writes'>,
  rows: readonly OutboxRow[],
  config: AtsConfig,
  now: string,
): string | null {
  if (ats === null) return null;
  const previous = ats_writes === null ? [] : (JSON.parse(ats_writes) as AtsWriteStatus[]);
  const newest = listNewest(rows.filter(({ target, state }) => target.startsWith(`${ats}:`) && state !== 'dry_run'));
  const statuses = ATS_WRITE_CONTENTS.flatMap((content) => {
    const contentRows = newest.filter(({ target }) => getContent(target) === content);
    if (!contentRows.length) return [];
    const { state, problem } = toState(contentRows);
    const previousStatus = previous.find((status) => status.content === content);
    const at = previousStatus?.state === state && previousStatus.problem === problem ? previousStatus.at : now;
    return [{ ats, label: getAtsLabel(config, ats), content, state, at, ...(problem && { problem }) }];
  });
  return statuses.length ? JSON.stringify(statuses) : null;
}

/** @param target `<ats>:<as>` or `<ats>:<as>:<field>` (`getTargetKey` in config/write-back.ts). */
function getContent(target: string): AtsWriteStatus['content'] {
  return target.split(':')[1] === 'link' ? 'link' : 'news';
}

/**
 * Returns the newest row of each target.
 * @param rows oldest first.
 */
function listNewest(rows: readonly OutboxRow[]): OutboxRow[] {
  return [...new Map(rows.map((row) => [row.target, row])).values()];
}

/** Returns the worst state of the rows. */
function toState(rows: readonly OutboxRow[]): Pick<AtsWriteStatus, 'state' | 'problem'> {
  const failed = rows.find(({ state }) => state === 'failed');
  const waiting = rows.find(({ state, problem }) => state === 'pending' && problem !== null);
  const problem = (failed ?? waiting)?.problem as AtsWriteStatus['problem'] | null | undefined;
  if (failed) return { state: problem === 'email_differs' ? 'held' : 'failed', ...(problem && { problem }) };
  if (rows.some(({ state }) => state === 'pending')) return { state: 'saving', ...(problem && { problem }) };
  return { state: 'saved' };
}
