/** A recruiter's token, held against these settings by the proxy's own proof: would it be taken, and for what? */
import { isAccessToken } from '../auth/access-token.ts';
import { explainToken } from '../auth/explain-token.ts';
import type { Config } from '../config/config.ts';
import type { Clock } from '../util/clock.ts';
import { Unavailable } from '../util/errors.ts';
import { type CheckResult, fail, ok, warn } from './check-result.ts';

/** Nothing of the token is in the answer but what it grants, and that only where it is proven. */
export async function checkToken(given: string, config: Config, clock: Clock): Promise<CheckResult[]> {
  const token = given.replace(/^Bearer\s+/i, '');
  const { hostTokens, isSandbox: sandbox, assessments } = config;
  if (sandbox) return [warn('the sandbox looks at no token', 'run this with the settings of the deployment')];
  if (!token) return [fail('no token was given', 'give it on standard input')];
  if (isAccessToken(token)) {
    return [warn('the token is one of single sign-on, which only the running proxy can prove', 'give one of the ATS')];
  }
  if (!hostTokens) {
    return [
      fail('no token of an ATS is taken', 'set HOST_TOKEN_SECRET or HOST_TOKEN_JWKS; here is single sign-on alone'),
    ];
  }
  try {
    const judged = await explainToken(token, hostTokens, clock);
    if ('fault' in judged) return [fail(`the proxy would refuse this: ${judged.fault.message}`, judged.fault.fix)];
    const { projects, scope, candidateKeys: candidates, expiresAt } = judged.recruiter;
    const where = projects === 'every' ? 'every project' : [...projects].join(', ');
    const whom = candidates ? `, for named candidates only (${candidates.size})` : '';
    const left = Math.ceil((expiresAt - clock.now()) / 1_000);
    const accepted = ok(`the token is taken for ${left} s more: ${[...scope].join(' and ')} in ${where}${whom}`);
    const offers = assessments.some(({ project_id }) => projects === 'every' || projects.has(project_id));
    return offers || !assessments.length
      ? [accepted]
      : [accepted, warn('none of its projects is in ASSESSMENTS, so nothing is offered', 'compare the ids')];
  } catch (error) {
    if (!(error instanceof Unavailable)) throw error;
    return [fail('the keys in HOST_TOKEN_JWKS cannot be read', 'run npm run doctor, which looks at them')];
  }
}
