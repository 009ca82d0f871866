/** Writes into Ashby: notes, custom fields and completed assessments of a candidate. */
import { z } from 'zod';
import type { AtsConfig } from '../config/ats.ts';
import type { WriteTarget } from '../config/write-back.ts';
import { deriveUuid } from '../util/uuid.ts';
import { ANY_RESULTS, createAshbyCall } from './ashby-api.ts';
import { idSchema, listOfValid, validOrUndefined } from './connector.ts';
import type { AtsFetch } from './http.ts';
import { type AtsWrite, createWriter, type WriteEntry, type Writer } from './writer.ts';

const applicationSchema = z.object({ id: idSchema, candidate: z.object({ id: idSchema }) });
const emailSchema = z.object({ value: z.string() });
const candidateSchema = z.object({
  id: idSchema,
  primaryEmailAddress: validOrUndefined(emailSchema),
  emailAddresses: listOfValid(emailSchema),
});
const notesSchema = listOfValid(z.object({ content: z.string() }));

/** The ids that Ashby gave to the company, for assessments. */
export type AssessmentIds = Pick<Extract<WriteTarget, { as: 'assessment' }>, 'partner_id' | 'assessment_type_id'>;

export function createAshbyWriter(
  config: NonNullable<AtsConfig['ashby']>,
  assessmentIds: AssessmentIds | undefined,
  fetchAts: AtsFetch,
): Writer {
  const call = createAshbyCall(config, fetchAts);

  function buildRequest(candidateId: string, { entry, sessionId }: AtsWrite): [method: string, body: object] {
    if (entry.as === 'note') {
      return ['candidate.createNote', { candidateId, note: { type: 'text/plain', value: entry.text } }];
    }
    if (entry.as === 'field' || entry.as === 'link') {
      const { field: fieldId } = entry;
      const fieldValue = entry.as === 'link' ? entry.url : entry.value;
      return ['customField.setValue', { objectType: 'Candidate', objectId: candidateId, fieldId, fieldValue }];
    }
    if (entry.as !== 'assessment' || !assessmentIds) throw new Error(`cannot write this ${entry.as} into Ashby`);
    const body = {
      candidateId,
      partnerId: assessmentIds.partner_id,
      assessment: buildAssessment(entry, assessmentIds, sessionId),
      timestamp: entry.completedAtMs,
    };
    return ['assessment.addCompletedToCandidate', body];
  }

  return createWriter({
    ats: 'ashby',
    label: 'Ashby',
    async findDestination(applicationId, signal) {
      const application = await call('application.info', { applicationId }, applicationSchema, signal);
      if (!application) return undefined;
      const { id: candidateId } = application.candidate;
      const candidate = await call('candidate.info', { id: candidateId }, candidateSchema, signal);
      if (candidate?.id !== candidateId) return undefined;
      const { primaryEmailAddress, emailAddresses } = candidate;
      const emails = [...(primaryEmailAddress ? [primaryEmailAddress] : []), ...emailAddresses];
      return { applicationId: application.id, candidateId, emails: emails.map(({ value }) => value) };
    },
    async countCopies({ candidateId }, { entry, marker }, signal) {
      if (entry.as === 'assessment') return undefined;
      // Setting a field twice does no harm.
      if (entry.as !== 'note') return 0;
      const notes = await call('candidate.listNotes', { candidateId }, notesSchema, signal);
      return notes?.filter(({ content }) => content.includes(marker)).length ?? 0;
    },
    // Checks the permission to write: Ashby refuses a note without a candidate, so nothing is stored.
    sendIncomplete: (signal) => call('candidate.createNote', {}, z.unknown(), signal),
    async send({ candidateId }, write, signal) {
      const [method, body] = buildRequest(candidateId, write);
      return (await call(method, body, ANY_RESULTS, signal)) !== undefined;
    },
  });
}

function buildAssessment(
  { name, score }: Extract<WriteEntry, { as: 'assessment' }>,
  { assessment_type_id }: AssessmentIds,
  sessionId: string,
) {
  const { overall, overallMax, sections } = score;
  const toScore = (identifier: string, label: string, value: number) => ({
    identifier,
    label,
    type: 'numeric_score',
    value,
  });
  return {
    assessmentTypeId: assessment_type_id,
    // Ashby requires a UUID.
    assessmentId: deriveUuid(sessionId),
    assessmentName: name,
    result:
      overall === null
        ? { identifier: 'overall', label: 'Result', type: 'string', value: 'Completed' }
        : toScore('overall', 'Overall score', overall),
    metadata: [
      ...(overallMax === null ? [] : [toScore('overall-max', 'Maximum score', overallMax)]),
      ...sections.map((section, index) => toScore(`section-${index + 1}`, section.name, section.score)),
    ],
  };
}
