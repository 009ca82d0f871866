import type { Page } from '@playwright/test';
import type { EnginePage } from './engine-page.ts';

export function createPlaywrightPage(page: Page): EnginePage {
  return {
    async goto(url) {
      await page.goto(url);
    },
    async goBack() {
      // `page.goBack()` waits for a load event, which a page from the back/forward cache does not fire.
      await page.evaluate('void setTimeout(() => history.back())');
    },
    evaluate: (expression) => page.evaluate(expression),
    clickAt: ({ x, y }) => page.mouse.click(x, y),
    press: (key) => page.keyboard.press(key),
  };
}
