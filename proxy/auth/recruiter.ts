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
  candidates?: ReadonlySet<string>;
  /** Milliseconds since 1970 at which the rights end. */
  expiresAt: number;
}

export function maySeeProject({ projects }: Recruiter, projectId: string): boolean {
  return projects === 'every' || projects.has(projectId);
}

export function maySeeCandidate({ candidates }: Recruiter, candidateKey: string): boolean {
  return !candidates || candidates.has(candidateKey);
}

/** Whether the recruiter may see what concerns this person in this project. */
export function maySee(recruiter: Recruiter, of: { candidate_key: string; project_id: string }): boolean {
  return maySeeProject(recruiter, of.project_id) && maySeeCandidate(recruiter, of.candidate_key);
}

/** One name for a recruiter: a `sub` means somebody only together with its issuer. */
export function ownerOf({ iss, sub }: Pick<Recruiter, 'iss' | 'sub'>): string {
  return JSON.stringify([iss, sub]);
}

/** An opaque name for a set of rights: equal only where `iss`, `sub`, projects, scope and candidates are. */
export function viewerOf(recruiter: Recruiter, pepper: string): string {
  const rights = [
    recruiter.iss,
    recruiter.sub,
    recruiter.projects === 'every' ? '*' : [...recruiter.projects].sort(),
    [...recruiter.scope].sort(),
    recruiter.candidates ? [...recruiter.candidates].sort() : '*',
  ];
  return createHmac('sha256', pepper).update(JSON.stringify(rights)).digest('base64url').slice(0, 22);
}
