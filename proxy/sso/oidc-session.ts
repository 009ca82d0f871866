/** What every step of single sign-on needs, made anew when its settings change. */

import type { Config, OidcConfig } from '../config/config.ts';
import { signInCallback } from '../contract/routes.ts';
import type { Store } from '../store/store.ts';
import type { Clock } from '../util/clock.ts';
import { NotFound } from '../util/errors.ts';
import type { Log } from '../util/log.ts';
import { deriveSignInKeys, type SignInKeys } from './derived-keys.ts';
import { createProvider, type Provider } from './identity-provider.ts';

export interface SingleSignOnOptions {
  store: Store;
  clock: Clock;
  log: Log;
  /** The settings of the moment. */
  config: () => Pick<Config, 'oidc' | 'allowedOrigins'>;
  /** Without a trailing slash. */
  publicUrl: string;
}

export interface OidcContext extends OidcConfig {
  keys: SignInKeys;
  provider: Provider;
}

/** @throws NotFound where single sign-on is not offered. */
export type GetOidcContext = () => OidcContext;

export function createGetOidcContext({ store, clock, config, publicUrl }: SingleSignOnOptions): GetOidcContext {
  let open: { settings: string; desk: OidcContext } | undefined;
  return () => {
    const { oidc } = config();
    if (!oidc) throw new NotFound('Single sign-on is not set up here.');
    const settings = JSON.stringify(oidc);
    if (open?.settings !== settings) {
      const keys = deriveSignInKeys(oidc.clientSecret, store.pepper);
      const provider = createProvider(oidc, `${publicUrl}${signInCallback}`, () => clock.now());
      open = { settings, desk: { ...oidc, keys, provider } };
    }
    return open.desk;
  };
}
