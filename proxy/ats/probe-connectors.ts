/** Checks each connected ATS with one lookup of a candidate who does not exist. */
import type { AtsConfig } from '../config/ats.ts';
import type { IdKind } from '../contract/page-address.ts';
import type { Clock } from '../util/clock.ts';
import { createConnectors } from './directory.ts';
import { CredentialsRejected } from './errors.ts';

/** If one of these ids exists, the check ignores the candidate that the ATS returns. */
const UNLIKELY_IDS: Record<IdKind, string> = {
  digits: '1',
  uuid: '00000000-0000-4000-8000-000000000000',
  text: 'evalon-widget-doctor-no-such-candidate',
};

export interface AtsProbeResult {
  ats: string;
  label: string;
  /** `refused`: the ATS refused the credentials. */
  outcome: 'accepted' | 'refused' | 'failed';
}

export function probeConnectors(config: AtsConfig, clock: Clock, signal: AbortSignal): Promise<AtsProbeResult[]> {
  const idsByAts: Record<string, Record<string, string>> = {
    greenhouse: { application: UNLIKELY_IDS.digits },
    lever: { opportunity: UNLIKELY_IDS.uuid },
    ashby: { application: UNLIKELY_IDS.uuid },
    ...(config.custom && {
      [config.custom.ats]: Object.fromEntries(
        Object.entries(config.custom.ids).map(([name, { kind }]) => [name, UNLIKELY_IDS[kind]]),
      ),
    }),
  };
  return Promise.all(
    createConnectors(config, clock).map(async ({ ats, label, findCandidate }): Promise<AtsProbeResult> => {
      try {
        await findCandidate(idsByAts[ats] ?? {}, signal);
        return { ats, label, outcome: 'accepted' };
      } catch (error) {
        return { ats, label, outcome: error instanceof CredentialsRejected ? 'refused' : 'failed' };
      }
    }),
  );
}
