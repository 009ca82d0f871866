/**
 * Parses an event stream (WHATWG HTML 9.2.6). An npm package for this would use a tenth of the download budget of a
 * candidate's page.
 */
import { WidgetProblem } from './errors.ts';

export interface SseFrame {
  id?: string;
  event?: string;
  data?: string;
  /** Milliseconds to wait before reconnecting; the proxy sends `retry` in a frame without data. */
  retry?: string;
}

const MAX_LINE_CHARACTERS = 1_048_576;

/** Returns a function that accepts text in pieces of any size. The function throws if a line is too long. */
export function createSseParser(onFrame: (frame: SseFrame) => void): (text: string) => void {
  let incompleteLine = '';
  let frame: SseFrame = {};
  return (text) => {
    // A "\r" at the end may be the first half of "\r\n", so it waits for more text.
    const lines = (incompleteLine + text).split(/\r\n|\n|\r(?!$)/);
    incompleteLine = lines.pop() ?? '';
    if (incompleteLine.length > MAX_LINE_CHARACTERS) throw new WidgetProblem('bad_answer');
    for (const line of lines) {
      const [, field, value = ''] = /^(id|event|data|retry)(?:: ?(.*))?$/s.exec(line) ?? [];
      if (!line) {
        if (frame.data !== undefined || frame.retry) onFrame(frame);
        frame = {};
      } else if (field === 'data') frame.data = frame.data === undefined ? value : `${frame.data}\n${value}`;
      else if (field) frame[field as 'id' | 'event' | 'retry'] = value;
    }
  };
}
