import { z } from 'zod';
import * as ROUTES from '../routes.ts';
import {
  authorizationRequestSchema,
  authorizationResponseSchema,
  codeExchangeRequestSchema,
  refreshRequestSchema,
  tokenResponseSchema,
} from '../sso.ts';
import { htmlPageSchema, type Operation, ok } from './operation.ts';

const redirect = {
  description: 'A redirect.',
  headers: z.object({ Location: z.string().optional() }),
};
const page = (description: string) => ({ description, schema: htmlPageSchema, mediaType: 'text/html' });

export const SIGN_IN_OPERATIONS: readonly Operation[] = [
  {
    id: 'isSignInOffered',
    method: 'get',
    path: ROUTES.signIn,
    tag: 'Sign-in',
    summary: 'Read whether single sign-on is set up',
    access: 'public',
    responses: ok(z.object({ offered: z.literal(true) })),
    problems: ['not_found', 'rate_limited'],
  },
  {
    id: 'startSignIn',
    method: 'post',
    path: ROUTES.signIn,
    tag: 'Sign-in',
    summary: 'Start a sign-in',
    access: 'public',
    body: authorizationRequestSchema,
    responses: ok(authorizationResponseSchema),
    problems: ['forbidden', 'not_found', 'rate_limited'],
  },
  {
    id: 'openSignIn',
    method: 'get',
    path: ROUTES.signInStart,
    tag: 'Sign-in',
    summary: 'Redirect the sign-in window to the identity provider',
    access: 'public',
    responses: {
      303: redirect,
      400: page('The sign-in cannot start.'),
      404: page('The sign-in is unknown or has expired.'),
      502: page('The identity provider sent an invalid response.'),
      503: page('The identity provider is not available.'),
    },
    problems: ['rate_limited'],
  },
  {
    id: 'finishSignIn',
    method: 'get',
    path: ROUTES.signInCallback,
    tag: 'Sign-in',
    summary: 'Receive the redirect of the identity provider',
    access: 'public',
    responses: { 200: page('The sign-in succeeded.'), 303: redirect, 403: page('The sign-in failed.') },
    problems: ['not_found', 'rate_limited'],
  },
  {
    id: 'redeemCode',
    method: 'post',
    path: ROUTES.signInExchange,
    tag: 'Sign-in',
    summary: 'Exchange a code for tokens',
    access: 'public',
    body: codeExchangeRequestSchema,
    responses: ok(tokenResponseSchema),
    problems: ['unauthenticated', 'forbidden', 'not_found', 'rate_limited', 'upstream_unavailable'],
  },
  {
    id: 'renewToken',
    method: 'post',
    path: ROUTES.signInRefresh,
    tag: 'Sign-in',
    summary: 'Renew an access token',
    access: 'public',
    body: refreshRequestSchema,
    responses: ok(tokenResponseSchema),
    problems: ['unauthenticated', 'forbidden', 'not_found', 'rate_limited', 'upstream_unavailable'],
  },
  {
    id: 'signOut',
    method: 'post',
    path: ROUTES.signOut,
    tag: 'Sign-in',
    summary: 'Sign out',
    access: 'public',
    body: refreshRequestSchema,
    responses: ok(z.object({}), 'The refresh token is no longer valid.'),
    problems: ['unauthenticated', 'forbidden', 'not_found', 'rate_limited'],
  },
];
