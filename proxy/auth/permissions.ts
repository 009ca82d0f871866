/** Refuses a request that the recruiter's token does not cover. */
import { Forbidden } from '../util/errors.ts';
import { canSeeProject, type Recruiter, type Scope } from './recruiter.ts';

const SCOPE_MISSING: Record<Scope, string> = {
  read: 'You don\'t have permission to view assessments. Ask IT for the "read" scope.',
  invite: 'You don\'t have permission to invite candidates. Ask IT for the "invite" scope.',
};

/** @throws Forbidden */
export function assertScope(recruiter: Recruiter, scope: Scope): void {
  if (!recruiter.scope.has(scope)) throw new Forbidden(SCOPE_MISSING[scope]);
}

/** @throws Forbidden */
export function assertProject(recruiter: Recruiter, projectId: string): void {
  if (!canSeeProject(recruiter, projectId)) {
    throw new Forbidden("You don't have access to this project. Ask IT for access.");
  }
}
