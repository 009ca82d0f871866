import { z } from 'zod';
import * as ROUTES from '../routes.ts';
import { htmlPageSchema, type Operation, ok } from './operation.ts';

export const SERVICE_OPERATIONS: readonly Operation[] = [
  {
    id: 'isAlive',
    method: 'get',
    path: ROUTES.health,
    tag: 'Service',
    summary: 'Check that the process is alive',
    access: 'public',
    responses: ok(z.object({ status: z.literal('ok') })),
  },
  {
    id: 'isReady',
    method: 'get',
    path: ROUTES.ready,
    tag: 'Service',
    summary: 'Check that the proxy is ready',
    description: "Does not depend on Evalon's state.",
    access: 'public',
    responses: ok(z.object({ status: z.literal('ready') })),
  },
  {
    id: 'getOpenApi',
    method: 'get',
    path: ROUTES.openApi,
    tag: 'Service',
    summary: 'Read this document',
    access: 'public',
    responses: ok(z.looseObject({ openapi: z.string() })),
  },
  {
    id: 'getReference',
    method: 'get',
    path: ROUTES.reference,
    tag: 'Service',
    summary: 'Read the API reference as a page',
    access: 'public',
    responses: { 200: { description: 'This reference.', mediaType: 'text/html', schema: htmlPageSchema } },
  },
  {
    id: 'getHome',
    method: 'get',
    path: ROUTES.home,
    tag: 'Service',
    summary: 'Open the start page',
    access: 'public',
    responses: {
      200: {
        description: 'Health and links. In sandbox mode: the demo.',
        mediaType: 'text/html',
        schema: htmlPageSchema,
      },
    },
  },
  {
    id: 'getLoader',
    method: 'get',
    path: ROUTES.loader,
    tag: 'Service',
    summary: "Load the widget's module",
    access: 'public',
    responses: {
      200: { description: 'An ES module.', mediaType: 'text/javascript', schema: z.string() },
    },
    problems: ['not_found'],
  },
  {
    id: 'getPinnedLoader',
    method: 'get',
    path: ROUTES.pinnedLoader,
    tag: 'Service',
    summary: 'Load one version of the widget',
    description: 'A module that never changes, for script tags with `integrity`.',
    access: 'public',
    responses: {
      200: { description: 'An ES module.', mediaType: 'text/javascript', schema: z.string() },
    },
    problems: ['not_found', 'rate_limited'],
  },
  {
    id: 'getLanguage',
    method: 'get',
    path: ROUTES.language,
    tag: 'Service',
    summary: "Load the widget's elements in a language",
    description: 'A language that is not supported gets `DEFAULT_LOCALE`. The module of English is empty.',
    access: 'public',
    responses: {
      200: { description: 'An ES module.', mediaType: 'text/javascript', schema: z.string() },
    },
  },
];
