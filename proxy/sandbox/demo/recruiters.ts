/** The demo's recruiters. Their bearer token is their `sub`. A visitor without a token acts as `RECRUITER`. */
export interface DemoRecruiter {
  readonly sub: string;
  readonly name: string;
}

export const RECRUITER: DemoRecruiter = { sub: 'demo-recruiter', name: 'Demo Recruiter' };
export const COLLEAGUE: DemoRecruiter = { sub: 'demo-colleague', name: 'Demo Colleague' };
