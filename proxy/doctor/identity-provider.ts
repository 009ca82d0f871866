/** Single sign-on: is the provider there, is it the one that is named, and can it do what a sign-in needs? */
import type { OidcConfig } from '../config/config.ts';
import { signInCallback } from '../contract/routes.ts';
import { discoverProvider } from '../sso/identity-provider.ts';
import { type CheckResult, fail, ok, warn } from './check-result.ts';

export async function checkIdentityProvider(oidc: OidcConfig, publicUrl = ''): Promise<CheckResult[]> {
  const name = `OIDC_ISSUER (${oidc.issuer})`;
  const found = await discoverProvider(oidc).catch(() => undefined);
  if (!found) {
    return [
      fail(
        `${name} cannot be read, or is another issuer`,
        'see that this machine reaches its /.well-known/openid-configuration, and that `issuer` there is the same to the letter',
      ),
    ];
  }
  const { scopes_supported: scopes, revocation_endpoint: revocation } = found.serverMetadata();
  const findings = [
    publicUrl
      ? ok(`${name} answers; registered there must be ${publicUrl}${signInCallback}`)
      : warn(
          `${name} answers, but PUBLIC_URL is not set, so that it would send recruiters to this machine`,
          "set it to the proxy's https:// address",
        ),
  ];
  if (scopes && !scopes.includes('offline_access')) {
    findings.push(
      warn(
        `${name} lists no scope offline_access: it may give no refresh tokens, and then a sign-in lasts ten minutes`,
        'let the client have refresh tokens',
      ),
    );
  }
  if (!revocation) {
    findings.push(
      warn(
        `${name} has no revocation endpoint: signing out ends a sign-in here alone`,
        'let its refresh tokens end by themselves soon enough for you',
      ),
    );
  }
  return findings;
}
