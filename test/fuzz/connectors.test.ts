/**
 * Random responses from an ATS: each connector returns a valid candidate, no candidate, or an ATS error.
 */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import fc from 'fast-check';
import { createConnectors } from '../../proxy/ats/directory.ts';
import { customConnectorSchema } from '../../proxy/config/custom-connector.ts';
import { emailSchema, nameSchema } from '../../proxy/contract/session.ts';
import { systemClock } from '../../proxy/util/clock.ts';
import { AtsRejected, AtsUnavailable } from '../../proxy/util/errors.ts';
import { type HttpServer, startHttpServer } from '../support/http-server.ts';
import { testProperty } from '../support/property.ts';

const ID = '5b591aed-88e3-4395-b9c6-7d529f93354a';
/** The requested id in several types, and other ids. */
const id = fc.constantFrom<unknown>(ID, 7, '7', 8, '', null, {});
const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.constantFrom('a@example.com', 'a@b\nc', ' ', '__proto__'),
);
const anyValue = fc.oneof(text, fc.constant(null), fc.jsonValue({ maxDepth: 2 }));
const emails = fc.oneof(
  fc.array(fc.oneof(text, fc.record({ value: anyValue, isPrimary: fc.boolean() }), anyValue), { maxLength: 3 }),
  anyValue,
);
const candidateLike = fc.record(
  {
    id,
    candidate_id: id,
    job_id: id,
    first_name: anyValue,
    name: anyValue,
    emails,
    email_addresses: emails,
    emailAddresses: emails,
    primaryEmailAddress: fc.record({ value: anyValue }),
    applications: fc.array(fc.record({ posting: anyValue }), { maxLength: 2 }),
    applicationIds: fc.array(id, { maxLength: 2 }),
    candidate: fc.record({ id }),
    job: fc.record({ id }),
    access_token: fc.constantFrom<unknown>('token', '', 7),
  },
  { requiredKeys: [] },
);
const anyResponse = fc.oneof(
  { weight: 4, arbitrary: candidateLike },
  {
    weight: 4,
    arbitrary: fc.record({
      data: candidateLike,
      success: fc.boolean(),
      results: candidateLike,
      access_token: fc.constant('token'),
    }),
  },
  { weight: 2, arbitrary: fc.array(candidateLike, { maxLength: 3 }) },
  fc.jsonValue({ maxDepth: 3 }),
);

/** Valid responses for Greenhouse, in the order of its calls: a token, applications, candidates. */
const greenhouseResponses = fc.tuple(
  fc.constant({ access_token: 'token' }),
  fc.array(fc.record({ id, candidate_id: id, job_id: id }), { maxLength: 2 }),
  fc.array(
    fc.record({ id, first_name: text, email_addresses: fc.array(fc.record({ value: text }), { maxLength: 3 }) }),
    { maxLength: 2 },
  ),
);

/** A response that is valid for Ashby, Lever and the custom connector. */
const sharedResponses = fc
  .record({
    id,
    name: text,
    emails: fc.array(text, { maxLength: 2 }),
    emailAddresses: fc.array(fc.record({ value: text }), { maxLength: 2 }),
    applications: fc.array(fc.record({ posting: fc.oneof(text, fc.record({ id })) }), { maxLength: 1 }),
  })
  .map((candidate) => [{ ...candidate, success: true, results: candidate, data: candidate }]);

describe('a random response from an ATS', () => {
  let responses: unknown[] = [];
  let server: HttpServer;
  const connectorsWithCandidate = new Set<string>();
  before(async () => {
    server = await startHttpServer((_request, response) => {
      response.setHeader('content-type', 'application/json');
      // The server sends each response once, and then repeats the last response.
      response.end(JSON.stringify(responses.length > 1 ? responses.shift() : responses[0]));
    });
  });
  after(() => server.close());

  const IDS: Record<string, Record<string, string>> = {
    greenhouse: { person: '7' },
    lever: { opportunity: ID },
    ashby: { candidate: ID },
    acme: { application: '7' },
  };

  testProperty(
    'becomes a valid candidate, no candidate, or an ATS error',
    { shareOfCases: 0.03 },
    fc.oneof(greenhouseResponses, sharedResponses, fc.array(anyResponse, { minLength: 1, maxLength: 4 })),
    async (generated) => {
      const custom = customConnectorSchema.parse({
        ats: 'acme',
        url: `${server.url}/{application}`,
        auth: { type: 'bearer' },
        ids: { application: { kind: 'digits', at: '/id' } },
        email: '/emails/0',
        name: ['/name', '/first_name'],
        jobs: '/job/id',
      });
      const connectors = createConnectors(
        {
          greenhouse: { clientId: 'i', clientSecret: 's', url: server.url, tokenUrl: server.url },
          lever: { key: 'k', url: server.url },
          ashby: { key: 'k', url: server.url },
          custom: { ...custom, secret: 's' },
        },
        systemClock,
      );
      for (const { ats, findCandidate } of connectors) {
        responses = [...generated];
        try {
          const candidate = await findCandidate(IDS[ats] ?? {}, AbortSignal.timeout(10_000));
          if (!candidate) continue;
          connectorsWithCandidate.add(ats);
          const { email, name, jobIds, applicationId } = candidate;
          if (email !== undefined) assert.equal(emailSchema.parse(email), email);
          if (name !== undefined) assert.equal(nameSchema.parse(name), name);
          assert.ok(jobIds.every((job) => typeof job === 'string'));
          if (ats === 'lever') assert.equal(applicationId, ID);
        } catch (error) {
          assert.ok(error instanceof AtsRejected || error instanceof AtsUnavailable, String(error));
        }
      }
    },
  );

  // Checks that the random responses of the test above reached every connector's success path.
  it('has become a candidate at least once for every connector', () => {
    assert.deepEqual([...connectorsWithCandidate].sort(), Object.keys(IDS).sort());
  });
});
