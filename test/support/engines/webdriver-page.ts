/** Controls a page with the commands of W3C WebDriver, over any transport. */
import type { EnginePage, Key } from './engine-page.ts';

export type WebDriverCommand = 'Back' | 'ExecuteAsyncScript' | 'Navigate' | 'PerformActions';

/** Sends a command and returns the value of its response. */
export type SendCommand = (command: WebDriverCommand, parameters: object) => Promise<unknown>;

/** The code points of WebDriver's keys. */
const KEYS: Record<Key, string> = { Tab: '\ue004', Enter: '\ue007', Space: ' ' };

export function createWebDriverPage(send: SendCommand): EnginePage {
  return {
    async goto(url) {
      await send('Navigate', { url });
    },

    async goBack() {
      await send('Back', {});
    },

    async evaluate(expression) {
      const script = `
        const done = arguments[arguments.length - 1];
        (async () => (${expression}))().then(
          (value) => done([value ?? null]),
          (error) => done([null, String(error)]),
        );`;
      const [value, error] = (await send('ExecuteAsyncScript', { script, args: [] })) as [unknown, string?];
      if (error !== undefined) throw new Error(error);
      return value;
    },

    async clickAt({ x, y }) {
      const actions = [
        { type: 'pointerMove', x, y, origin: 'viewport' },
        { type: 'pointerDown', button: 0 },
        { type: 'pointerUp', button: 0 },
      ];
      await send('PerformActions', { actions: [{ type: 'pointer', id: 'mouse', actions }] });
    },

    async press(key) {
      const value = KEYS[key];
      const actions = [
        { type: 'keyDown', value },
        { type: 'keyUp', value },
      ];
      await send('PerformActions', { actions: [{ type: 'key', id: 'keyboard', actions }] });
    },
  };
}
