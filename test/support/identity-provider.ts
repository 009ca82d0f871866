/**
 * A company's identity provider: the npm package `oidc-provider` with a sign-in page of the tests. The page asks for
 * neither a password nor consent.
 */
import { randomBytes } from 'node:crypto';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { exportJWK, generateKeyPair } from 'jose';
import Provider, { type Configuration } from 'oidc-provider';
import { startHttpServer } from './http-server.ts';

export interface TestIdentityProvider {
  issuer: string;
  clientId: string;
  clientSecret: string;
  /** Claims by account name. */
  accounts: Record<string, { name?: string; groups: string[] }>;
  /** Received requests, such as `POST /token`. */
  requests: string[];
  /** Headers of every response, such as a `Cross-Origin-Opener-Policy`. */
  headers: Record<string, string>;
  /** If true, connections are dropped. */
  isDown: boolean;
  /** Registers the proxy as a client. */
  registerClient(proxyUrl: string): Promise<void>;
  /** Counts the valid refresh tokens. */
  countRefreshTokens(): number;
  /** Lists the stored tokens and codes. */
  listSecrets(): string[];
  close(): Promise<void>;
}

export async function startIdentityProvider(): Promise<TestIdentityProvider> {
  let serve: RequestListener = (_request, response) => void response.writeHead(503).end();
  const { url, close } = await startHttpServer((request, response) => {
    if (idp.isDown) {
      request.socket.destroy();
      return;
    }
    idp.requests.push(`${request.method} ${new URL(request.url ?? '', idp.issuer).pathname}`);
    for (const [name, value] of Object.entries(idp.headers)) response.setHeader(name, value);
    serve(request, response);
  });
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  const jwks = { keys: [{ ...(await exportJWK(privateKey)), alg: 'RS256', use: 'sig', kid: 'test' }] };
  const models: Models = new Map();

  const idp: TestIdentityProvider = {
    issuer: url,
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
        adapter: (model: string) => createAdapter(models, model),
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
      const handleProtocol = provider.callback();
      serve = (request, response) => {
        if (request.url?.startsWith('/sign-in/')) void showSignInPage(provider, request, response);
        else handleProtocol(request, response);
      };
    },
    countRefreshTokens: () => models.get('RefreshToken')?.size ?? 0,
    listSecrets: () =>
      ['RefreshToken', 'AccessToken', 'AuthorizationCode'].flatMap((model) => [...(models.get(model)?.keys() ?? [])]),
    close,
  };
  return idp;
}

async function showSignInPage(provider: Provider, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { searchParams } = new URL(request.url ?? '', 'http://idp');
  const account = searchParams.get('account');
  if (account) {
    // The account `denied` refuses the sign-in.
    const result = account === 'denied' ? { error: 'access_denied' } : { login: { accountId: account } };
    await provider.interactionFinished(request, response, result);
    return;
  }
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
  response.end(`<!doctype html><title>Company sign-in</title><form>
    <label>Account <input name="account" value="rita"></label><button>Continue</button></form>`);
}

/** Entries by model and id. */
type Models = Map<string, Map<string, Record<string, unknown>>>;

/** Works like the package's in-memory adapter, but keeps the entries where tests can read them. */
function createAdapter(models: Models, model: string) {
  const entries = models.get(model) ?? new Map<string, Record<string, unknown>>();
  models.set(model, entries);
  const find = (key: string, value: string) => [...entries.values()].find((entry) => entry[key] === value);
  return {
    upsert: async (id: string, payload: object) => void entries.set(id, { ...payload }),
    find: async (id: string) => entries.get(id),
    findByUserCode: async (code: string) => find('userCode', code),
    findByUid: async (uid: string) => find('uid', uid),
    consume: async (id: string) => {
      const entry = entries.get(id);
      if (entry) entry['consumed'] = Math.floor(Date.now() / 1_000);
    },
    destroy: async (id: string) => void entries.delete(id),
    revokeByGrantId: async (grantId: string) => {
      for (const [id, { grantId: other }] of entries) if (other === grantId) entries.delete(id);
    },
  };
}
