/**
 * Finds the candidate of an ATS page through the ATS's API, by the ids in the request or in the page's URL.
 * Throws the same error if the candidate is unknown, has no matching job, or is not visible to the recruiter.
 */
import type { AtsDirectory } from '../ats/directory.ts';
import type { Audit } from '../audit/audit-log.ts';
import { canSeeCandidate, canSeeProject, type Recruiter } from '../auth/recruiter.ts';
import type { Config } from '../config/config.ts';
import { toCandidateKey } from '../contract/candidate.ts';
import { type AtsIds, extractIds, isUrlOnHost } from '../contract/page-address.ts';
import type { ResolvedCandidate, ResolveRequest } from '../contract/resolve.ts';
import { InvalidRequest, NotFound } from '../util/errors.ts';

export interface ResolveOptions {
  config: () => Pick<Config, 'assessments' | 'adapters'>;
  atsDirectory: () => AtsDirectory;
  audit: Pick<Audit, 'recordResolved'>;
}

/** @throws InvalidRequest, NotFound, AtsRejected, AtsUnavailable */
export type ResolveCandidate = (recruiter: Recruiter, request: ResolveRequest) => Promise<ResolvedCandidate>;

interface AtsLookup {
  ats: string;
  ids: AtsIds;
}

export function createResolveCandidate({ config, atsDirectory, audit }: ResolveOptions): ResolveCandidate {
  return async (recruiter, request) => {
    const lookup = toLookup(request, config().adapters);
    const { ats } = lookup;
    const ids = validateIds(atsDirectory(), lookup);
    const allowed = config().assessments.filter(({ project_id }) => canSeeProject(recruiter, project_id));
    const candidate = allowed.length ? await atsDirectory().findCandidate(ats, ids) : undefined;
    const assessments = allowed.filter(({ jobs }) => !jobs || jobs.some((job) => candidate?.jobIds.includes(job)));
    const key = candidate?.email === undefined ? undefined : toCandidateKey(candidate.email);
    // If the ATS has no email, only recruiters whose token is not limited to certain candidates see the candidate.
    const isVisible = key === undefined ? !recruiter.candidateKeys : canSeeCandidate(recruiter, key);
    if (!candidate || !assessments.length || !isVisible) {
      throw new NotFound("This candidate doesn't exist, or you don't have access to them.");
    }
    const { applicationId, email, name } = candidate;
    await audit.recordResolved(recruiter, ats, JSON.stringify(applicationId ?? ids), key);
    return {
      ats,
      ...(applicationId !== undefined && { application_id: applicationId }),
      ...(email !== undefined && { candidate_email: email }),
      ...(name !== undefined && { candidate_name: name }),
      assessments,
    };
  };
}

/** Returns the ids in the request, or the ids that the first matching adapter reads from the URL in the request. */
function toLookup(request: ResolveRequest, adapters: Config['adapters']): AtsLookup {
  if (request.url === undefined) {
    const { ats, url: _, ...ids } = request;
    return { ats, ids };
  }
  const url = new URL(request.url);
  for (const adapter of adapters) {
    const ids = isUrlOnHost(adapter.hosts, url) ? extractIds(adapter, url) : undefined;
    if (ids && ids !== 'contradictory') return { ats: adapter.ats, ids };
  }
  throw invalidField('url', "is not a candidate's URL in a known ATS");
}

/** @throws InvalidRequest */
function validateIds(atsDirectory: AtsDirectory, { ats, ids }: AtsLookup): AtsIds {
  const connector = atsDirectory.getConnector(ats);
  if (!connector) throw invalidField('ats', 'is not connected');
  const { success, data, error } = connector.idsSchema.safeParse(ids);
  if (success) return data;
  const [issue] = error.issues;
  throw invalidField(issue?.path.join('.') || 'ids', issue?.message ?? 'is not valid');
}

function invalidField(path: string, message: string): InvalidRequest {
  return new InvalidRequest(`${path} ${message}.`, [{ path, message }]);
}
