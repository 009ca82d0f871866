/**
 * What a profile has to show for one person: what can be offered, what is under way, what stands in the way.
 * Evalon keeps one session for each person and project, so a project with a session has nothing else to offer.
 */

import type { Assessment, Session } from '../../api/parse.ts';
import { humanize } from '../../strings/humanize.ts';

/** An assessment that the recruiter may invite to. */
export interface AvailableEntry {
  kind: 'offer';
  assessment: Assessment;
}

/** A session, and what cannot be had beside it. */
export interface SessionEntry {
  kind: 'session';
  session: Session;
  label: string;
  /** Whether it is the one that counts in its project. */
  isCurrent: boolean;
  /** Whether it belongs to a project that the page does not offer. */
  isOtherProject: boolean;
  /** Labels of the other assessments of this project. */
  blockedLabels: string[];
}

/** What the page wants to offer, and what it named without a project that could be found. */
export interface ParsedTypes {
  assessments: Assessment[];
  missingProject: string[];
}

/** Lays out a person's sessions (the newest first) among what the page offers; other projects come last. */
export function buildEntries(
  sessions: Session[],
  choices: Assessment[],
  offered: Assessment[],
): (AvailableEntry | SessionEntry)[] {
  const projects = new Set([...choices, ...sessions].map((one) => one.project_id));
  return [...projects].flatMap((project): (AvailableEntry | SessionEntry)[] => {
    const own = choices.filter((choice) => choice.project_id === project);
    const held = sessions.filter((session) => session.project_id === project);
    if (!held.length) return own.map((choice) => ({ kind: 'offer', assessment: choice }));
    return held.map((session, index) => ({
      kind: 'session',
      session,
      label: findAssessmentLabel(session, [...choices, ...offered]),
      isCurrent: !index,
      isOtherProject: choices.length > own.length && !own.length,
      blockedLabels: own
        .filter((one) => !index && one.assessment_type !== session.assessment_type)
        .map((one) => one.label),
    }));
  });
}

/** Reads `type[@project_id][:Label]`, comma-separated; what is not said is taken from the page, then from the offer. */
export function parseAssessmentTypes(text: string, projectId: string | undefined, offered: Assessment[]): ParsedTypes {
  const found: ParsedTypes = { assessments: [], missingProject: [] };
  for (const part of text.split(',')) {
    const [place = '', label] = part.split(':').map((one) => one.trim());
    const [type = '', project] = place.split('@');
    if (!type) continue;
    const same = offered.filter((one) => one.assessment_type === type);
    const project_id = project || projectId || (same.length === 1 ? same[0]?.project_id : undefined);
    const told = same.find((one) => one.project_id === project_id) ?? same[0];
    if (project_id) {
      found.assessments.push({ assessment_type: type, project_id, label: label || told?.label || humanize(type) });
    } else found.missingProject.push(type);
  }
  return found;
}

/** What a session's assessment is called here. */
export function findAssessmentLabel(session: Session, known: Assessment[]): string {
  const type = session.assessment_type;
  const same = known.filter((one) => one.assessment_type === type);
  return (
    (same.find((one) => one.project_id === session.project_id) ?? same[0])?.label ?? humanize(type ?? 'assessment')
  );
}
