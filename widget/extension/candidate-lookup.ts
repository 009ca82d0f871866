/** Looks up a candidate by the ATS's ids through the proxy. Does not use the DOM. */
import type { AtsIds } from '../../proxy/contract/page-address.ts';
import * as ROUTES from '../../proxy/contract/routes.ts';
import type { Client } from '../api/client.ts';
import type { WidgetProblem } from '../api/errors.ts';
import { isRecord, readRecords, readString, toRecord } from '../util/json.ts';

export interface Candidate {
  email: string;
  name: string;
  applicationId?: string | undefined;
  /** The assessments to offer, as `type@project_id`; undefined for all. */
  assessmentTypes?: string[] | undefined;
}

/**
 * Returns undefined if the ATS does not know the ids. Email and name may be missing.
 * @param ats the name of the ATS.
 */
export async function lookUpCandidate(
  client: Client,
  ats: string,
  ids: AtsIds,
): Promise<Partial<Candidate> | undefined> {
  try {
    return await client.request(ROUTES.resolve, { body: { ats, ...ids } }, parseCandidate);
  } catch (problem) {
    const { status } = (problem as WidgetProblem).details ?? {};
    if (status === 404 || status === 400) return undefined;
    throw problem;
  }
}

function parseCandidate(value: unknown): Partial<Candidate> | undefined {
  if (!isRecord(value)) return undefined;
  return {
    email: readString(value, 'candidate_email') ?? '',
    name: readString(value, 'candidate_name') ?? '',
    applicationId: readString(value, 'application_id'),
    assessmentTypes: readAssessmentTypes(value),
  };
}

/** Reads the assessments of a resolved candidate, or of the client config. */
export function readAssessmentTypes(value: unknown): string[] {
  return readRecords(toRecord(value), 'assessments').map(
    (assessment) => `${readString(assessment, 'assessment_type')}@${readString(assessment, 'project_id')}`,
  );
}
