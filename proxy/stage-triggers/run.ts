/**
 * Invites the candidates whose stage change matches a trigger. After a crash, the job repeats the invite, which returns
 * the session that the first invite created.
 */
import type { AtsDirectory } from '../ats/directory.ts';
import { PROXY_ISSUER, recordAudit } from '../audit/audit-log.ts';
import type { Recruiter } from '../auth/recruiter.ts';
import { type AtsConfig, hasConnector } from '../config/ats.ts';
import type { Config } from '../config/config.ts';
import { getTriggerKey, type StageTrigger } from '../config/stage-triggers.ts';
import { toCandidateKey } from '../contract/candidate.ts';
import type { InviteCandidate } from '../invites/invite.ts';
import { type JobLoop, startJobLoop } from '../jobs/job-loop.ts';
import type { StageChange, WebhookCandidate } from '../store/schema.ts';
import type { Store } from '../store/store.ts';
import { backoffDelayMs } from '../util/backoff.ts';
import type { Clock } from '../util/clock.ts';
import { AtsUnavailable, ProxyError, RateLimited, Unavailable, UpstreamUnavailable } from '../util/errors.ts';
import type { Log } from '../util/log.ts';
import type { Metrics } from '../util/metrics.ts';

/** Longer than a lookup in the ATS and a call to Evalon. */
const LEASE_MS = 5 * 60_000;
/** The proxy gives up a change after about five hours of failures. */
const MAX_ATTEMPTS = 15;
const BACKOFF = { firstMs: 5_000, maxMs: 1_800_000, minFraction: 0.5 };
/** Time until the next attempt after an interrupted one. */
const RELEASE_MS = 1_000;
const DAY_MS = 24 * 60 * 60_000;

/** Returns the name of the id by which an ATS knows the application. The ATS of `ATS_HTTP` has one id. */
function getIdName({ custom }: AtsConfig, ats: string): string {
  const [customId = ''] = custom?.ats === ats ? Object.keys(custom.ids) : [];
  return customId || (ats === 'lever' ? 'opportunity' : 'application');
}

interface Options {
  store: Store;
  clock: Clock;
  log: Log;
  random: () => number;
  metrics: Pick<Metrics, 'stageTriggers'>;
  config: () => Pick<Config, 'ats' | 'stageTriggers'>;
  atsDirectory: () => AtsDirectory;
  inviteCandidate: InviteCandidate;
}

type End = Pick<StageChange, 'state' | 'problem'>;
/** A trigger, and a candidate for its job. */
interface Match {
  trigger: StageTrigger;
  email: string;
  name: string;
}

