/** One harmless question to each ATS that is connected: does it answer, and does it let us read candidates? */

import type { AtsConfig } from '../config/ats.ts';
import type { IdKind } from '../contract/page-address.ts';
import type { Clock } from '../util/clock.ts';
import { connectorsOf } from './directory.ts';
import { KeyRefused } from './errors.ts';

/** Ids that hardly anybody has; whoever has one is told to nobody. */
const NOBODY: Record<IdKind, string> = {
  digits: '1',
  uuid: '00000000-0000-4000-8000-000000000000',
  text: 'evalon-widget-doctor-nobody',
};

export interface Probed {
  ats: string;
  label: string;
  outcome: 'taken' | 'refused' | 'failed';
}

export function probeConnectors(config: AtsConfig, clock: Clock, signal: AbortSignal): Promise<Probed[]> {
  const ids: Record<string, Record<string, string>> = {
    greenhouse: { application: NOBODY.digits },
    lever: { opportunity: NOBODY.uuid },
    ashby: { application: NOBODY.uuid },
    ...(config.declared && {
      [config.declared.ats]: Object.fromEntries(
        Object.entries(config.declared.ids).map(([id, { kind }]) => [id, NOBODY[kind]]),
      ),
    }),
  };
  return Promise.all(
    connectorsOf(config, clock).map(async ({ ats, label, find }): Promise<Probed> => {
      try {
        await find(ids[ats] ?? {}, signal);
        return { ats, label, outcome: 'taken' };
      } catch (error) {
        return { ats, label, outcome: error instanceof KeyRefused ? 'refused' : 'failed' };
      }
    }),
  );
}
