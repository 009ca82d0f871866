/** Redocly checks the OpenAPI document by other rules than the validator of test/proxy/contract/openapi.test.ts. */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { createConfig, lintFromString } from '@redocly/openapi-core';
import * as ROUTES from '../../proxy/contract/routes.ts';
import { startStack } from '../support/start-stack.ts';

/** One rule is off because a route only redirects, the other because the document's server is an example. */
const RULES = { 'operation-2xx-response': 'off', 'no-server-example.com': 'off' } as const;

it('/openapi.json passes the recommended rules of Redocly', async (test) => {
  const { proxy } = await startStack(test);
  const source = await (await fetch(`${proxy.url}${ROUTES.openApi}`)).text();
  const config = await createConfig({ extends: ['recommended'], rules: RULES });
  const problems = await lintFromString({ source, config });
  assert.deepEqual(
    problems.map(({ ruleId, message, location }) => `${ruleId}: ${message} ${location[0]?.pointer}`),
    [],
  );
});
