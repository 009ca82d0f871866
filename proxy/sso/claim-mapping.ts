/** Maps the provider's claims to a recruiter's rights (`OIDC_GRANTS`). Users who match no grant have no access. */
import type { Scope } from '../auth/recruiter.ts';
import type { Grant } from '../contract/sso-grant.ts';
import { readOwnProperty, resolveJsonPointer } from '../util/json-pointer.ts';

export interface Rights {
  projects: string[];
  scope: Scope[];
}

/**
 * Takes the scope from the first matching grant. Adds the projects of the other matching grants whose scope includes
 * this scope. So a user never gets more rights in a project than a grant allows.
 */
export function mapClaimsToRights(claims: Record<string, unknown>, grants: readonly Grant[]): Rights | undefined {
  const matching = grants.filter(({ claim, value }) => readClaimValues(claims, claim).includes(value));
  const [first] = matching;
  if (!first) return undefined;
  const scope = parseScope(first);
  const covering = matching.filter((grant) => scope.every((word) => parseScope(grant).includes(word)));
  return { projects: [...new Set(covering.flatMap(({ projects }) => projects))].sort(), scope };
}

function parseScope({ scope }: Grant): Scope[] {
  return scope.split(' ').sort() as Scope[];
}

/** Returns the claim's values as text. Returns an empty list if the claim is absent or has another type. */
function readClaimValues(claims: Record<string, unknown>, claim: string): string[] {
  const found = claim.startsWith('/') ? resolveJsonPointer(claims, claim) : readOwnProperty(claims, claim);
  return (Array.isArray(found) ? found : [found]).flatMap((value) =>
    ['string', 'number', 'boolean'].includes(typeof value) ? String(value) : [],
  );
}
