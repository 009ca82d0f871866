/** Checks each connected ATS with one lookup of a candidate who does not exist. */
import type { AtsConfig } from '../config/ats.ts';
import type { IdKind } from '../contract/page-address.ts';
import type { Clock } from '../util/clock.ts';
import { createConnectors } from './directory.ts';
import { CredentialsRejected } from './errors.ts';

/** Ids that are unlikely to exist. If one exists, the check ignores the candidate that the ATS returns. */
const UNKNOWN_IDS: Record<IdKind, string> = {
  digits: '1',
  uuid: '00000000-0000-4000-8000-000000000000',
  text: 'evalon-widget-doctor-no-such-candidate',
};

export interface AtsProbeResult {
  ats: string;
  label: string;
  outcome: 'accepted' | 'refused' | 'failed';
}

export function probeConnectors(config: AtsConfig, clock: Clock, signal: AbortSignal): Promise<AtsProbeResult[]> {
  const unknownIds: Record<string, Record<string, string>> = {
    greenhouse: { application: UNKNOWN_IDS.digits },
    lever: { opportunity: UNKNOWN_IDS.uuid },
    ashby: { application: UNKNOWN_IDS.uuid },
    ...(config.custom && {
      [config.custom.ats]: Object.fromEntries(
        Object.entries(config.custom.ids).map(([id, { kind }]) => [id, UNKNOWN_IDS[kind]]),
      ),
    }),
  };
  return Promise.all(
    createConnectors(config, clock).map(async ({ ats, label, findCandidate }): Promise<AtsProbeResult> => {
      try {
        await findCandidate(unknownIds[ats] ?? {}, signal);
        return { ats, label, outcome: 'accepted' };
      } catch (error) {
        return { ats, label, outcome: error instanceof CredentialsRejected ? 'refused' : 'failed' };
      }
    }),
  );
}
