/** Refuses assessments that IT does not offer. */
import { InvalidRequest } from '../util/errors.ts';
import type { OfferedAssessment } from './echo.ts';

/** @throws InvalidRequest if `ASSESSMENTS` is set and does not list the assessment. */
export function assertOffered(offered: readonly OfferedAssessment[], wanted: OfferedAssessment): void {
  const isOffered = offered.some(
    ({ project_id, assessment_type }) => project_id === wanted.project_id && assessment_type === wanted.assessment_type,
  );
  if (isOffered || !offered.length) return;
  throw new InvalidRequest('This project does not offer this assessment. Choose another one, or contact IT.', [
    { path: 'assessment_type', message: 'is not offered in this project' },
  ]);
}
