/**
 * Checks that the OpenID Connect provider can be reached, is the configured issuer, and supports what sign-in needs.
 */
import type { OidcConfig } from '../config/config.ts';
import { signInCallback } from '../contract/routes.ts';
import { discoverProvider } from '../sso/identity-provider.ts';
import { type CheckResult, fail, ok, warn } from './check-result.ts';

export async function checkIdentityProvider(oidc: OidcConfig, publicUrl = ''): Promise<CheckResult[]> {
  const name = `OIDC_ISSUER (${oidc.issuer})`;
  const provider = await discoverProvider(oidc).catch(() => undefined);
  if (!provider) {
    return [
      fail(
        `${name} cannot be read, or is another issuer`,
        'make sure that this machine can reach its /.well-known/openid-configuration, and that `issuer` there is exactly the same',
      ),
    ];
  }
  const { scopes_supported: scopes, revocation_endpoint: revocationEndpoint } = provider.serverMetadata();
  const results = [
    publicUrl
      ? ok(`${name} responds. Its redirect URI must be ${publicUrl}${signInCallback}`)
      : warn(
          `${name} responds, but PUBLIC_URL is not set, so the provider would redirect recruiters to this machine`,
          "set it to the proxy's https:// URL",
        ),
  ];
  if (scopes && !scopes.includes('offline_access')) {
    results.push(
      warn(
        `${name} does not list the scope offline_access: without refresh tokens a sign-in lasts ten minutes`,
        'allow refresh tokens for this client',
      ),
    );
  }
  if (!revocationEndpoint) {
    results.push(
      warn(
        `${name} has no revocation endpoint: signing out does not end the sign-in at the provider`,
        'limit the lifetime of its refresh tokens',
      ),
    );
  }
  return results;
}