export function startStageTriggers(options: Options): JobLoop {
  const { store, clock, log, random, metrics, config, atsDirectory, inviteCandidate } = options;

  async function tick(): Promise<number | undefined> {
    const change = await store.write(({ stageChanges, dueClock }) => stageChanges.claimDue(dueClock.dueAt(LEASE_MS)));
    if (!change) {
      const next = await store.read(({ stageChanges }) => stageChanges.getNextDueAt());
      return next === undefined ? undefined : store.dueClock.msUntil(next);
    }
    try {
      await processChange(change);
    } catch (error) {
      await handleFailure(change, error);
    }
    return 0;
  }

  async function processChange(change: StageChange): Promise<void> {
    const candidate = await findCandidate(change);
    if (!candidate) return finish(change, { state: 'failed', problem: 'candidate_missing' });
    const { stageTriggers } = config();
    const trigger = stageTriggers.find(
      ({ ats, stage, job }) => ats === change.ats && stage === change.stage && candidate.jobIds.includes(job),
    );
    if (!trigger) return finish(change, { state: 'unmatched', problem: null });
    const { email, name } = candidate;
    if (!email || !name) return finish(change, { state: 'failed', problem: 'email_missing' }, { trigger });
    await invite(change, { trigger, email, name });
  }

  /** Returns the candidate from the ATS's API, or without a connector from the signed webhook. */
  async function findCandidate({ ats, application_id, candidate }: StageChange): Promise<WebhookCandidate | undefined> {
    const { ats: atsConfig } = config();
    if (!hasConnector(atsConfig, ats)) {
      return candidate === null ? undefined : (JSON.parse(candidate) as WebhookCandidate);
    }
    const found = await atsDirectory().findCandidate(ats, { [getIdName(atsConfig, ats)]: application_id });
    return found && { email: found.email, name: found.name, jobIds: found.jobIds };
  }

  async function invite(change: StageChange, { trigger, email, name }: Match): Promise<void> {
    const { ats, project_id, assessment_type, daily_limit, dry_run } = trigger;
    if (dry_run) {
      const facts = { ats, job: trigger.job, stage: trigger.stage, application: change.application_id };
      log.info(facts, 'a stage trigger would invite a candidate (dry run)');
      return finish(change, { state: 'dry_run', problem: null }, { trigger, email });
    }
    if (await hasReachedLimit(trigger)) return postponeToTomorrow(change, daily_limit, email);
    // The candidate may have been erased since the claim.
    if (!(await store.read(({ stageChanges }) => stageChanges.isPending(change.id)))) return;
    const { isCreated } = await inviteCandidate(
      createCaller(trigger),
      {
        project_id,
        assessment_type,
        candidate_email: email,
        candidate_name: name,
        ats,
        application_id: change.application_id,
      },
      'background',
    );
    await finish(change, { state: isCreated ? 'invited' : 'existing', problem: null }, { trigger, email });
  }

  function hasReachedLimit(trigger: StageTrigger): Promise<boolean> {
    const startOfDay = new Date(Math.floor(clock.now() / DAY_MS) * DAY_MS).toISOString();
    return store.read(
      async ({ stageChanges }) =>
        (await stageChanges.countInvited(getTriggerKey(trigger), startOfDay, trigger.daily_limit)) >=
        trigger.daily_limit,
    );
  }

  async function postponeToTomorrow({ id, ats, attempts }: StageChange, limit: number, email: string): Promise<void> {
    log.warn(
      { alert: 'stage_trigger_limit', ats, limit },
      'a stage trigger has reached its daily limit; the rest wait',
    );
    metrics.stageTriggers.inc({ ats, outcome: 'limited' });
    const untilTomorrowMs = DAY_MS - (clock.now() % DAY_MS);
    await store.write(({ stageChanges, dueClock }) =>
      stageChanges.postpone(id, {
        due_at: dueClock.dueAt(untilTomorrowMs),
        problem: 'daily_limit',
        // `claimDue` has counted an attempt.
        attempts: attempts - 1,
        candidate_key: toCandidateKey(email),
      }),
    );
  }

  /** Stores the end of a change and its audit entry in one transaction. */
  async function finish(
    { id, ats, stage }: StageChange,
    end: End,
    { trigger, email }: { trigger?: StageTrigger | undefined; email?: string } = {},
  ): Promise<void> {
    metrics.stageTriggers.inc({ ats, outcome: end.state });
    if (end.state === 'failed') {
      log.error(
        { alert: 'stage_trigger_failed', ats, stage, problem: end.problem },
        'a stage trigger could not invite the candidate',
      );
    }
    await store.write(async (queries) => {
      await queries.stageChanges.finish(id, { ...end, trigger_key: trigger ? getTriggerKey(trigger) : null });
      if (!trigger) return;
      await recordAudit(queries, {
        actor: createCaller(trigger),
        action: 'triggered',
        detail: `${end.problem ?? end.state} ${getTriggerKey(trigger)}`,
        ...(email === undefined
          ? { project_id: trigger.project_id }
          : { subject: { candidate_key: toCandidateKey(email), project_id: trigger.project_id } }),
      });
    });
  }

  async function handleFailure(change: StageChange, error: unknown): Promise<void> {
    if (error instanceof Unavailable) return release(change);
    const isTemporary =
      error instanceof AtsUnavailable || error instanceof UpstreamUnavailable || error instanceof RateLimited;
    if (!(error instanceof ProxyError)) log.error({ err: error }, 'a stage trigger failed unexpectedly');
    const problem = error instanceof ProxyError ? error.code : 'internal';
    if ((!isTemporary && error instanceof ProxyError) || change.attempts >= MAX_ATTEMPTS) {
      return finish(change, { state: 'failed', problem }, { trigger: findTrigger(change) });
    }
    const retryAfterMs = error instanceof ProxyError ? (error.retryAfterSeconds ?? 0) * 1_000 : 0;
    const delayMs = retryAfterMs + backoffDelayMs(BACKOFF, change.attempts, random);
    await store.write(({ stageChanges, dueClock }) =>
      stageChanges.postpone(change.id, { due_at: dueClock.dueAt(delayMs), problem }),
    );
  }

  /**
   * Makes a change due again after the proxy began to stop, or the database was unavailable. Subtracts the attempt that
   * `claimDue` has counted.
   */
  function release({ id, attempts }: StageChange): Promise<void> {
    return store.write(({ stageChanges, dueClock }) =>
      stageChanges.postpone(id, { due_at: dueClock.dueAt(RELEASE_MS), attempts: attempts - 1 }),
    );
  }

  /** Returns the trigger for this stage, if there is exactly one. */
  function findTrigger({ ats, stage }: StageChange): StageTrigger | undefined {
    const found = config().stageTriggers.filter((trigger) => trigger.ats === ats && trigger.stage === stage);
    return found.length === 1 ? found[0] : undefined;
  }

  return startJobLoop({ store, clock, log, name: 'stage-triggers', tables: ['stage_changes'], tick });
}

/** The caller may invite only in the trigger's project. */
function createCaller({ ats, project_id }: StageTrigger): Recruiter {
  return {
    iss: PROXY_ISSUER,
    sub: `trigger:${ats}`,
    name: 'Stage trigger',
    projects: new Set([project_id]),
    scope: new Set(['invite']),
    expiresAt: Number.POSITIVE_INFINITY,
  };
}
