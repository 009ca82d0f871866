/**
 * Builds what a panel shows for a candidate. Evalon allows one session per candidate and project, so a project with a
 * session offers no other assessment. The entry of a project's newest session contains its previous sessions.
 */
import type { Assessment, Session } from '../../api/parse.ts';
import { findAssessmentLabel } from '../base/assessments.ts';
import type { SessionView } from '../base/candidate-element.ts';

/** An assessment to which the recruiter can invite the candidate. */
export interface AvailableEntry {
  kind: 'available';
  assessment: Assessment;
}

/** A project that offers several assessments. The recruiter chooses one of them. */
export interface ChoiceEntry {
  kind: 'choice';
  project_id: string;
  assessments: Assessment[];
}

export interface SessionEntry extends SessionView {
  kind: 'session';
  /** Whether the page offers assessments, but none in the session's project. */
  isOtherProject: boolean;
  /** The previous sessions of the same project, newest first. */
  previous: SessionEntry[];
}

export type PanelEntry = AvailableEntry | ChoiceEntry | SessionEntry;

/**
 * Groups a candidate's sessions by project. Projects that the page does not offer come last.
 * @param sessions newest first
 * @param offered the assessments that the page offers
 * @param configured provides labels of other assessments
 */
export function buildEntries(sessions: Session[], offered: Assessment[], configured: Assessment[]): PanelEntry[] {
  const projectIds = new Set([...offered, ...sessions].map(({ project_id }) => project_id));
  return [...projectIds].flatMap((projectId): PanelEntry[] => {
    const offeredInProject = offered.filter(({ project_id }) => project_id === projectId);
    const [current, ...previous] = sessions.filter(({ project_id }) => project_id === projectId);
    const [assessment, ...others] = offeredInProject;
    if (!current && assessment) {
      return others.length
        ? [{ kind: 'choice', project_id: projectId, assessments: offeredInProject }]
        : [{ kind: 'available', assessment }];
    }
    if (!current) return [];
    const toEntry = (session: Session): SessionEntry => ({
      kind: 'session',
      session,
      label: findAssessmentLabel(session, [...offered, ...configured]),
      isCurrent: session === current,
      isOtherProject: offered.length > 0 && !offeredInProject.length,
      blocksOthers:
        session === current &&
        offeredInProject.some(({ assessment_type }) => assessment_type !== session.assessment_type),
      previous: [],
    });
    return [{ ...toEntry(current), previous: previous.map(toEntry) }];
  });
}
