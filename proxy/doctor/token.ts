/** Checks a recruiter's token with the proxy's own verification. */
import { isAccessToken } from '../auth/access-token.ts';
import { explainToken } from '../auth/explain-token.ts';
import type { Config } from '../config/config.ts';
import type { Clock } from '../util/clock.ts';
import { Unavailable } from '../util/errors.ts';
import { type CheckResult, fail, ok, warn } from './check-result.ts';

/** The results contain no part of the token, except its rights if the token is valid. */
export async function checkToken(input: string, config: Config, clock: Clock): Promise<CheckResult[]> {
  const token = input.replace(/^Bearer\s+/i, '');
  const { hostTokens, isSandbox, assessments } = config;
  if (isSandbox) return [warn('the sandbox verifies no tokens', "run the doctor with the deployment's settings")];
  if (!token) return [fail('no token was given', 'pass it on standard input')];
  if (isAccessToken(token)) {
    return [
      warn('the token is from single sign-on, which only the running proxy can verify', "pass one of the ATS's tokens"),
    ];
  }
  if (!hostTokens) {
    return [
      fail('the proxy accepts no tokens from an ATS, only single sign-on', 'set HOST_TOKEN_SECRET or HOST_TOKEN_JWKS'),
    ];
  }
  try {
    const explanation = await explainToken(token, hostTokens, clock);
    if ('tokenError' in explanation) {
      const { message, fix } = explanation.tokenError;
      return [fail(`the proxy refuses this token: ${message}`, fix)];
    }
    const { projects, scope, candidateKeys, expiresAt } = explanation.recruiter;
    const grantedProjects = projects === 'every' ? 'every project' : [...projects].join(', ');
    const limitedTo = candidateKeys ? `, limited to named candidates (${candidateKeys.size})` : '';
    const secondsLeft = Math.ceil((expiresAt - clock.now()) / 1_000);
    const accepted = ok(
      `the proxy accepts this token for another ${secondsLeft} s: ${[...scope].join(' and ')} in ${grantedProjects}${limitedTo}`,
    );
    const isOffered = assessments.some(({ project_id }) => projects === 'every' || projects.has(project_id));
    return isOffered || !assessments.length
      ? [accepted]
      : [accepted, warn('ASSESSMENTS contains none of its projects, so nothing is offered', 'compare the ids')];
  } catch (error) {
    if (!(error instanceof Unavailable)) throw error;
    return [fail('the keys in HOST_TOKEN_JWKS cannot be read', 'run npm run doctor, which checks them')];
  }
}
