import type { Page } from '@playwright/test';
import type { EnginePage } from './engine-page.ts';

export function createPlaywrightPage(page: Page): EnginePage {
  return {
    async goto(url) {
      await page.goto(url);
    },
    evaluate: (expression) => page.evaluate(expression),
    clickAt: ({ x, y }) => page.mouse.click(x, y),
    press: (key) => page.keyboard.press(key),
  };
}
