/** The ATSs that are to tell who candidates are, asked once each for somebody who is not there. */
import { probeConnectors } from '../ats/check-connection.ts';
import type { Config } from '../config/config.ts';
import type { Clock } from '../util/clock.ts';
import { type CheckResult, fail, ok, warn } from './check-result.ts';

export async function checkAts({ ats, adapters, assessments }: Config, clock: Clock, signal: AbortSignal) {
  const probed = await probeConnectors(ats, clock, signal);
  const findings = probed.map(({ label, outcome }): CheckResult => {
    if (outcome === 'taken') return ok(`${label} answers, and takes its credentials`);
    return outcome === 'refused'
      ? fail(`${label} does not let us read candidates`, 'give a credential with the permissions that docs/ats/ names')
      : fail(
          `${label} gives no answer that can be used`,
          'check its ATS_ settings, and the firewall for outgoing https',
        );
  });
  const unread = probed.filter((one) => !adapters.some((adapter) => adapter.ats === one.ats));
  return [
    ...findings,
    ...unread.map(({ label, ats: name }) =>
      warn(`no page adapter leads to ${label}`, `describe its pages in ATS_ADAPTERS, with "ats": "${name}"`),
    ),
    ...(probed.length && !assessments.length
      ? [warn('ASSESSMENTS is empty, so no candidate of an ATS is told', 'list what recruiters may invite to')]
      : []),
  ];
}
