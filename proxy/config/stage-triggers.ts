/** The setting `STAGE_TRIGGERS`: which stage change in the ATS invites a candidate, and to what. */
import { z } from 'zod';
import { atsNameSchema } from '../contract/page-adapter.ts';
import { projectIdSchema, singleLineSchema } from '../contract/session.ts';
import type { AtsConfig } from './ats.ts';
import type { SettingName, Settings } from './settings.ts';

/** The built-in ATSs that report stage changes. The ATS that `ATS_HTTP` describes can report them too. */
export const BUILT_IN_TRIGGER_ATSS = ['greenhouse', 'lever'] as const;

const SECRET_SETTINGS = {
  greenhouse: 'ATS_WEBHOOK_SECRET_GREENHOUSE',
  lever: 'ATS_WEBHOOK_SECRET_LEVER',
} as const satisfies Record<(typeof BUILT_IN_TRIGGER_ATSS)[number], SettingName>;
const CUSTOM_SECRET_SETTING = 'ATS_WEBHOOK_SECRET_HTTP';

/** Returns the setting with the secret of the ATS's webhooks, or undefined if the ATS reports no stage changes. */
function getSecretSetting({ custom }: AtsConfig, ats: string) {
  if (custom?.stage_change && custom.ats === ats) return CUSTOM_SECRET_SETTING;
  const builtIn = BUILT_IN_TRIGGER_ATSS.find((name) => name === ats);
  return builtIn && SECRET_SETTINGS[builtIn];
}

/** An id that JSON may contain as a number. */
const idSchema = z.union([singleLineSchema(200), z.int().nonnegative().transform(String)], 'must be an id');

const triggerSchema = z.strictObject({
  ats: atsNameSchema,
  /** The ATS's id of the job. */
  job: idSchema,
  /** The ATS's id of the stage, or for Greenhouse its name. */
  stage: idSchema,
  project_id: projectIdSchema,
  assessment_type: singleLineSchema(200),
  /** The maximum number of invites on one day (UTC). */
  daily_limit: z.int('must be a whole number').min(1, 'must be 1 or more').max(10_000, 'must be 10000 or less'),
  /** Only logs and audits the candidates that the trigger would invite. */
  dry_run: z.boolean('must be true or false'),
});

export type StageTrigger = z.output<typeof triggerSchema>;

export const stageTriggersSchema = z.array(triggerSchema).max(500, 'must have at most 500 entries');

/** Identifies a trigger. The store contains this key, so the order of the entries may change. */
export function getTriggerKey({ ats, job, stage }: Pick<StageTrigger, 'ats' | 'job' | 'stage'>): string {
  return JSON.stringify([ats, job, stage]);
}

/**
 * Returns the errors of the triggers and of the secret `ATS_WEBHOOK_SECRET_HTTP`.
 * @param isSet whether a setting is set, even if it is invalid.
 */
export function checkStageTriggers(
  { STAGE_TRIGGERS: triggers = [], ASSESSMENTS: assessments = [] }: Settings,
  config: AtsConfig,
  isSet: (name: SettingName) => boolean,
): string[] {
  const seen = new Set<string>();
  const isCustomSecretUnused =
    isSet(CUSTOM_SECRET_SETTING) && (!isSet('ATS_HTTP') || (config.custom && !config.custom.stage_change));
  const secretErrors = isCustomSecretUnused
    ? [`${CUSTOM_SECRET_SETTING} has no effect: add stage_change to ATS_HTTP, or unset ${CUSTOM_SECRET_SETTING}`]
    : [];
  const triggerErrors = triggers.flatMap((trigger, index) => {
    const fail = (problem: string) => [`STAGE_TRIGGERS entry ${index + 1} ${problem}`];
    const key = getTriggerKey(trigger);
    if (seen.has(key)) return fail('repeats the job and the stage of an earlier entry: remove one of them');
    seen.add(key);
    const secretSetting = getSecretSetting(config, trigger.ats);
    if (!secretSetting) {
      return fail(`names ${trigger.ats}: use greenhouse, lever, or the ats of ATS_HTTP, which then needs stage_change`);
    }
    if (!isSet(secretSetting))
      return fail(`needs ${secretSetting}: set the secret that ${trigger.ats} signs its webhooks with`);
    // Lever's webhook names neither the job nor the candidate's email.
    if (trigger.ats === 'lever' && !config.lever)
      return fail('needs ATS_LEVER_KEY, with which the proxy finds the candidate');
    const isOffered = assessments.some(
      ({ project_id, assessment_type }) =>
        project_id === trigger.project_id && assessment_type === trigger.assessment_type,
    );
    // Without ASSESSMENTS, a trigger may name any assessment.
    return isOffered || !assessments.length ? [] : fail('invites to an assessment that ASSESSMENTS does not list');
  });
  return [...secretErrors, ...triggerErrors];
}

/** One secret for each ATS, or two during a rotation. The proxy refuses the webhooks of an ATS without a secret. */
export type AtsWebhookSecrets = ReadonlyMap<string, readonly string[]>;

export function buildAtsWebhookSecrets(settings: Settings, config: AtsConfig): AtsWebhookSecrets {
  const names = [...BUILT_IN_TRIGGER_ATSS, ...(config.custom ? [config.custom.ats] : [])];
  return new Map(
    names.flatMap((ats) => {
      const setting = getSecretSetting(config, ats);
      const secrets = setting && settings[setting];
      return secrets ? [[ats, secrets] as const] : [];
    }),
  );
}
