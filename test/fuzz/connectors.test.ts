/** Whatever an ATS answers: nobody, an error that says so, or somebody whose fields a page can show. */
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import fc from 'fast-check';
import { createConnectors } from '../../proxy/ats/directory.ts';
import { customConnectorSchema } from '../../proxy/config/custom-connector.ts';
import { emailSchema, singleLineSchema } from '../../proxy/contract/session.ts';
import { systemClock } from '../../proxy/util/clock.ts';
import { AtsRejected, AtsUnavailable } from '../../proxy/util/errors.ts';
import { testProperty } from '../support/property.ts';

const ID = '5b591aed-88e3-4395-b9c6-7d529f93354a';
/** What was asked for, and what was not. */
const id = fc.constantFrom<unknown>(ID, 7, '7', 8, '', null, {});
const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.constantFrom('a@example.com', 'a@b\nc', ' ', '__proto__'),
);
const odd = fc.oneof(text, fc.constant(null), fc.jsonValue({ maxDepth: 2 }));
const emails = fc.oneof(
  fc.array(fc.oneof(text, fc.record({ value: odd, isPrimary: fc.boolean() }), odd), { maxLength: 3 }),
  odd,
);
const fields = fc.record(
  {
    id,
    candidate_id: id,
    job_id: id,
    first_name: odd,
    name: odd,
    emails,
    email_addresses: emails,
    emailAddresses: emails,
    primaryEmailAddress: fc.record({ value: odd }),
    applications: fc.array(fc.record({ posting: odd }), { maxLength: 2 }),
    applicationIds: fc.array(id, { maxLength: 2 }),
    candidate: fc.record({ id }),
    job: fc.record({ id }),
    access_token: fc.constantFrom<unknown>('token', '', 7),
  },
  { requiredKeys: [] },
);
const answer = fc.oneof(
  { weight: 4, arbitrary: fields },
  {
    weight: 4,
    arbitrary: fc.record({ data: fields, success: fc.boolean(), results: fields, access_token: fc.constant('token') }),
  },
  { weight: 2, arbitrary: fc.array(fields, { maxLength: 3 }) },
  fc.jsonValue({ maxDepth: 3 }),
);

/** In the order in which Greenhouse is asked: a token, applications, candidates. */
const inOrder = fc.tuple(
  fc.constant({ access_token: 'token' }),
  fc.array(fc.record({ id, candidate_id: id, job_id: id }), { maxLength: 2 }),
  fc.array(
    fc.record({ id, first_name: text, email_addresses: fc.array(fc.record({ value: text }), { maxLength: 3 }) }),
    { maxLength: 2 },
  ),
);

/** As Ashby, Lever and the declared one wrap it, all at once. */
const wrapped = fc
  .record({
    id,
    name: text,
    emails: fc.array(text, { maxLength: 2 }),
    emailAddresses: fc.array(fc.record({ value: text }), { maxLength: 2 }),
    applications: fc.array(fc.record({ posting: fc.oneof(text, fc.record({ id })) }), { maxLength: 1 }),
  })
  .map((one) => [{ ...one, success: true, results: one, data: one }]);

describe('the answer of an ATS', () => {
  let answers: unknown[] = [];
  let base = '';
  const shown = new Set<string>();
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'application/json');
    // A list of answers is given out one by one; the last stays.
    response.end(JSON.stringify(answers.length > 1 ? answers.shift() : answers[0]));
  });
  before(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  after(() => {
    server.closeAllConnections();
    server.close();
  });

  const IDS: Record<string, Record<string, string>> = {
    greenhouse: { person: '7' },
    lever: { opportunity: ID },
    ashby: { candidate: ID },
    acme: { application: '7' },
  };

  testProperty(
    'is somebody who can be shown, nobody, or an error',
    0.03,
    fc.oneof(inOrder, wrapped, fc.array(answer, { minLength: 1, maxLength: 4 })),
    async (given) => {
      const declared = customConnectorSchema.parse({
        ats: 'acme',
        url: `${base}/{application}`,
        auth: { type: 'bearer' },
        ids: { application: { kind: 'digits', at: '/id' } },
        email: '/emails/0',
        name: ['/name', '/first_name'],
        jobs: '/job/id',
      });
      const connectors = createConnectors(
        {
          greenhouse: { clientId: 'i', clientSecret: 's', url: base, tokenUrl: base },
          lever: { key: 'k', url: base },
          ashby: { key: 'k', url: base },
          custom: { ...declared, secret: 's' },
        },
        systemClock,
      );
      for (const { ats, findCandidate: find } of connectors) {
        answers = [...given];
        try {
          const person = await find(IDS[ats] ?? {}, AbortSignal.timeout(10_000));
          if (!person) continue;
          shown.add(ats);
          if (person.email !== undefined) assert.equal(emailSchema.parse(person.email), person.email);
          if (person.name !== undefined) assert.equal(singleLineSchema(10_000).parse(person.name), person.name);
          assert.ok(person.jobIds.every((job) => typeof job === 'string'));
          if (ats === 'lever') assert.equal(person.applicationId, ID);
        } catch (error) {
          assert.ok(error instanceof AtsRejected || error instanceof AtsUnavailable, String(error));
        }
      }
    },
  );

  it('was somebody for each connector, so that the above means something', () => {
    assert.deepEqual([...shown].sort(), Object.keys(IDS).sort());
  });
});
