/** The widget's SSE parser, with random text in chunks of random sizes. */
import assert from 'node:assert/strict';
import { describe } from 'node:test';
import { createParser, type EventSourceMessage } from 'eventsource-parser';
import fc from 'fast-check';
import { WidgetProblem } from '../../widget/api/errors.ts';
import { createSseParser, type SseFrame } from '../../widget/api/sse-parser.ts';
import { testProperty } from '../support/property.ts';

/** The parser's size limit for one frame. */
const MAX_FRAME_CHARS = 1024 * 1024;

/** Text without line breaks. */
const line = fc.string({ unit: 'binary', maxLength: 40 }).map((text) => text.replaceAll(/[\r\n]/g, ' '));
const word = fc.stringMatching(/^[\w.-]{1,12}$/);
const frame = fc.record({ id: word, event: word, lines: fc.array(line, { minLength: 1, maxLength: 3 }) });
const lineEnding = fc.constantFrom('\n', '\r\n', '\r');

/** Cuts a text at the positions in `cuts`. A position beyond the end wraps around. */
function cutText(text: string, cuts: number[]): string[] {
  const positions = [...new Set(cuts.map((cut) => cut % (text.length + 1)))].sort((a, b) => a - b);
  return [0, ...positions].map((from, index) => text.slice(from, positions[index] ?? text.length));
}

function parseChunks(chunks: string[]): SseFrame[] {
  const frames: SseFrame[] = [];
  const feed = createSseParser((parsed) => frames.push(parsed));
  for (const chunk of chunks) feed(chunk);
  return frames;
}

describe('the SSE parser', () => {
  testProperty(
    'returns the same frames for any chunk sizes and line endings',
    { shareOfCases: 0.27 },
    fc.tuple(fc.array(frame, { maxLength: 6 }), lineEnding, fc.array(fc.nat(), { maxLength: 8 })),
    ([frames, newline, cuts]) => {
      const text = frames
        .map(({ id, event, lines }) => [
          `id: ${id}`,
          `event: ${event}`,
          ...lines.map((text) => `data: ${text}`),
          '',
          '',
        ])
        .map((lines) => lines.join(newline))
        .join('');
      // After a lone CR, only the next character shows that the line has ended: here the `:` of a comment.
      assert.deepEqual(
        parseChunks([...cutText(text, cuts), ':\n']).map(({ id, event, data }) => ({ id, event, data })),
        frames.map(({ id, event, lines }) => ({ id, event, data: lines.join('\n') })),
      );
    },
  );

  testProperty(
    'returns the same messages as the eventsource-parser library',
    { shareOfCases: 0.1 },
    fc.array(
      fc.constantFrom('id: 1', 'id', 'event: a', 'data: x', 'data:y', 'data', ': word', 'nonsense', 'retry: 5', '', ''),
      { maxLength: 30 },
    ),
    (lines) => {
      const text = `${lines.join('\n')}\n\n`;
      const expected: EventSourceMessage[] = [];
      createParser({ onEvent: (event) => void expected.push(event) }).feed(text);
      const frames = parseChunks([text]).filter(({ data }) => data !== undefined);
      assert.deepEqual(
        frames.map(({ event, data }) => ({ event: event || undefined, data })),
        expected.map(({ event, data }) => ({ event, data })),
      );
    },
  );

  testProperty(
    'accepts invalid text, and throws if a frame exceeds the size limit',
    { shareOfCases: 0.01 },
    fc.array(fc.string({ unit: 'binary', maxLength: 200 }), { maxLength: 10 }),
    (chunks) => {
      parseChunks(chunks);
      assert.throws(() => parseChunks([...chunks, 'x'.repeat(MAX_FRAME_CHARS + 1)]), WidgetProblem);
    },
  );
});
