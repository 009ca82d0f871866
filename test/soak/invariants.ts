/** Report lines that several soak runs share. */
import type { InvariantReport } from '../support/kill/invariants.ts';
import { COPIES_OF_EACH_WEBHOOK } from '../support/kill/load.ts';
import type { SoakResult } from './soak-result.ts';

export const mustBeZero = (what: string, value: number): SoakResult => ({ what, value, unit: '', holds: value === 0 });

/** Prints the first errors, and returns a line for each invariant. */
export function reportInvariants(report: InvariantReport, callsPerMinute: number): SoakResult[] {
  for (const error of [...report.wrongSessions, ...report.wrongRows].slice(0, 20)) console.log(error);
  console.log(`unfinished: ${JSON.stringify(report.unfinishedCounts)}`);
  const unfinishedCount = Object.values(report.unfinishedCounts).reduce((sum, count) => sum + Math.abs(count), 0);
  return [
    { what: 'webhooks acknowledged', value: report.webhookCount, unit: '', holds: report.webhookCount > 0 },
    {
      what: 'acknowledgements, including those of copies',
      value: report.acknowledgementCount,
      unit: '',
      holds: report.acknowledgementCount === COPIES_OF_EACH_WEBHOOK * report.webhookCount,
    },
    mustBeZero('sessions with a webhook lost, applied twice or out of order', report.wrongSessions.length),
    mustBeZero('frames that a client missed, received twice or out of order', report.wrongFrameCount),
    { what: 'batch rows', value: report.rowCount, unit: '' },
    mustBeZero('batch rows without exactly one outcome', report.wrongRows.length),
    mustBeZero('duplicate sessions at Evalon', report.duplicatesAtEvalon),
    mustBeZero('duplicate sessions in the proxy', report.duplicatesInProxy),
    mustBeZero('unfinished rows in the database', unfinishedCount),
    { what: 'calls to Evalon', value: report.evalonCallCount, unit: '' },
    {
      what: `most calls to Evalon within any minute, ${callsPerMinute} allowed`,
      value: report.maxCallsPerMinute,
      unit: '',
      holds: report.maxCallsPerMinute <= callsPerMinute,
    },
  ];
}
