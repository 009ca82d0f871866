/** Sends hostile text through every part of the API. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { JANE } from './api-client.ts';
import { waitFor } from './eventually.ts';
import type { NaughtyString } from './naughty-strings.ts';
import { startStack } from './start-stack.ts';
import { mintToken } from './token.ts';

type Candidate = { candidate_email: string };

/** A whole stream: only comments, and frames of three lines. */
const STREAM_GRAMMAR = /^(?::\n\n|id: [0-9a-f]{12}\.\d+\nevent: session\ndata: [^\r\n\0]+\n\n)*$/;

const FRAME_TIMEOUT_MS = 10_000;
const MAX_HEADING_CHARS = 500;

function cutHeading(text: string): string {
  return text.length > MAX_HEADING_CHARS ? `${text.slice(0, MAX_HEADING_CHARS - 1)}…` : text;
}

/** Reads `count` frames of a stream, asserts its grammar and returns the data of the frames. */
async function readFrames(url: string, candidates: Candidate[], cursor: string, count: number): Promise<unknown[]> {
  const abort = new AbortController();
  const response = await fetch(`${url}/v1/events`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${await mintToken()}`,
      'content-type': 'application/json',
      'last-event-id': cursor,
    },
    body: JSON.stringify({ candidates }),
    signal: AbortSignal.any([abort.signal, AbortSignal.timeout(FRAME_TIMEOUT_MS)]),
  });
  const chunks: Uint8Array[] = [];
  const text = () => new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Buffer.concat(chunks));
  const reader = response.body?.getReader();
  while (!Buffer.concat(chunks).toString('latin1').endsWith('\n\n') || text().split('\ndata: ').length <= count) {
    const { value, done } = (await reader?.read()) ?? { done: true };
    if (done || !value) break;
    chunks.push(value);
  }
  abort.abort();
  assert.match(text(), STREAM_GRAMMAR);
  const data = [...text().matchAll(/\ndata: ([^\n]*)\n/g)].map(([, json = '']) => JSON.parse(json) as unknown);
  assert.equal(data.length, count);
  return data;
}

const FIELDS: Record<string, (text: string, n: number) => Record<string, string>> = {
  candidate_name: (text) => ({ candidate_name: `Jane ${text} Smith` }),
  candidate_email: (text, n) => ({ candidate_email: `jane${text}${n}@example.com` }),
  project_id: (text) => ({ project_id: `proj ${text} abc` }),
  assessment_type: (text) => ({ assessment_type: `marketing ${text} x` }),
  application_id: (text) => ({ application_id: `app ${text} 1` }),
  ats: (text) => ({ ats: `ats ${text} 1` }),
};

/** Returns the value that the proxy stores for an accepted text. */
function cleanText(field: string, sent: string): string {
  const text = sent.toWellFormed();
  if (field === 'candidate_name') return text.replaceAll(/[\s\p{Cc}\u2066-\u2069]+/gu, ' ').trim();
  return ['candidate_email', 'project_id', 'application_id'].includes(field) ? text.replaceAll(/\p{DI}/gu, '') : text;
}

/** Tests the proxy with these strings. */
export function describeHostileText(strings: readonly NaughtyString[]): void {
  describe('hostile text', () => {
    it('in an invite is refused with the name of its field, or cleaned before it is stored and sent', async (test) => {
      const { proxy, recruiter } = await startStack(test, { settings: { ASSESSMENTS: undefined } });
      const { cursor } = (await recruiter.query(JANE)).body;
      const sessions: Record<string, unknown>[] = [];
      for (const [field, withText] of Object.entries(FIELDS)) {
        for (const [n, [name, text]] of strings.entries()) {
          await test.test(`${field} with ${name}`, async () => {
            const sent = { ...JANE, candidate_email: `${field}-${n}@example.com`, ...withText(text, n) };
            const { status, body } = await recruiter.invite(sent);
            if (status === 400) {
              assert.equal(body.code, 'invalid_request');
              assert.deepEqual(
                body.errors.map(({ path }: { path: string }) => path),
                body.errors.map(() => field),
              );
              return;
            }
            assert.equal(status, 201);
            const row = await proxy.context.store.read(({ sessions }) => sessions.get(body.session_uuid));
            const stored = (row as unknown as Record<string, unknown>)[field];
            assert.equal(stored, cleanText(field, (sent as Record<string, string>)[field] ?? ''));
            if (field in body) assert.equal(body[field], stored);
            assert.deepEqual((await recruiter.get(`/v1/sessions/${body.session_uuid}`)).body, body);
            assert.deepEqual((await recruiter.query({ candidate_email: body.candidate_email })).body.sessions, [body]);
            sessions.push(body);
          });
        }
      }
      assert.ok(sessions.length > strings.length * 2, 'the proxy accepts more than a third of the texts');
      const candidates = sessions.map(({ candidate_email }) => ({ candidate_email: String(candidate_email) }));
      assert.deepEqual(await readFrames(proxy.url, candidates, cursor, sessions.length), sessions);
    });

    it('in a response from Evalon is refused, or sent identically by every route', async (test) => {
      const { evalon, proxy, recruiter } = await startStack(test, { settings: { ASSESSMENTS: undefined } });
      const { cursor } = (await recruiter.query(JANE)).body;
      const sessions: Record<string, unknown>[] = [];
      for (const field of [
        'session_uuid',
        'candidate_url',
        'assessment_type',
        'candidate_email',
        'project_id',
        'status',
      ]) {
        for (const [n, [name, text]] of strings.entries()) {
          await test.test(`${field} with ${name}`, async () => {
            const value = field === 'candidate_url' ? `https://evalon.example/take/${text}` : `x${text}x`;
            evalon.injectFault('create', { fault: 'change', fields: { [field]: value } }, { times: 1 });
            const { status, body } = await recruiter.invite({ candidate_email: `evalon-${field}-${n}@example.com` });
            if (status === 502) return;
            assert.ok(status === 201 || status === 409, String(status));
            const session = body.session ?? body;
            assert.doesNotMatch(session.candidate_url ?? '', /[^\x21-\x7e]/);
            assert.deepEqual(
              (await recruiter.get(`/v1/sessions/${encodeURIComponent(session.session_uuid)}`)).body,
              session,
            );
            sessions.push(session);
          });
        }
      }
      assert.ok(sessions.length > strings.length, 'the proxy accepts more than a sixth of the texts');
      const candidates = sessions.map(({ candidate_email }) => ({ candidate_email: String(candidate_email) }));
      assert.deepEqual(await readFrames(proxy.url, candidates, cursor, sessions.length), sessions);
    });

    it('in a scorecard is sent unchanged, except that a long heading is cut', async (test) => {
      const { evalon, proxy, recruiter } = await startStack(test, { settings: { ASSESSMENTS: undefined } });
      for (const [n, [name, text]] of strings.entries()) {
        await test.test(name, async () => {
          const candidate = { candidate_email: `scored-${n}@example.com` };
          const { session_uuid } = (await recruiter.invite(candidate)).body;
          const { cursor } = (await recruiter.query(candidate)).body;
          const questions = [{ prompt: `q${text}q`, score: 1, feedback: `f${text}f` }];
          const texts = { sections: [{ name: `s${text}s`, score: 1, questions }], narrative_summary: `n${text}n` };
          await evalon.completeSession(session_uuid, { scorecard: texts, notify: false });
          for (const source of ['from Evalon', 'from the store']) {
            const { status, body } = await recruiter.get(`/v1/sessions/${session_uuid}/scorecard`);
            assert.equal(status, 200);
            const [section] = body.sections;
            const [{ title, feedback }] = section.questions;
            assert.deepEqual(
              [section.name, title, feedback, body.narrative],
              [cutHeading(`s${text}s`), cutHeading(`q${text}q`), `f${text}f`, `n${text}n`],
              source,
            );
          }
          const frames = (await readFrames(proxy.url, [candidate], cursor, 1)) as {
            score_summary: { sections: unknown };
          }[];
          assert.deepEqual(frames[0]?.score_summary.sections, [{ name: cutHeading(`s${text}s`), score: 1 }]);
        });
      }
    });

    it('in a webhook is stored unchanged, or the webhook is kept as unrecognized', async (test) => {
      const { evalon, proxy, recruiter } = await startStack(test, { settings: { ASSESSMENTS: undefined } });
      const candidate = { candidate_email: JANE.candidate_email };
      const { session_uuid } = (await recruiter.invite()).body;
      for (const [n, [name, text]] of strings.entries()) {
        await test.test(name, async () => {
          const { cursor } = (await recruiter.query(candidate)).body;
          const event = `session.${n}${text}x`;
          const marker = `marker.${n}`;
          assert.equal(await evalon.sendWebhook({ event, session_uuid }), 202);
          assert.equal(await evalon.sendWebhook({ event: marker, session_uuid }), 202);
          await waitFor(async () => (await recruiter.get(`/v1/sessions/${session_uuid}`)).body.last_event === marker);
          // A webhook whose event name is very long or has control characters is kept as unrecognized.
          const isRecognized = !/\p{C}/u.test(event) && event.length <= 200;
          const expected = isRecognized ? [event, marker] : [marker];
          const frames = (await readFrames(proxy.url, [candidate], cursor, expected.length)) as {
            last_event: string;
          }[];
          assert.deepEqual(
            frames.map(({ last_event }) => last_event),
            expected,
          );
        });
      }
      for (const [, text] of strings) {
        for (const id of [`x${text}x`, `${session_uuid}${text}`]) {
          const idStatus = await evalon.sendWebhook({ event: 'session.opened', session_uuid: id });
          assert.ok(idStatus === 202 || idStatus === 400, String(idStatus));
        }
      }
    });
  });
}
