/** The routes of single sign-on: two that a window visits on its way to the provider and back, and what a client asks. */
import { json, type Request, type RequestHandler, type Response, Router } from 'express';
import type { Audit } from '../audit/audit-log.ts';
import * as ROUTES from '../contract/routes.ts';
import { authorizationRequestSchema, codeExchangeRequestSchema, refreshRequestSchema } from '../contract/sso.ts';
import type { CallbackResult } from '../sso/authorization.ts';
import type { SingleSignOn } from '../sso/single-sign-on.ts';
import { Forbidden, NotFound, ProxyError, Unauthenticated } from '../util/errors.ts';
import { type Limits, limitByAddress, limitSignIns } from './request-limits.ts';
import { renderSignInPage, SIGN_IN_PAGE_CSP, type SignInPage } from './sso-page.ts';
import { parseBody } from './validate.ts';

export interface SignInOptions {
  singleSignOn: SingleSignOn;
  audit: Pick<Audit, 'recordRefused'>;
  limits: Limits;
}

export function createSignInRouter({ singleSignOn, audit, limits }: SignInOptions): Router {
  const router = Router();
  const fewer = limitSignIns(limits);
  const parseJson = json({ limit: '16kb', strict: true });

  /** What a client asks; who tries in vain is recorded. */
  const answer =
    (serve: (request: Request) => Promise<object>): RequestHandler =>
    async (request, response) => {
      response.set('cache-control', 'no-store');
      try {
        response.json(await serve(request));
      } catch (error) {
        if (error instanceof Unauthenticated || error instanceof Forbidden) {
          await audit.recordRefused({ code: error.code, route: String(request.route?.path) });
        }
        throw error;
      }
    };

  router.use(ROUTES.signIn, limitByAddress(limits), parseJson, (_request, _response, next) => {
    if (!singleSignOn.accessTokenSettings()) throw new NotFound('Single sign-on is not set up here.');
    next();
  });

  router.get(
    ROUTES.signIn,
    answer(async () => ({ offered: true })),
  );

  router.post(
    ROUTES.signIn,
    fewer,
    answer((request) => singleSignOn.start(parseBody(authorizationRequestSchema, request.body), request.get('origin'))),
  );

  router.get(ROUTES.signInStart, async (request, response) => {
    try {
      const address = await singleSignOn.redirect(String(request.params['attempt']));
      response.set({ 'cache-control': 'no-store', 'cross-origin-opener-policy': 'unsafe-none' }).redirect(303, address);
    } catch (error) {
      if (!(error instanceof ProxyError)) throw error;
      showPage(response, { error: error.message }, error.status);
    }
  });

  router.get(ROUTES.signInCallback, async (request, response) => {
    const at = request.originalUrl.indexOf('?');
    const returned = await singleSignOn.handleCallback(at < 0 ? '' : request.originalUrl.slice(at));
    const { attempt, callbackMessage: handback, shortCode } = returned;
    if (attempt?.return_to) {
      response.redirect(303, buildReturnUrl(attempt.return_to, handback));
      return;
    }
    const { detail } = handback;
    showPage(
      response,
      {
        ...(attempt?.origin && { callbackMessage: handback, openerOrigin: attempt.origin }),
        ...(shortCode !== undefined && { shortCode }),
        ...(detail !== undefined && { error: detail }),
      },
      detail === undefined ? 200 : 403,
    );
  });

  router.post(
    ROUTES.signInRedeem,
    fewer,
    answer((request) =>
      singleSignOn.exchangeCode(parseBody(codeExchangeRequestSchema, request.body), request.get('origin')),
    ),
  );

  router.post(
    ROUTES.signInRenew,
    answer((request) => singleSignOn.refresh(parseBody(refreshRequestSchema, request.body), request.get('origin'))),
  );

  router.post(
    ROUTES.signOut,
    answer(async (request) => {
      await singleSignOn.signOut(parseBody(refreshRequestSchema, request.body), request.get('origin'));
      return {};
    }),
  );

  return router;
}

/** The window must keep its tie to the page that opened it, which is of another origin. */
function showPage(response: Response, page: SignInPage, status: number): void {
  response.set({
    'cache-control': 'no-store',
    'content-security-policy': SIGN_IN_PAGE_CSP,
    'cross-origin-opener-policy': 'unsafe-none',
  });
  response.status(status).type('html').send(renderSignInPage(page));
}

/** In the fragment: what stands there reaches no server and no log. */
function buildReturnUrl(returnTo: string, { attempt, code, detail }: CallbackResult['callbackMessage']): string {
  const address = new URL(returnTo);
  const told = code === undefined ? { error: detail ?? '' } : { code };
  address.hash = new URLSearchParams({ attempt, ...told }).toString();
  return address.href;
}
