/**
 * What a profile has to show for one person: what can be offered, what is under way, what stands in the way.
 * Evalon keeps one session for each person and project, so a project with a session has nothing else to offer.
 */

import type { Assessment, Session } from '../../api/parse.ts';
import { readable } from '../../strings/humanize.ts';

/** An assessment that the recruiter may invite to. */
export interface OfferEntry {
  kind: 'offer';
  choice: Assessment;
}

/** A session, and what cannot be had beside it. */
export interface SessionEntry {
  kind: 'session';
  session: Session;
  label: string;
  /** Whether it is the one that counts in its project. */
  current: boolean;
  /** Whether it belongs to a project that the page does not offer. */
  elsewhere: boolean;
  /** Labels of the other assessments of this project. */
  blocked: string[];
}

/** What the page wants to offer, and what it named without a project that could be found. */
export interface Choices {
  choices: Assessment[];
  unplaced: string[];
}

/** Lays out a person's sessions (the newest first) among what the page offers; other projects come last. */
export function boardOf(
  sessions: Session[],
  choices: Assessment[],
  offered: Assessment[],
): (OfferEntry | SessionEntry)[] {
  const projects = new Set([...choices, ...sessions].map((one) => one.project_id));
  return [...projects].flatMap((project): (OfferEntry | SessionEntry)[] => {
    const own = choices.filter((choice) => choice.project_id === project);
    const held = sessions.filter((session) => session.project_id === project);
    if (!held.length) return own.map((choice) => ({ kind: 'offer', choice }));
    return held.map((session, index) => ({
      kind: 'session',
      session,
      label: labelOf(session, [...choices, ...offered]),
      current: !index,
      elsewhere: choices.length > own.length && !own.length,
      blocked: own.filter((one) => !index && one.assessment_type !== session.assessment_type).map((one) => one.label),
    }));
  });
}

/** Reads `type[@project_id][:Label]`, comma-separated; what is not said is taken from the page, then from the offer. */
export function parseChoices(text: string, projectId: string | undefined, offered: Assessment[]): Choices {
  const found: Choices = { choices: [], unplaced: [] };
  for (const part of text.split(',')) {
    const [place = '', label] = part.split(':').map((one) => one.trim());
    const [type = '', project] = place.split('@');
    if (!type) continue;
    const same = offered.filter((one) => one.assessment_type === type);
    const project_id = project || projectId || (same.length === 1 ? same[0]?.project_id : undefined);
    const told = same.find((one) => one.project_id === project_id) ?? same[0];
    if (project_id) {
      found.choices.push({ assessment_type: type, project_id, label: label || told?.label || readable(type) });
    } else found.unplaced.push(type);
  }
  return found;
}

/** What a session's assessment is called here. */
export function labelOf(session: Session, known: Assessment[]): string {
  const type = session.assessment_type;
  const same = known.filter((one) => one.assessment_type === type);
  return (
    (same.find((one) => one.project_id === session.project_id) ?? same[0])?.label ?? readable(type ?? 'assessment')
  );
}
