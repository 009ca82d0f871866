/** A proxy that writes into the simulated ATSs, on a test clock. */
import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import type { AtsName } from '../../../proxy/sandbox/simulated-ats/written-records.ts';
import { ADMIN_TOKEN, createAdminClient } from '../../support/admin-client.ts';
import {
  APPLICATION_IDS,
  buildAtsSettings,
  SIMULATED_PEOPLE,
  startSimulatedAtss,
} from '../../support/ats/simulated.ts';
import { createTestClock, type TestClock } from '../../support/fake-clock.ts';
import type { Settings } from '../../support/proxy.ts';
import { startStack } from '../../support/start-stack.ts';

const PEOPLE = SIMULATED_PEOPLE.map(({ name, email }) => ({
  assessment_type: 'marketing',
  candidate_email: email,
  candidate_name: name,
  project_id: 'proj_abc123',
}));
/** The first of `PEOPLE`. The default value is only for the type checker. */
export const [ANNA = { candidate_email: '' }] = PEOPLE;
/** Event loop ticks after each timer: enough for several calls to an ATS. */
export const TICKS = 200;
export const LEVER_NOTE = { ats: 'lever', as: 'note', on: ['invited', 'completed', 'ended'] };

interface InviteChanges {
  /** The person's position in `SIMULATED_PEOPLE`. Default: 0, which is Anna. */
  index?: number;
  project_id?: string;
}

type SimulatedAtss = Awaited<ReturnType<typeof startSimulatedAtss>>;

/** @param targets the entries of `ATS_WRITE_BACK`. Default: a note in each ATS about each change. */
export async function startWriteBack(
  test: TestContext,
  targets?: object[] | ((atss: SimulatedAtss) => object[]),
  changes: Settings = {},
) {
  const atss = await startSimulatedAtss(test);
  const clock = createTestClock({ startMs: Date.now(), ticksPerTimer: TICKS });
  const settings = {
    ...buildAtsSettings(atss.connectors),
    ATS_WRITE_BACK: JSON.stringify(typeof targets === 'function' ? targets(atss) : (targets ?? atss.writeBack)),
    ADMIN_TOKEN,
    ...changes,
  };
  const stack = await startStack(test, { settings, clock });
  const { store } = stack.proxy.context;
  async function invite(ats: AtsName, { index = 0, ...inviteChanges }: InviteChanges = {}): Promise<string> {
    const application = { ats, application_id: APPLICATION_IDS[ats](index) };
    const { status, body } = await stack.recruiter.invite({ ...PEOPLE[index], ...application, ...inviteChanges });
    assert.equal(status, 201);
    return body.session_uuid;
  }
  /** Returns what the proxy wrote about a person into the ATS, oldest first. */
  const readTexts = (ats: AtsName, { index = 0 }: Pick<InviteChanges, 'index'> = {}) =>
    atss.records
      .list(ats, index)
      .map(({ kind, value }) =>
        kind === 'note' && ats === 'greenhouse' ? (JSON.parse(value) as { body: string }).body : value,
      );
  const listRows = (sessionUuid: string) => store.read(({ outbox }) => outbox.list(sessionUuid));
  const admin = createAdminClient(stack.proxy.url);
  return { ...stack, ...atss, clock, store, invite, readTexts, listRows, admin };
}

/** Advances the clock until the condition holds, at most by a day. */
export async function advanceUntil(clock: TestClock, condition: () => boolean | Promise<boolean>): Promise<void> {
  for (let minutes = 0; minutes < 24 * 60; minutes++) {
    await clock.advance(minutes ? 60_000 : 1_000);
    if (await condition()) return;
  }
  assert.fail('the condition did not hold within a day');
}
