/** Parses the webhook about a stage change. An ATS may report other events too. */
import { z } from 'zod';
import { idSchema, listOfValid, toAtsCandidate, validOrUndefined } from '../ats/connector.ts';
import { readTexts } from '../ats/custom-connector.ts';
import type { AtsConfig } from '../config/ats.ts';
import { parseId } from '../contract/page-address.ts';
import type { WebhookCandidate } from '../store/schema.ts';

export interface ReportedStage {
  /** The application's id. In Lever, the opportunity's id. */
  applicationId: string;
  stageId: string;
  /** Absent if the webhook has only the stage's id. */
  stageName?: string | undefined;
  /** Absent if the webhook has only ids. */
  candidate?: WebhookCandidate;
}

const greenhouseSchema = z.object({
  action: z.literal('candidate_stage_change'),
  payload: z.object({
    application: z.object({
      id: idSchema,
      current_stage: z.object({ id: idSchema, name: validOrUndefined(z.string()) }),
      jobs: listOfValid(z.object({ id: idSchema })),
      candidate: z.object({
        first_name: validOrUndefined(z.string().nullable()),
        last_name: validOrUndefined(z.string().nullable()),
        email_addresses: listOfValid(z.object({ value: z.string() })),
      }),
    }),
  }),
});

const leverSchema = z.object({
  event: z.literal('candidateStageChange'),
  data: z.object({ opportunityId: idSchema, toStageId: idSchema }),
});

/** Returns undefined for other events. */
export function parseStageChange(ats: string, json: unknown, { custom }: AtsConfig): ReportedStage | undefined {
  if (custom?.ats === ats) return parseCustom(json, custom);
  return ats === 'greenhouse' ? parseGreenhouse(json) : parseLever(json);
}

function parseCustom(json: unknown, { stage_change, ids }: NonNullable<AtsConfig['custom']>) {
  const [idSetting] = Object.values(ids);
  if (!stage_change || !idSetting) return undefined;
  const [application, ...otherApplications] = readTexts(json, stage_change.application);
  const [stageId, ...otherStages] = readTexts(json, stage_change.stage);
  const applicationId = application && parseId(idSetting.kind, application);
  const isUnclear = otherApplications.length > 0 || otherStages.length > 0;
  return applicationId && stageId && !isUnclear ? { applicationId, stageId } : undefined;
}

function parseGreenhouse(json: unknown): ReportedStage | undefined {
  const { data } = greenhouseSchema.safeParse(json);
  if (!data) return undefined;
  const { id, current_stage, jobs, candidate } = data.payload.application;
  const { email, name, jobIds } = toAtsCandidate({
    emails: candidate.email_addresses.map(({ value }) => value),
    name: [candidate.first_name, candidate.last_name].filter(Boolean).join(' '),
    jobIds: jobs.map((job) => job.id),
  });
  return {
    applicationId: id,
    stageId: current_stage.id,
    stageName: current_stage.name,
    candidate: { email, name, jobIds },
  };
}

function parseLever(json: unknown): ReportedStage | undefined {
  const { data } = leverSchema.safeParse(json);
  return data && { applicationId: data.data.opportunityId, stageId: data.data.toStageId };
}
