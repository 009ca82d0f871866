/**
 * A company's identity provider: the real npm `oidc-provider`, with a page of its own to sign in on. Whoever is named
 * there is let in without a password; consent is given ahead, as an IT department does.
 */
import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair } from 'jose';
import Provider, { type Configuration } from 'oidc-provider';

export interface TestIdentityProvider {
  issuer: string;
  clientId: string;
  clientSecret: string;
  /** What it says of each account, by name; the groups decide what the proxy grants. */
  accounts: Record<string, { name?: string; groups: string[] }>;
  /** Requests by path, such as `POST /token`. */
  requests: string[];
  /** Headers of its pages, such as one that cuts windows off from who opened them. */
  headers: Record<string, string>;
  /** Reaches nobody: connections are dropped. */
  isDown: boolean;
  /** The proxy's address, under which it is registered. */
  registerClient(proxyUrl: string): Promise<void>;
  /** Refresh tokens that would be taken now. */
  countRefreshTokens(): number;
  /** Tokens and codes that it has given out and still knows. */
  listSecrets(): string[];
  close(): Promise<void>;
}

export async function startIdentityProvider(): Promise<TestIdentityProvider> {
  let serve: RequestListener = (_request, response) => void response.writeHead(503).end();
  const server = createServer((request, response) => {
    if (idp.isDown) {
      request.socket.destroy();
      return;
    }
    idp.requests.push(`${request.method} ${new URL(request.url ?? '', idp.issuer).pathname}`);
    for (const [name, value] of Object.entries(idp.headers)) response.setHeader(name, value);
    serve(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  const jwks = { keys: [{ ...(await exportJWK(privateKey)), alg: 'RS256', use: 'sig', kid: 'test' }] };
  const kept = new Map<string, Map<string, Record<string, unknown>>>();

  const idp: TestIdentityProvider = {
    issuer: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    clientId: 'evalon-proxy',
    clientSecret: randomBytes(24).toString('base64url'),
    accounts: { rita: { name: 'Rita Recruiter', groups: ['recruiters'] } },
    requests: [],
    headers: {},
    isDown: false,
    async registerClient(proxyUrl) {
      const provider = new Provider(idp.issuer, {
        clients: [
          {
            client_id: idp.clientId,
            client_secret: idp.clientSecret,
            redirect_uris: [`${proxyUrl}/v1/sign-in/callback`],
            grant_types: ['authorization_code', 'refresh_token'],
          },
        ],
        adapter: (model: string) => keeperOf(kept, model),
        jwks,
        cookies: { keys: [randomBytes(16).toString('hex')] },
        claims: { openid: ['sub'], profile: ['name'], groups: ['groups'] },
        scopes: ['openid', 'offline_access', 'groups'],
        features: {
          devInteractions: { enabled: false },
          revocation: { enabled: true, allowedPolicy: () => true },
        },
        ttl: { AccessToken: 600, IdToken: 600, RefreshToken: 86_400, Interaction: 600, Session: 86_400, Grant: 86_400 },
        issueRefreshToken: () => true,
        rotateRefreshToken: true,
        pkce: { required: () => true },
        findAccount: (_ctx, id) => ({
          accountId: id,
          claims: async () => ({ sub: id, ...idp.accounts[id] }),
        }),
        async loadExistingGrant({ oidc }) {
          const grant = new provider.Grant({ clientId: idp.clientId, accountId: String(oidc.session?.accountId) });
          grant.addOIDCScope('openid profile groups offline_access');
          await grant.save();
          return grant;
        },
        interactions: { url: (_ctx, { uid }) => `/sign-in/${uid}` },
      } satisfies Configuration as Configuration);
      const protocol = provider.callback();
      serve = (request, response) => {
        if (request.url?.startsWith('/sign-in/')) void interact(provider, request, response);
        else protocol(request, response);
      };
    },
    countRefreshTokens: () => kept.get('RefreshToken')?.size ?? 0,
    listSecrets: () =>
      ['RefreshToken', 'AccessToken', 'AuthorizationCode'].flatMap((model) => [...(kept.get(model)?.keys() ?? [])]),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return idp;
}

/** The page on which somebody says who they are. */
async function interact(provider: Provider, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { searchParams } = new URL(request.url ?? '', 'http://idp');
  const account = searchParams.get('account');
  if (account) {
    const result = account === 'nobody' ? { error: 'access_denied' } : { login: { accountId: account } };
    await provider.interactionFinished(request, response, result);
    return;
  }
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
  response.end(`<!doctype html><title>Company sign-in</title><form>
    <label>Account <input name="account" value="rita"></label><button>Continue</button></form>`);
}

/** As its own keeper in memory does, but open to be looked at. */
function keeperOf(all: Map<string, Map<string, Record<string, unknown>>>, model: string) {
  const mine = all.get(model) ?? new Map<string, Record<string, unknown>>();
  all.set(model, mine);
  const find = (key: string, value: string) => [...mine.values()].find((one) => one[key] === value);
  return {
    upsert: async (id: string, payload: object) => void mine.set(id, { ...payload }),
    find: async (id: string) => mine.get(id),
    findByUserCode: async (code: string) => find('userCode', code),
    findByUid: async (uid: string) => find('uid', uid),
    consume: async (id: string) => {
      const one = mine.get(id);
      if (one) one['consumed'] = Math.floor(Date.now() / 1_000);
    },
    destroy: async (id: string) => void mine.delete(id),
    revokeByGrantId: async (grantId: string) => {
      for (const [id, { grantId: other }] of mine) if (other === grantId) mine.delete(id);
    },
  };
}
