/** Single sign-on: the redirects of the sign-in window, and the client's token requests. */
import { type Request, type Response, Router } from 'express';
import type { Context } from '../context.ts';
import * as ROUTES from '../contract/routes.ts';
import { authorizationRequestSchema, codeExchangeRequestSchema, refreshRequestSchema } from '../contract/sso.ts';
import type { CallbackResult } from '../sso/authorization.ts';
import { NotFound, ProxyError } from '../util/errors.ts';
import { auditRefusals } from './audit-refusals.ts';
import { parseJsonBody } from './json-body.ts';
import { findPreferredLocale, setLanguageHeaders } from './preferred-locale.ts';
import { LIMITS, limitByAddress } from './request-limits.ts';
import { renderSignInPage, SIGN_IN_PAGE_CSP, type SignInPage } from './sso-page.ts';
import { parseBody } from './validate.ts';

const MAX_BODY_BYTES = 16 * 1024;

export function createSsoRouter({ config, singleSignOn, audit, publicUrl }: Context): Router {
  const router = Router();
  const limitSignIns = limitByAddress(LIMITS.signInsPerAddressMinute);
  const getReturnUrl = ({ return_to, return_session }: NonNullable<CallbackResult['storedAttempt']>) =>
    return_session === null ? return_to : `${publicUrl}${ROUTES.resultPath(return_session)}`;
  const getOrigin = (request: Request) => request.get('origin');

  /** Sends a page with the opener policy `unsafe-none`. A stricter policy would separate the window from its opener. */
  function sendPage(request: Request, response: Response, page: SignInPage, status: number): void {
    const locale = findPreferredLocale(request, config().defaultLocale);
    setLanguageHeaders(response, locale);
    response.set({ 'content-security-policy': SIGN_IN_PAGE_CSP, 'cross-origin-opener-policy': 'unsafe-none' });
    response.status(status).type('html').send(renderSignInPage(page, locale));
  }

  const handlersFor = (useCase: (request: Request) => Promise<object>) => [
    async (request: Request, response: Response) => {
      response.json(await useCase(request));
    },
    auditRefusals(audit),
  ];

  router.use(
    ROUTES.signIn,
    (_request, response, next) => {
      if (!singleSignOn.isConfigured()) throw new NotFound('Single sign-on is not set up.');
      response.set('cache-control', 'no-store');
      next();
    },
    ...parseJsonBody(MAX_BODY_BYTES),
  );

  router.get(
    ROUTES.signIn,
    handlersFor(async () => ({ offered: true })),
  );

  router.post(
    ROUTES.signIn,
    limitSignIns,
    handlersFor((request) =>
      singleSignOn.start(parseBody(authorizationRequestSchema, request.body), getOrigin(request)),
    ),
  );

  router.get(ROUTES.signInStart, async (request, response) => {
    try {
      const url = await singleSignOn.buildProviderUrl(String(request.params['attempt']));
      response.set('cross-origin-opener-policy', 'unsafe-none').redirect(303, url);
    } catch (error) {
      if (!(error instanceof ProxyError)) throw error;
      sendPage(request, response, { error: error.message }, error.status);
    }
  });

  router.get(ROUTES.signInCallback, async (request, response) => {
    const { search } = new URL(request.originalUrl, 'http://localhost');
    const { storedAttempt, callbackMessage, shortCode } = await singleSignOn.handleCallback(search);
    const returnTo = storedAttempt && getReturnUrl(storedAttempt);
    if (returnTo) {
      response.redirect(303, buildReturnUrl(returnTo, callbackMessage));
      return;
    }
    const { detail } = callbackMessage;
    const page: SignInPage = {
      ...(storedAttempt?.origin && { callbackMessage, openerOrigin: storedAttempt.origin }),
      ...(shortCode !== undefined && { shortCode }),
      ...(detail !== undefined && { error: detail }),
    };
    sendPage(request, response, page, detail === undefined ? 200 : 403);
  });

  router.post(
    ROUTES.signInExchange,
    limitSignIns,
    handlersFor((request) =>
      singleSignOn.exchangeCode(parseBody(codeExchangeRequestSchema, request.body), getOrigin(request)),
    ),
  );

  router.post(
    ROUTES.signInRefresh,
    handlersFor((request) => singleSignOn.refresh(parseBody(refreshRequestSchema, request.body), getOrigin(request))),
  );

  router.post(
    ROUTES.signOut,
    handlersFor(async (request) => {
      await singleSignOn.signOut(parseBody(refreshRequestSchema, request.body), getOrigin(request));
      return {};
    }),
  );

  return router;
}

/** Puts the code into the fragment, which reaches no server and no log. */
function buildReturnUrl(returnTo: string, { attempt, code, detail }: CallbackResult['callbackMessage']): string {
  const url = new URL(returnTo);
  const result = code === undefined ? { error: detail ?? '' } : { code };
  url.hash = new URLSearchParams({ attempt, ...result }).toString();
  return url.href;
}
