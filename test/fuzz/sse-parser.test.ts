/** Feeds the widget's stream parser arbitrary text in chunks of any size. */
import assert from 'node:assert/strict';
import { describe } from 'node:test';
import { createParser, type EventSourceMessage } from 'eventsource-parser';
import fc from 'fast-check';
import { WidgetProblem } from '../../widget/api/errors.ts';
import { createSseParser, type SseFrame } from '../../widget/api/sse-parser.ts';
import { testProperty } from '../support/property.ts';

/** Text without line breaks. */
const line = fc.string({ unit: 'binary', maxLength: 40 }).map((text) => text.replaceAll(/[\r\n]/g, ' '));
const word = fc.stringMatching(/^[\w.-]{1,12}$/);
const frame = fc.record({ id: word, event: word, lines: fc.array(line, { minLength: 1, maxLength: 3 }) });
const end = fc.constantFrom('\n', '\r\n', '\r');

/** Cuts a text at these positions. */
function cutText(text: string, cuts: number[]): string[] {
  const places = [...new Set(cuts.map((cut) => cut % (text.length + 1)))].sort((a, b) => a - b);
  return [0, ...places].map((from, index) => text.slice(from, places[index] ?? text.length));
}

function read(parts: string[]): SseFrame[] {
  const frames: SseFrame[] = [];
  const feed = createSseParser((one) => frames.push(one));
  for (const part of parts) feed(part);
  return frames;
}

describe('the stream parser', () => {
  testProperty(
    'reads the same frames from any chunks and with any line ending',
    0.27,
    fc.tuple(fc.array(frame, { maxLength: 6 }), end, fc.array(fc.nat(), { maxLength: 8 })),
    ([frames, newline, cuts]) => {
      const text = frames
        .map(({ id, event, lines }) => [`id: ${id}`, `event: ${event}`, ...lines.map((one) => `data: ${one}`), '', ''])
        .map((lines) => lines.join(newline))
        .join('');
      // After a lone CR, only the next character shows that the line has ended.
      assert.deepEqual(
        read([...cutText(text, cuts), ':\n']).map(({ id, event, data }) => ({ id, event, data })),
        frames.map(({ id, event, lines }) => ({ id, event, data: lines.join('\n') })),
      );
    },
  );

  testProperty(
    'reads the same as another standard parser',
    0.1,
    fc.array(
      fc.constantFrom('id: 1', 'id', 'event: a', 'data: x', 'data:y', 'data', ': word', 'nonsense', 'retry: 5', '', ''),
      { maxLength: 30 },
    ),
    (lines) => {
      const text = `${lines.join('\n')}\n\n`;
      const expected: EventSourceMessage[] = [];
      createParser({ onEvent: (event) => void expected.push(event) }).feed(text);
      const frames = read([text]).filter(({ data }) => data !== undefined);
      assert.deepEqual(
        frames.map(({ event, data }) => ({ event: event || undefined, data })),
        expected.map(({ event, data }) => ({ event, data })),
      );
    },
  );

  testProperty(
    'survives garbage, and refuses an endless frame',
    0.01,
    fc.array(fc.string({ unit: 'binary', maxLength: 200 }), { maxLength: 10 }),
    (parts) => {
      read(parts);
      assert.throws(() => read([...parts, 'x'.repeat(1_048_577)]), WidgetProblem);
    },
  );
});
