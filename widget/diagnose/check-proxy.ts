/** Checks whether the page can reach the proxy, and whether the proxy allows the page's origin. */
import type * as ROUTES from '../../proxy/contract/routes.ts';
import { type Finding, fail, ok, warn } from './finding.ts';
import { explainBlockedRequest, observePolicy } from './policy.ts';
import { readJson, request } from './request.ts';

/** Imports only types, because the routes are in the chunk of the elements, which may fail to load. */
const LOADER: typeof ROUTES.loader = '/embed.js';
const CONFIG: typeof ROUTES.config = '/v1/config';

export interface ProxyCheck {
  findings: Finding[];
  /** The code of the loader that the proxy serves now. */
  loaderCode?: string;
  /** Requests the configuration. Undefined if a finding shows that such a request would fail. */
  getConfig?: (token?: string) => Promise<Response>;
  /** Whether the proxy serves callers without a token, as a sandbox does. */
  needsNoToken?: boolean;
}

export async function checkProxy(proxyUrl: string): Promise<ProxyCheck> {
  const { origin } = new URL(proxyUrl);
  // Pages of every origin may read the loader.
  const { value: loaderCode, violations } = await observePolicy(async () =>
    (await request(proxyUrl + LOADER, { cache: 'reload' })).text(),
  );
  if (loaderCode === undefined) {
    return { findings: [explainBlockedRequest(violations, origin) ?? explainUnreachable(origin)] };
  }
  const getConfig = (token?: string) =>
    request(proxyUrl + CONFIG, token ? { headers: { authorization: `Bearer ${token}` } } : {});
  const { value: response } = await observePolicy(() => getConfig());
  const reachableFinding = ok('proxy', `${origin} responds.`);
  if (!response) {
    return {
      findings: [
        reachableFinding,
        fail(
          'origin',
          `The proxy doesn't allow this page's origin, ${location.origin}.`,
          location.origin === 'null'
            ? 'Serve the page over https, and not from a file or in a sandboxed frame.'
            : `Add ${location.origin} to ALLOWED_ORIGINS of the proxy.`,
        ),
      ],
    };
  }
  const allowedFinding = ok('origin', `The proxy allows ${location.origin}.`);
  const body = await readJson(response);
  if (response.status >= 500 || response.status === 429) {
    const code = body?.['code'] ?? response.status;
    const busyFinding = warn('proxy', `The proxy responds ${code}.`, 'Try again in a minute.');
    return { findings: [reachableFinding, allowedFinding, busyFinding] };
  }
  if (!body || (response.status !== 200 && body['code'] !== 'unauthenticated')) {
    return {
      findings: [fail('proxy', `The server at ${origin} isn't the proxy.`, "Correct the URL in the script tag's src.")],
    };
  }
  return { findings: [reachableFinding, allowedFinding], loaderCode, getConfig, needsNoToken: response.status === 200 };
}

function explainUnreachable(origin: string): Finding {
  const isMixedContent = location.protocol === 'https:' && origin.startsWith('http:');
  return fail(
    'proxy',
    `The page can't reach ${origin}.`,
    isMixedContent
      ? 'Give the proxy an https URL: a page over https may not call http.'
      : 'Check the URL, the network and the certificate. A browser may also ask before it calls a private network.',
  );
}
