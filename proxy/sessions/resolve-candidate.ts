/**
 * Whose page a recruiter looks at, told by the ATS's own API: by the ids in the page's address, never by what the page shows.
 * Whoever is not there, is considered for none of the caller's jobs, or is not the caller's to see, answers the same.
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
  /** The settings of the moment. */
  config: () => Pick<Config, 'assessments' | 'adapters'>;
  /** Those ATSs that can be asked at the moment. */
  directory: () => AtsDirectory;
  audit: Pick<Audit, 'recordResolved'>;
}

export type ResolveCandidate = (recruiter: Recruiter, request: ResolveRequest) => Promise<ResolvedCandidate>;

/** Answers a function that throws InvalidRequest, NotFound, AtsRejected, AtsUnavailable. */
export function createResolveCandidate({ config, directory, audit }: ResolveOptions): ResolveCandidate {
  return async (recruiter, request) => {
    const { ats, ids } =
      request.url === undefined ? lookupFromIds(request) : lookupFromUrl(config().adapters, request.url);
    const valid = validateIds(directory(), ats, ids);
    const offered = config().assessments.filter(({ project_id }) => canSeeProject(recruiter, project_id));
    const person = offered.length ? await directory().findCandidate(ats, valid) : undefined;
    const fitting = offered.filter(({ jobs }) => !jobs || jobs.some((job) => person?.jobIds.includes(job)));
    const key = person?.email === undefined ? undefined : toCandidateKey(person.email);
    const isTheirs = key === undefined ? !recruiter.candidateKeys : canSeeCandidate(recruiter, key);
    if (!person || !fitting.length || !isTheirs) {
      throw new NotFound('There is no such candidate, or your sign-in does not cover them.');
    }
    await audit.recordResolved(recruiter, ats, JSON.stringify(person.applicationId ?? valid), key);
    return {
      ats,
      ...(person.applicationId !== undefined && { application_id: person.applicationId }),
      ...(person.email !== undefined && { candidate_email: person.email }),
      ...(person.name !== undefined && { candidate_name: person.name }),
      assessments: fitting,
    };
  };
}

interface AtsLookup {
  ats: string;
  ids: AtsIds;
}

function lookupFromIds({ ats, url: _, ...ids }: Exclude<ResolveRequest, { url: string }>): AtsLookup {
  return { ats, ids };
}

/** The first adapter that knows the host and can read the address. */
function lookupFromUrl(adapters: Config['adapters'], address: string): AtsLookup {
  const url = new URL(address);
  for (const adapter of adapters) {
    const ids = isUrlOnHost(adapter.hosts, url) ? extractIds(adapter, url) : undefined;
    if (ids && ids !== 'unclear') return { ats: adapter.ats, ids };
  }
  throw invalidField('url', 'is no address of a candidate in an ATS that is known here');
}

function validateIds(directory: AtsDirectory, ats: string, ids: AtsIds): AtsIds {
  const connector = directory.getConnector(ats);
  if (!connector) throw invalidField('ats', 'is not connected here');
  const parsed = connector.idsSchema.safeParse(ids);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw invalidField(issue?.path.join('.') || 'ids', issue?.message ?? 'cannot be used');
}

function invalidField(path: string, message: string): InvalidRequest {
  return new InvalidRequest(`${path} ${message}.`, [{ path, message }]);
}
