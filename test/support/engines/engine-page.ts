/** The actions on a browser page that Playwright, Marionette and WebDriver all support. */

export type Key = 'Tab' | 'Enter' | 'Space';

export interface EnginePage {
  goto(url: string): Promise<void>;
  goBack(): Promise<void>;
  /** Evaluates a JavaScript expression in the page and awaits its value, which must be JSON. */
  evaluate(expression: string): Promise<unknown>;
  /** Clicks with the pointer at a point of the viewport. */
  clickAt(point: { x: number; y: number }): Promise<void>;
  press(key: Key): Promise<void>;
}

/** Writes the call of a function that runs in the page. The function must not use names from outside. */
export function writeCall<Arguments extends unknown[]>(
  run: (...values: Arguments) => unknown,
  ...values: Arguments
): string {
  return `(${run})(...${JSON.stringify(values)})`;
}
