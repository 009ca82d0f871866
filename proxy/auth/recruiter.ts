/** The authenticated caller and their rights. */
import { createHmac } from 'node:crypto';

export type Scope = 'read' | 'invite';

export interface Recruiter {
  sub: string;
  iss: string;
  name?: string;
  projects: ReadonlySet<string> | 'every';
  scope: ReadonlySet<Scope>;
  /** Limits the token to these candidates (`toCandidateKey`). Absent: all candidates of the projects. */
  candidateKeys?: ReadonlySet<string>;
  /** Milliseconds since 1970. */
  expiresAt: number;
}

export function canSeeProject({ projects }: Recruiter, projectId: string): boolean {
  return projects === 'every' || projects.has(projectId);
}

export function canSeeCandidate({ candidateKeys }: Recruiter, candidateKey: string): boolean {
  return !candidateKeys || candidateKeys.has(candidateKey);
}

export function canSee(recruiter: Recruiter, subject: { candidate_key: string; project_id: string }): boolean {
  return canSeeProject(recruiter, subject.project_id) && canSeeCandidate(recruiter, subject.candidate_key);
}

/** Combines `iss` and `sub`: a `sub` is unique per issuer only. */
export function toRecruiterId({ iss, sub }: Pick<Recruiter, 'iss' | 'sub'>): string {
  return JSON.stringify([iss, sub]);
}

/** 132 bits in base64url. */
const FINGERPRINT_CHARS = 22;

/** Returns an opaque hash that changes if the caller or any of their rights changes. */
export function hashRights(recruiter: Recruiter, pepper: string): string {
  const rights = [
    recruiter.iss,
    recruiter.sub,
    recruiter.projects === 'every' ? '*' : [...recruiter.projects].sort(),
    [...recruiter.scope].sort(),
    recruiter.candidateKeys ? [...recruiter.candidateKeys].sort() : '*',
  ];
  return createHmac('sha256', pepper).update(JSON.stringify(rights)).digest('base64url').slice(0, FINGERPRINT_CHARS);
}
