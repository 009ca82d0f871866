/** Checks the page's token: where it comes from, what it contains, and whether the proxy accepts it. */
import type { EvalonWidgetSettings } from '../package/settings.ts';
import { type Finding, fail, ok, warn } from './finding.ts';
import { explainBlockedRequest, observePolicy } from './policy.ts';
import { readJson, request, withDeadline } from './request.ts';

/** The proxy refuses tokens with a longer lifetime. */
const MAX_LIFETIME_SECONDS = 900;
const RUN_DOCTOR = 'In the proxy\'s folder, run "npm run doctor -- token" and paste a token: it names the reason.';

export interface TokenCheck {
  findings: Finding[];
  token?: string;
}

export interface Claims {
  iat?: number;
  exp?: number;
  projects?: string[];
  scope?: string;
}

export async function checkToken(
  settings: EvalonWidgetSettings,
  scripts: readonly HTMLScriptElement[],
): Promise<TokenCheck> {
  if (settings.getToken) return checkProvider(settings.getToken);
  if (settings.tokenUrl) return checkTokenUrl(settings.tokenUrl);
  if (new Set(scripts.map(({ dataset }) => dataset['tokenUrl'])).size > 1) {
    return {
      findings: [
        fail(
          'token',
          'The page has several script tags with different data-token-url, so the widget ignores the attribute.',
          'Keep one script tag.',
        ),
      ],
    };
  }
  return { findings: [] };
}

async function checkProvider(getToken: () => Promise<string> | string): Promise<TokenCheck> {
  const { value, error } = await observePolicy(() => withDeadline(Promise.resolve().then(getToken)));
  if (error !== undefined) {
    const name = error instanceof Error ? error.name : typeof error;
    const message = `The page's getToken failed (${name}).`;
    return { findings: [fail('token', message, 'Correct the function. It returns a promise of a token.')] };
  }
  return checkTokenText(value, "The page's getToken returned no text.");
}

async function checkTokenUrl(tokenUrl: string): Promise<TokenCheck> {
  const { href, origin } = new URL(tokenUrl, location.href);
  if (origin !== location.origin) {
    const fix = "Name a path of the page's own origin.";
    return { findings: [fail('token', `data-token-url names another origin, ${origin}.`, fix)] };
  }
  const { value: response, violations } = await observePolicy(() =>
    request(href, { method: 'POST', mode: 'same-origin', credentials: 'same-origin' }),
  );
  if (!response) {
    const blocked = explainBlockedRequest(violations, origin);
    return { findings: [blocked ?? fail('token', `The page can't reach ${href}.`, "Check the page's backend.")] };
  }
  if (!response.ok) {
    const message = `${href} responds ${response.status} to a POST.`;
    return { findings: [fail('token', message, "Check whether the recruiter is signed in, and the backend's log.")] };
  }
  return checkTokenText((await readJson(response))?.['token'], `${href} returns no JSON of the form {"token": "…"}.`);
}

function checkTokenText(value: unknown, noTextMessage: string): TokenCheck {
  const fix = 'Return the token of the signed-in recruiter, as docs/tokens.md describes.';
  if (typeof value !== 'string' || !value) return { findings: [fail('token', noTextMessage, fix)] };
  const claims = readClaims(value);
  if (!claims) return { findings: [fail('token', 'The token is not a JWT.', fix)] };
  return { findings: checkClaims(claims), token: value };
}

/** Reads the claims of a JWT without verifying it. */
export function readClaims(token: string): Claims | undefined {
  try {
    const payload = token.split('.')[1] ?? '';
    return JSON.parse(atob(payload.replaceAll('-', '+').replaceAll('_', '/'))) as Claims;
  } catch {
    return undefined;
  }
}

function checkClaims({ iat, exp, projects, scope }: Claims): Finding[] {
  const findings: Finding[] = [];
  const now = Date.now() / 1_000;
  if (iat === undefined || exp === undefined) {
    findings.push(fail('token', 'The token has no iat or no exp.', 'Add both, in seconds since 1970.'));
  } else if (exp - iat > MAX_LIFETIME_SECONDS) {
    const message = `The token is valid for ${exp - iat} s.`;
    findings.push(fail('token', message, `Let it expire within ${MAX_LIFETIME_SECONDS} s.`));
  } else if (exp < now || iat > now + MAX_LIFETIME_SECONDS) {
    const message = "The token has expired, or this machine's clock is wrong.";
    findings.push(fail('token', message, 'Mint a new token for each request, and compare the clocks.'));
  }
  if (!projects?.length || !scope) {
    findings.push(fail('token', 'The token grants nothing: projects or scope is missing.', 'Add both claims.'));
  }
  return findings;
}

/** Checks whether the proxy accepts the token. Returns the configuration if it does. */
export async function checkAcceptance(
  getConfig: (token?: string) => Promise<Response>,
  token: string,
): Promise<{ findings: Finding[]; config?: Record<string, unknown> }> {
  const { value: response } = await observePolicy(() => getConfig(token));
  const config = response && (await readJson(response));
  if (!response || !config) {
    const message = 'The response to a request with the token was lost.';
    return { findings: [fail('token', message, 'Let every server in between pass on the header Authorization.')] };
  }
  if (response.status === 401) return { findings: [fail('token', 'The proxy refuses the token.', RUN_DOCTOR)] };
  if (response.status === 403)
    return { findings: [fail('token', 'The token grants no project or no scope.', RUN_DOCTOR)] };
  if (!response.ok) {
    const message = `The proxy responds ${config['code'] ?? response.status}.`;
    return { findings: [warn('token', message, 'Try again in a minute.')] };
  }
  const scope = Array.isArray(config['scope']) ? config['scope'].join(' ') : '';
  return { findings: [ok('token', `The proxy accepts the token, with the scope “${scope}”.`)], config };
}
