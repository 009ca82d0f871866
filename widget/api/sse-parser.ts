/**
 * Takes an event stream apart (WHATWG HTML, 9.2.6): text in pieces of any size in, whole frames out. Small on purpose:
 * the packages that do this are a tenth of all that a profile page may download.
 */
import { WidgetProblem } from './errors.ts';

export interface SseFrame {
  id?: string;
  event?: string;
  data?: string;
  /** Milliseconds to wait after the end of the stream; in a frame of its own, as the standard has it. */
  retry?: string;
}

const LONGEST = 1_048_576;

/** Returns the function to feed; it throws on a frame without end. */
export function createFrameParser(onFrame: (frame: SseFrame) => void): (text: string) => void {
  let rest = '';
  let frame: SseFrame = {};
  return (text) => {
    const lines = (rest + text).split(/\r\n|\n|\r(?!$)/);
    rest = lines.pop() ?? '';
    if (rest.length > LONGEST) throw new WidgetProblem('bad_answer');
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
