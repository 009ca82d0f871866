/** What the provider says of somebody, as what they may do here. Whoever fits no grant may do nothing. */
import type { Scope } from '../auth/recruiter.ts';
import type { Grant } from '../contract/sso-grant.ts';

export interface Rights {
  projects: string[];
  scope: Scope[];
}

/**
 * The scope is that of the first grant that fits. Projects of other grants that fit are added where those grant at least
 * this scope: nobody gets more in a project than some grant says.
 */
export function mapClaimsToRights(claims: Record<string, unknown>, grants: readonly Grant[]): Rights | undefined {
  const fitting = grants.filter(({ claim, value }) => readClaimValues(claims, claim).includes(value));
  const [first] = fitting;
  if (!first) return undefined;
  const scope = parseScope(first);
  const covering = fitting.filter((grant) => scope.every((word) => parseScope(grant).includes(word)));
  return { projects: [...new Set(covering.flatMap(({ projects }) => projects))].sort(), scope };
}

function parseScope({ scope }: Grant): Scope[] {
  return scope.split(' ').sort() as Scope[];
}

/** The claim's value or values as text; none where it is absent or something else. */
function readClaimValues(claims: Record<string, unknown>, claim: string): string[] {
  const found = claim.startsWith('/') ? resolvePointer(claims, claim) : readOwnProperty(claims, claim);
  return (Array.isArray(found) ? found : [found]).flatMap((value) =>
    ['string', 'number', 'boolean'].includes(typeof value) ? String(value) : [],
  );
}

function resolvePointer(claims: unknown, pointer: string): unknown {
  const steps = pointer.split('/').slice(1);
  return steps.map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~')).reduce(readOwnProperty, claims);
}

function readOwnProperty(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Record<string, unknown>)[name]
    : undefined;
}
