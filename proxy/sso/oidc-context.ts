/** The OpenID Connect settings, and everything else that the steps of single sign-on need. */
import type { Config, OidcConfig } from '../config/config.ts';
import { signInCallback } from '../contract/routes.ts';
import type { Store } from '../store/store.ts';
import type { Clock } from '../util/clock.ts';
import { NotFound } from '../util/errors.ts';
import type { Log } from '../util/log.ts';
import { deriveSignInKeys, type SignInKeys } from './derived-keys.ts';
import { createIdentityProvider, type IdentityProvider } from './identity-provider.ts';

export interface SingleSignOnOptions {
  store: Store;
  clock: Clock;
  log: Log;
  /** Returns the current settings, which can change while serving. */
  config: () => Pick<Config, 'oidc' | 'allowedOrigins'>;
  /** Without a trailing slash. */
  publicUrl: string;
}

export interface OidcContext extends OidcConfig, Omit<SingleSignOnOptions, 'config'> {
  allowedOrigins: readonly string[];
  keys: SignInKeys;
  provider: IdentityProvider;
}

/** @throws NotFound if single sign-on is not configured. */
export type GetOidc = () => OidcContext;

/** Caches keys and provider metadata until the OIDC settings change. */
export function createGetOidc({ config, ...options }: SingleSignOnOptions): GetOidc {
  const { store, clock, publicUrl } = options;
  let cached: { settings: string; keys: SignInKeys; provider: IdentityProvider } | undefined;
  return () => {
    const { oidc, allowedOrigins } = config();
    if (!oidc) throw new NotFound('Single sign-on is not set up here.');
    const settings = JSON.stringify(oidc);
    if (cached?.settings !== settings) {
      cached = {
        settings,
        keys: deriveSignInKeys(oidc.clientSecret, store.pepper),
        provider: createIdentityProvider(oidc, `${publicUrl}${signInCallback}`, clock),
      };
    }
    const { keys, provider } = cached;
    return { ...options, ...oidc, allowedOrigins, keys, provider };
  };
}
