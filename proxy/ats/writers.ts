/** The writers of the connected ATSs, by entry of `ATS_WRITE_BACK`. */
import type { AtsConfig } from '../config/ats.ts';
import { getTargetKey, type WriteTarget } from '../config/write-back.ts';
import type { Clock } from '../util/clock.ts';
import { createAshbyWriter } from './ashby-writer.ts';
import { createCustomWriter } from './custom-writer.ts';
import { createGreenhouseWriter } from './greenhouse-writer.ts';
import { createAtsFetch } from './http.ts';
import { createLeverWriter } from './lever-writer.ts';
import type { Writer } from './writer.ts';

/** Returns the writers by `getTargetKey`. All writers of an ATS share its rate limit. */
export function createWriters(
  { greenhouse, lever, ashby, custom }: AtsConfig,
  targets: readonly WriteTarget[],
  clock: Clock,
): Map<string, Writer> {
  const fetchGreenhouse = createAtsFetch('Greenhouse', clock);
  const fetchLever = createAtsFetch('Lever', clock);
  const fetchAshby = createAtsFetch('Ashby', clock);
  const fetchCustom = createAtsFetch(custom?.label ?? custom?.ats ?? '', clock);

  function createWriter(target: WriteTarget): Writer | undefined {
    if (target.ats === 'greenhouse' && greenhouse) {
      const visibility = (target.as === 'note' && target.visibility) || 'private';
      return createGreenhouseWriter(greenhouse, visibility, fetchGreenhouse, clock);
    }
    if (target.ats === 'lever' && lever) return createLeverWriter(lever, fetchLever);
    if (target.ats === 'ashby' && ashby) {
      return createAshbyWriter(ashby, target.as === 'assessment' ? target : undefined, fetchAshby);
    }
    if (target.ats === custom?.ats && 'request' in target && target.request) {
      return createCustomWriter(custom, { request: target.request, look: target.look }, fetchCustom);
    }
    return undefined;
  }

  return new Map(
    targets.flatMap((target) => {
      const writer = createWriter(target);
      return writer ? [[getTargetKey(target), writer] as const] : [];
    }),
  );
}
