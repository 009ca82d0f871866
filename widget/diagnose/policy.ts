/** Watches for violations of the page's content security policy during a check. */
import { type Finding, fail } from './finding.ts';

type Violation = Pick<SecurityPolicyViolationEvent, 'effectiveDirective'>;

/** How long to wait for the report of a violation. A browser sends the report after the request has failed. */
const REPORT_WAIT_MS = 100;

export interface Outcome<T> {
  value?: T;
  error?: unknown;
  violations: Violation[];
}

/** Runs a check. If the check throws, returns the error and the violations that may have caused it. */
export async function observePolicy<T>(check: () => Promise<T>): Promise<Outcome<T>> {
  const violations: Violation[] = [];
  const onViolation = (event: SecurityPolicyViolationEvent) => void violations.push(event);
  addEventListener('securitypolicyviolation', onViolation);
  try {
    return { value: await check(), violations };
  } catch (error) {
    await new Promise((resolve) => setTimeout(resolve, REPORT_WAIT_MS));
    return { error, violations };
  } finally {
    removeEventListener('securitypolicyviolation', onViolation);
  }
}

/** Explains a request to `origin` that failed. Returns undefined if the policy did not block it. */
export function explainBlockedRequest(violations: readonly Violation[], origin: string): Finding | undefined {
  const blocked = violations.find(({ effectiveDirective }) => effectiveDirective === 'connect-src');
  if (!blocked) return undefined;
  const source = origin === location.origin ? "'self'" : origin;
  return fail(
    'policy',
    `The page's content security policy blocks requests to ${origin}.`,
    `Add ${source} to connect-src of the policy.`,
  );
}

/** Explains why the code of the elements could not be loaded. */
export function explainBlockedScript({ error, violations }: Outcome<unknown>, origin: string): Finding {
  const directives = violations.map(({ effectiveDirective }) => effectiveDirective);
  const reason = error instanceof Error ? error.message : String(error);
  if (directives.some((name) => name.startsWith('trusted-types')) || /Trusted/.test(reason)) {
    return fail(
      'policy',
      "The page's Trusted Types policy refuses the widget.",
      'Add evalon-widget to trusted-types of the policy, and reload the page.',
    );
  }
  if (directives.some((name) => name.startsWith('script-src'))) {
    return fail(
      'policy',
      `The page's content security policy blocks scripts of ${origin}.`,
      `Add ${origin} to script-src of the policy, and reload the page.`,
    );
  }
  return fail(
    'script',
    `The code of the elements could not be loaded: ${reason}`,
    "Check that nothing between the browser and the proxy changes the proxy's files, then reload the page.",
  );
}
