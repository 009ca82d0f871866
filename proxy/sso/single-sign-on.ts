/** Single sign-on as the rest of the proxy sees it. */
import type { BearerSettings } from '../auth/access-token.ts';
import { type Attempts, createAttempts } from './authorization.ts';
import { createRedeem, type RedeemCode } from './exchange-code.ts';
import { createDesk, type SignOnOptions } from './oidc-session.ts';
import { createRenewals, type Renewals } from './refresh.ts';

export interface SingleSignOn extends Attempts, Renewals {
  redeem: RedeemCode;
  /** What proves the bearers that it hands out; undefined where it is not offered. */
  bearers(): BearerSettings | undefined;
}

export function createSingleSignOn(options: SignOnOptions): SingleSignOn {
  const { store, config } = options;
  const open = createDesk(options);
  return {
    ...createAttempts(options, open),
    ...createRenewals(options, open),
    redeem: createRedeem(options, open),
    bearers() {
      if (!config().oidc) return undefined;
      const { keys, issuer } = open();
      const isAlive = (signIn: string) => store.read(({ signIns }) => signIns.isAlive(signIn));
      return { key: keys.bearer, issuer, isAlive };
    },
  };
}
