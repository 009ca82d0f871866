/**
 * Whose page a recruiter looks at, told by the ATS's own API: by the ids in the page's address, never by what the page shows.
 * Whoever is not there, is considered for none of the caller's jobs, or is not the caller's to see, answers the same.
 */
import type { AtsDirectory } from '../ats/directory.ts';
import type { Audit } from '../audit/audit-log.ts';
import { maySeeCandidate, maySeeProject, type Recruiter } from '../auth/recruiter.ts';
import type { Config } from '../config/config.ts';
import { candidateKey } from '../contract/candidate.ts';
import { type Ids, idsInAddress, isOnHost } from '../contract/page-address.ts';
import type { Resolved, ResolveRequest } from '../contract/resolve.ts';
import { InvalidRequest, NotFound } from '../util/errors.ts';

export interface ResolveOptions {
  /** The settings of the moment. */
  config: () => Pick<Config, 'assessments' | 'adapters'>;
  /** Those ATSs that can be asked at the moment. */
  directory: () => AtsDirectory;
  audit: Pick<Audit, 'resolved'>;
}

export type ResolveCandidate = (recruiter: Recruiter, request: ResolveRequest) => Promise<Resolved>;

/** Answers a function that throws InvalidRequest, NotFound, AtsRejected, AtsUnavailable. */
export function createResolve({ config, directory, audit }: ResolveOptions): ResolveCandidate {
  return async (recruiter, request) => {
    const { ats, ids } = request.url === undefined ? asked(request) : idsOf(config().adapters, request.url);
    const valid = validated(directory(), ats, ids);
    const offered = config().assessments.filter(({ project_id }) => maySeeProject(recruiter, project_id));
    const person = offered.length ? await directory().find(ats, valid) : undefined;
    const fitting = offered.filter(({ jobs }) => !jobs || jobs.some((job) => person?.jobs.includes(job)));
    const key = person?.email === undefined ? undefined : candidateKey(person.email);
    const isTheirs = key === undefined ? !recruiter.candidates : maySeeCandidate(recruiter, key);
    if (!person || !fitting.length || !isTheirs) {
      throw new NotFound('There is no such candidate, or your sign-in does not cover them.');
    }
    await audit.resolved(recruiter, ats, JSON.stringify(person.application ?? valid), key);
    return {
      ats,
      ...(person.application !== undefined && { application_id: person.application }),
      ...(person.email !== undefined && { candidate_email: person.email }),
      ...(person.name !== undefined && { candidate_name: person.name }),
      assessments: fitting,
    };
  };
}

interface Asked {
  ats: string;
  ids: Ids;
}

function asked({ ats, url: _, ...ids }: Exclude<ResolveRequest, { url: string }>): Asked {
  return { ats, ids };
}

/** The first adapter that knows the host and can read the address. */
function idsOf(adapters: Config['adapters'], address: string): Asked {
  const url = new URL(address);
  for (const adapter of adapters) {
    const ids = isOnHost(adapter.hosts, url) ? idsInAddress(adapter, url) : undefined;
    if (ids && ids !== 'unclear') return { ats: adapter.ats, ids };
  }
  throw refused('url', 'is no address of a candidate in an ATS that is known here');
}

function validated(directory: AtsDirectory, ats: string, ids: Ids): Ids {
  const connector = directory.connector(ats);
  if (!connector) throw refused('ats', 'is not connected here');
  const parsed = connector.ids.safeParse(ids);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw refused(issue?.path.join('.') || 'ids', issue?.message ?? 'cannot be used');
}

function refused(path: string, message: string): InvalidRequest {
  return new InvalidRequest(`${path} ${message}.`, [{ path, message }]);
}
