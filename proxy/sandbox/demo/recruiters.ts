/** The demo's recruiters. Each has their `sub` as bearer token. A visitor without a token acts as `RECRUITER`. */
export interface DemoRecruiter {
  readonly sub: string;
  readonly name: string;
}

export const RECRUITER: DemoRecruiter = { sub: 'demo-recruiter', name: 'Demo Recruiter' };
export const COLLEAGUE: DemoRecruiter = { sub: 'demo-colleague', name: 'Demo Colleague' };
