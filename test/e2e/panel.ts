/** Locators and assertions about a page with the widget that several tests share. */
import { findAxeViolations } from '../support/axe.ts';
import { expect, type Locator, type Page } from './fixtures.ts';

/** Matches the status of an invited session, but not the label of an invite button. */
export const INVITED = /^\s*Invited/;

export const inviteButton = (page: Page): Locator => page.getByRole('button', { name: /^Invite/ }).first();

export async function expectInvited(page: Page): Promise<void> {
  await expect(page.getByText(INVITED).first()).toBeVisible();
}

export async function expectResult(page: Page, overallScore: RegExp): Promise<void> {
  await expect(page.getByText(/^\s*Completed/).first()).toBeVisible();
  await expect(page.getByText(overallScore).first()).toBeVisible();
}

/** Collects the console messages about violations of CSP, CORS and Trusted Types. */
export function collectCspViolations(page: Page): string[] {
  const violations: string[] = [];
  page.on('console', (message) => {
    if (/policy|violates|CORS|Trusted/i.test(message.text())) violations.push(message.text());
  });
  return violations;
}

/** Asserts that the page needs no horizontal scrolling on a narrow screen. */
export async function expectNoHorizontalScrolling(page: Page): Promise<void> {
  const originalSize = page.viewportSize();
  await page.setViewportSize({ width: 360, height: 800 });
  const { scrollWidth, clientWidth } = await page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    return { scrollWidth, clientWidth };
  });
  expect(scrollWidth, page.url()).toBe(clientWidth);
  if (originalSize) await page.setViewportSize(originalSize);
}

/** Asserts that axe finds no violation in light and dark. Does not check the elements that match `except`. */
export async function expectAccessible(page: Page, { except }: { except: string[] }): Promise<void> {
  await page.emulateMedia({ colorScheme: 'light' });
  expect(await findAxeViolations(page, 'body', { except })).toEqual([]);
  await page.emulateMedia({ colorScheme: 'dark' });
  // Only colors differ in dark.
  expect(await findAxeViolations(page, 'body', { except, only: ['color-contrast'] }), 'dark').toEqual([]);
}
