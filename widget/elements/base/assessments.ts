/** Finds the assessments that a page offers, and their labels. */
import type { Assessment, Session } from '../../api/parse.ts';
import { unknownAssessment } from '../../strings/en/common.ts';
import { humanize } from '../../strings/humanize.ts';

export interface ParsedTypes {
  assessments: Assessment[];
  /** Types without a project: the page names none, and the configuration has none or several for the type. */
  missingProject: string[];
  /** Types that are not configured. */
  unknown: string[];
}

/**
 * Parses a comma-separated list of `type[@project_id][:Label]`. If nothing is configured, every type is accepted.
 * @param projectId the project of types without an `@project_id`
 * @param configured provides missing projects and labels
 */
export function parseAssessmentTypes(
  text: string,
  projectId: string | undefined,
  configured: Assessment[],
): ParsedTypes {
  const parsed: ParsedTypes = { assessments: [], missingProject: [], unknown: [] };
  for (const entry of text.split(',')) {
    const [identifier = '', label] = entry.split(':').map((part) => part.trim());
    const [type = '', ownProjectId] = identifier.split('@');
    if (!type) continue;
    const sameType = configured.filter(({ assessment_type }) => assessment_type === type);
    const onlyProjectId = sameType.length === 1 ? sameType[0]?.project_id : undefined;
    const project_id = ownProjectId || projectId || onlyProjectId;
    if (configured.length && !sameType.length) parsed.unknown.push(type);
    else if (project_id) {
      const match = sameType.find((assessment) => assessment.project_id === project_id) ?? sameType[0];
      parsed.assessments.push({ assessment_type: type, project_id, label: label || match?.label || humanize(type) });
    } else parsed.missingProject.push(type);
  }
  return parsed;
}

/** Prefers the label that the assessment has in the session's project. */
export function findAssessmentLabel({ assessment_type, project_id }: Session, assessments: Assessment[]): string {
  const sameType = assessments.filter((assessment) => assessment.assessment_type === assessment_type);
  const match = sameType.find((assessment) => assessment.project_id === project_id) ?? sameType[0];
  return match?.label ?? humanize(assessment_type ?? unknownAssessment);
}
