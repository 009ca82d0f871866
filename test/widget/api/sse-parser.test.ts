import { assert } from 'chai';
import { createSseParser, type SseFrame } from '../../../widget/api/sse-parser.ts';

function read(...pieces: string[]): SseFrame[] {
  const frames: SseFrame[] = [];
  const feed = createSseParser((frame) => frames.push(frame));
  for (const piece of pieces) feed(piece);
  return frames;
}

describe('the SSE parser', () => {
  const STREAM = ': hello\n\nid: e.1\nevent: session\ndata: {"a":\ndata: 1}\n\nretry: 5\n\ndata\n\nid: e.2\n\n';
  // The last frame of the stream has neither `data` nor `retry`, so the parser skips it.
  const FRAMES = [{ id: 'e.1', event: 'session', data: '{"a":\n1}' }, { retry: '5' }, { data: '' }];

  it('accepts all three line endings', () => {
    for (const end of ['\n', '\r\n', '\r']) assert.deepEqual(read(STREAM.replaceAll('\n', end), end), FRAMES);
  });

  it('accepts chunks of any size', () => {
    for (const text of [STREAM, STREAM.replaceAll('\n', '\r\n')]) {
      for (let size = 1; size < 12; size++) {
        assert.deepEqual(read(...(text.match(new RegExp(`[^]{1,${size}}`, 'g')) ?? [])), FRAMES);
      }
    }
  });

  it('keeps Unicode line separators in data', () => {
    for (const separator of ['\u2028', '\u2029', '\u0085', '\v', '\f']) {
      assert.deepEqual(read(`data: a${separator}b\n\n`), [{ data: `a${separator}b` }]);
    }
  });

  it('throws if a line exceeds the size limit', () => {
    assert.throws(() => read('data: '.padEnd(2_000_000, 'x')));
  });
});
