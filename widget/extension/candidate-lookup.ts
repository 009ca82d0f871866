/** Identifies the candidate: by the ATS's ids through the proxy, or by what the recruiter types. */
import { html, type TemplateResult } from 'lit';
import { isEmail, normalizeEmail } from '../../proxy/contract/candidate.ts';
import type { AtsIds } from '../../proxy/contract/page-address.ts';
import * as ROUTES from '../../proxy/contract/routes.ts';
import type { Client } from '../api/client.ts';
import type { WidgetProblem } from '../api/errors.ts';
import * as strings from '../strings/en/extension.ts';
import { isRecord, readRecords, readString, toRecord } from '../util/json.ts';

export interface Candidate {
  email: string;
  name: string;
  applicationId?: string | undefined;
  /** In the form of the element's `assessment-types`; undefined for all. */
  assessmentTypes?: string[] | undefined;
}

/** Returns undefined if the ATS does not know the ids. Email and name may be missing. */
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

/**
 * A form in which the recruiter names the candidate.
 * @param reason why the candidate is unknown.
 * @param onSubmit called only if the recruiter submits the form, not if a script does.
 */
export function renderCandidateForm(
  reason: string,
  { email = '', name = '', ...known }: Partial<Candidate>,
  onSubmit: (candidate: Candidate) => Promise<void>,
): TemplateResult {
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const fields = new FormData(event.target as HTMLFormElement);
    const typedEmail = normalizeEmail(String(fields.get('email')));
    const typedName = String(fields.get('name')).trim();
    if (event.isTrusted && isEmail(typedEmail) && typedName) {
      void onSubmit({ ...known, email: typedEmail, name: typedName });
    }
  };
  return html`<h2>${strings.candidateUnknown}</h2>
    ${reason ? html`<p>${reason}</p>` : ''}
    <p>${strings.enterManually}</p>
    <form @submit=${submit}>
      <label>${strings.email} <input name="email" type="email" required autocomplete="off" .value=${email}></label>
      <label>${strings.name} <input name="name" required autocomplete="off" .value=${name}></label>
      <button class="primary">${strings.useCandidate}</button>
    </form>`;
}
