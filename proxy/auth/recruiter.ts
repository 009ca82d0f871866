/** Who is calling and what they may see. Absent projects or scope grant nothing. */
import { createHmac } from 'node:crypto';

export type Scope = 'read' | 'invite';

export interface Recruiter {
  sub: string;
  iss: string;
  name?: string;
  projects: ReadonlySet<string> | 'every';
  scope: ReadonlySet<Scope>;
  /** Keys of the only candidates this token shows; absent means all of the projects. */
  candidateKeys?: ReadonlySet<string>;
  /** Milliseconds since 1970 at which the rights end. */
  expiresAt: number;
}

export function canSeeProject({ projects }: Recruiter, projectId: string): boolean {
  return projects === 'every' || projects.has(projectId);
}

export function canSeeCandidate({ candidateKeys: candidates }: Recruiter, candidateKey: string): boolean {
  return !candidates || candidates.has(candidateKey);
}

/** Whether the recruiter may see what concerns this person in this project. */
export function canSee(recruiter: Recruiter, of: { candidate_key: string; project_id: string }): boolean {
  return canSeeProject(recruiter, of.project_id) && canSeeCandidate(recruiter, of.candidate_key);
}

/** One name for a recruiter: a `sub` means somebody only together with its issuer. */
export function recruiterId({ iss, sub }: Pick<Recruiter, 'iss' | 'sub'>): string {
  return JSON.stringify([iss, sub]);
}

/** An opaque name for a set of rights: equal only where `iss`, `sub`, projects, scope and candidates are. */
export function rightsFingerprint(recruiter: Recruiter, pepper: string): string {
  const rights = [
    recruiter.iss,
    recruiter.sub,
    recruiter.projects === 'every' ? '*' : [...recruiter.projects].sort(),
    [...recruiter.scope].sort(),
    recruiter.candidateKeys ? [...recruiter.candidateKeys].sort() : '*',
  ];
  return createHmac('sha256', pepper).update(JSON.stringify(rights)).digest('base64url').slice(0, 22);
}
