/** Kills nodes with SIGKILL at random moments under load. `ROUNDS` and `SEED` work as in `soak/kill.ts`. */
import { runNodeKillRounds } from '../../support/kill/node-rounds.ts';
import { measureKills } from '../kill.ts';
import type { SoakResult } from '../soak-result.ts';

const DEFAULT_ROUNDS = 50;
const EVALON_RATE_PER_MINUTE = 100;

export async function soakNodesKill(): Promise<SoakResult[]> {
  const { results } = await measureKills(runNodeKillRounds, {
    defaultRounds: DEFAULT_ROUNDS,
    callsPerMinute: EVALON_RATE_PER_MINUTE,
  });
  return results;
}
