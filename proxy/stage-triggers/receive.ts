/** Receives an ATS's webhook: verifies it, and stores a stage change that matches a trigger. */
import { isConnected } from '../config/ats.ts';
import type { Config } from '../config/config.ts';
import type { StageTrigger } from '../config/stage-triggers.ts';
import { toCandidateKey } from '../contract/candidate.ts';
import type { Store } from '../store/store.ts';
import { type Clock, timestamp } from '../util/clock.ts';
import { parseJson } from '../util/json.ts';
import { parseStageChange, type ReportedStage } from './parse.ts';
import { verifySignature } from './verify.ts';

/**
 * Resolves once a stage change is durable. `ignored`: a repeat, another event, or no trigger matches it.
 * @throws Unauthenticated; Unavailable if it cannot be stored
 */
export type ReceiveAtsWebhook = (
  ats: string,
  body: Buffer,
  headers: NodeJS.Dict<string[]>,
) => Promise<'stored' | 'ignored'>;

interface Options {
  store: Store;
  clock: Clock;
  config: () => Pick<Config, 'ats' | 'stageTriggers' | 'atsWebhookSecrets'>;
}

export function createAtsWebhookReceiver({ store, clock, config }: Options): ReceiveAtsWebhook {
  return async (ats, body, headers) => {
    const { atsWebhookSecrets, stageTriggers, ats: connected } = config();
    const json = parse(body);
    const signedText = verifySignature(ats, { body, json, headers }, atsWebhookSecrets.get(ats) ?? [], clock.now());
    const reported = parseStageChange(ats, json, connected);
    const trigger = reported && stageTriggers.find((entry) => entry.ats === ats && matches(entry, reported));
    if (!trigger) return 'ignored';
    // With a connector, the candidate comes from the ATS's API.
    const candidate = isConnected(connected, ats) ? undefined : reported.candidate;
    const isStored = await store.write(({ stageChanges }) =>
      stageChanges.insert({
        dedupe_key: store.hash(JSON.stringify(['stage change', ats, signedText])),
        ats,
        application_id: reported.applicationId,
        stage: trigger.stage,
        candidate: candidate ? JSON.stringify(candidate) : null,
        candidate_key: candidate?.email === undefined ? null : toCandidateKey(candidate.email),
        received_at: timestamp(clock),
      }),
    );
    return isStored ? 'stored' : 'ignored';
  };
}

/** Returns undefined if the body is not JSON. */
function parse(body: Buffer): unknown {
  try {
    return parseJson(body.toString('utf8'));
  } catch {
    return undefined;
  }
}

/** The job is compared later if the webhook does not name it. */
function matches({ stage, job }: StageTrigger, { stageId, stageName, candidate }: ReportedStage): boolean {
  const isStage = stage === stageId || (stageName !== undefined && fold(stage) === fold(stageName));
  return isStage && (candidate?.jobIds.includes(job) ?? true);
}

function fold(name: string): string {
  return name.trim().toLowerCase();
}
