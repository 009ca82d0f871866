/** Receives an ATS's webhook: verifies it, and stores a stage change that matches a trigger. */
import { hasConnector } from '../config/ats.ts';
import type { Config } from '../config/config.ts';
import type { StageTrigger } from '../config/stage-triggers.ts';
import { toCandidateKey } from '../contract/candidate.ts';
import type { Store } from '../store/store.ts';
import { type Clock, timestamp } from '../util/clock.ts';
import { parseJson } from '../util/json.ts';
import { parseStageChange, type ReportedStage } from './parse.ts';
import { verifySignature } from './verify.ts';

/**
 * Resolves once a stage change is durable. `ignored`: the webhook is a repeat, reports another event, or matches no
 * trigger.
 * @throws Unauthenticated; Unavailable if the change cannot be stored
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
    const { atsWebhookSecrets, stageTriggers, ats: atsConfig } = config();
    const json = parseBody(body);
    const signedText = verifySignature(ats, { body, json, headers }, atsWebhookSecrets.get(ats) ?? [], clock.now());
    const reportedStage = parseStageChange(ats, json, atsConfig);
    const trigger =
      reportedStage && stageTriggers.find((entry) => entry.ats === ats && matchesTrigger(entry, reportedStage));
    if (!trigger) return 'ignored';
    // With a connector, the candidate comes from the ATS's API.
    const candidate = hasConnector(atsConfig, ats) ? undefined : reportedStage.candidate;
    const isStored = await store.write(({ stageChanges }) =>
      stageChanges.insert({
        dedupe_key: store.hash(JSON.stringify(['stage change', ats, signedText])),
        ats,
        application_id: reportedStage.applicationId,
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
function parseBody(body: Buffer): unknown {
  try {
    return parseJson(body.toString('utf8'));
  } catch {
    return undefined;
  }
}

/** If the webhook does not name the job, run.ts compares the job later. */
function matchesTrigger({ stage, job }: StageTrigger, { stageId, stageName, candidate }: ReportedStage): boolean {
  const isStage = stage === stageId || (stageName !== undefined && fold(stage) === fold(stageName));
  return isStage && (candidate?.jobIds.includes(job) ?? true);
}

function fold(name: string): string {
  return name.trim().toLowerCase();
}
