/**
 * Compares the candidate and project in Evalon's response with the invite. Evalon may mask an email or write an id in
 * another form. So the proxy accepts a different text, unless the text names another candidate or project that the
 * proxy knows.
 */
import { toCandidateKey } from '../contract/candidate.ts';
import { invalidResponse } from '../evalon/errors.ts';
import { foldKey } from '../evalon/folded-keys.ts';
import type { SessionResponse } from '../evalon/parse-session.ts';
import type { Queries } from '../store/store.ts';
import type { EchoedField } from './monitor.ts';

/** An entry of the setting `ASSESSMENTS`. */
export interface OfferedAssessment {
  project_id: string;
  assessment_type: string;
}

interface Invitee {
  candidate_key: string;
  project_id: string;
}

/** Characters that mask a part of an email. */
const MASK = /[*•…]+/u;

/**
 * Returns the fields that differ from the invite.
 * @throws UpstreamUnavailable if the response names another known candidate or project.
 */
export async function checkEcho(
  queries: Queries,
  invitee: Invitee,
  { candidate_email, project_id }: SessionResponse,
  offered: readonly OfferedAssessment[],
): Promise<EchoedField[]> {
  const key = candidate_email === undefined ? invitee.candidate_key : toCandidateKey(candidate_email);
  const isOtherEmail = key !== invitee.candidate_key;
  const isOtherProject = project_id !== undefined && project_id !== invitee.project_id;
  if (
    (isOtherEmail && (await isOtherKnownCandidate(queries, invitee, key))) ||
    (isOtherProject && (await isOtherKnownProject(queries, invitee, project_id, offered)))
  ) {
    throw invalidResponse("Evalon responded with another candidate's or project's session");
  }
  return [...(isOtherEmail ? ['candidate_email' as const] : []), ...(isOtherProject ? ['project_id' as const] : [])];
}

async function isOtherKnownCandidate({ candidates }: Queries, invitee: Invitee, key: string): Promise<boolean> {
  if (!MASK.test(key)) return candidates.isKnown(key);
  const parts = key.split(MASK);
  if (matchesMask(parts, invitee.candidate_key)) return false;
  return candidates.hasMatchingKey(parts[0] ?? '', (known) => matchesMask(parts, known));
}

/** @param parts the visible parts of a masked email, in order. */
function matchesMask(parts: readonly string[], key: string): boolean {
  const [start = '', ...middleParts] = parts;
  const end = middleParts.pop() ?? '';
  if (key.length < start.length + end.length || !key.startsWith(start) || !key.endsWith(end)) return false;
  let from = start.length;
  return middleParts.every((part) => {
    const at = key.indexOf(part, from);
    from = at + part.length;
    return at >= 0 && from <= key.length - end.length;
  });
}

async function isOtherKnownProject(
  { sessions }: Queries,
  invitee: Invitee,
  projectId: string,
  offered: readonly OfferedAssessment[],
): Promise<boolean> {
  if (await sessions.existsInProject(projectId)) return true;
  const folded = foldKey(projectId);
  if (offered.some(({ project_id }) => project_id === projectId)) return true;
  // A different spelling of the invite's own project is not another project.
  return folded !== foldKey(invitee.project_id) && offered.some(({ project_id }) => foldKey(project_id) === folded);
}

/** Returns the type in `known` that the response names, or undefined if it names none of them. */
export function findNamedType(
  { assessment_type: named }: SessionResponse,
  known: readonly Pick<OfferedAssessment, 'assessment_type'>[],
): string | undefined {
  if (named === undefined) return undefined;
  return known.find(({ assessment_type }) => foldKey(assessment_type) === foldKey(named))?.assessment_type;
}
