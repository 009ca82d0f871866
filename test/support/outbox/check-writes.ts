/** Checks what must hold after `runOutboxKillRounds` has killed the proxy: in the ATSs and in the outbox. */
import type { AtsName, WrittenRecords } from '../../../proxy/sandbox/simulated-ats/written-records.ts';

/** A session and its candidate in the ATS. */
export interface WrittenSession {
  session_uuid: string;
  ats: AtsName;
  /** The candidate's position in `PEOPLE`. */
  index: number;
}

/** A line of `/admin/writes`. */
export interface ListedWrite {
  session_uuid: string;
  version: number;
  state: string;
  attempts: number;
  may_be_duplicate: boolean;
  entry: { text: string };
}

export interface WritesReport {
  sessionCount: number;
  /** Writes in the outbox. */
  writeCount: number;
  undelivered: string[];
  /** Sessions without exactly two writes in the outbox: for the invite and for the result. */
  wrongSessions: string[];
  /** Delivered writes that the ATS does not have. */
  missing: string[];
  /** Sessions whose writes are in another order in the ATS. */
  outOfOrder: string[];
  /** Writes that the ATS has more than once. */
  duplicates: string[];
  unreportedDuplicates: string[];
  /** Duplicates of writes that took one attempt, so no lost response explains them. */
  unexplainedDuplicates: string[];
  /** Writes that the proxy reports as possible duplicates. */
  reportedCount: number;
  /** Writes that took more than one attempt. */
  retriedCount: number;
}

/** Identifies a write in the text that the ATS stores. */
const MARKER = /\[evalon [\w-]+\]/;

export function checkWrites(
  sessions: readonly WrittenSession[],
  writes: readonly ListedWrite[],
  records: WrittenRecords,
): WritesReport {
  const bySession = Map.groupBy(writes, ({ session_uuid }) => session_uuid);
  const report: WritesReport = {
    sessionCount: sessions.length,
    writeCount: writes.length,
    undelivered: writes.filter(({ state }) => state !== 'delivered').map(describeWrite),
    wrongSessions: [],
    missing: [],
    outOfOrder: [],
    duplicates: [],
    unreportedDuplicates: [],
    unexplainedDuplicates: [],
    reportedCount: writes.filter(({ may_be_duplicate }) => may_be_duplicate).length,
    retriedCount: writes.filter(({ attempts }) => attempts > 1).length,
  };
  for (const { session_uuid, ats, index } of sessions) {
    const sessionWrites = bySession.get(session_uuid) ?? [];
    if (sessionWrites.length !== 2) report.wrongSessions.push(session_uuid);
    const writtenMarkers = records.list(ats, index).map(({ value }) => MARKER.exec(value)?.[0]);
    const firstPositions: number[] = [];
    for (const write of sessionWrites) {
      const marker = MARKER.exec(write.entry.text)?.[0];
      const copyCount = writtenMarkers.filter((other) => other === marker).length;
      firstPositions.push(writtenMarkers.indexOf(marker));
      if (write.state === 'delivered' && !copyCount) report.missing.push(describeWrite(write));
      if (copyCount < 2) continue;
      report.duplicates.push(describeWrite(write));
      if (!write.may_be_duplicate) report.unreportedDuplicates.push(describeWrite(write));
      if (write.attempts < 2) report.unexplainedDuplicates.push(describeWrite(write));
    }
    if (firstPositions.some((position, n) => position < (firstPositions[n - 1] ?? 0)))
      report.outOfOrder.push(session_uuid);
  }
  return report;
}

function describeWrite({ session_uuid, version, state, attempts }: ListedWrite): string {
  return `${session_uuid} version ${version}: ${state} after ${attempts} attempts`;
}
