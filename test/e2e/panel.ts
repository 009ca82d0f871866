/** Locators and texts of the assessments panel that several tests share. */
import { expect, type Locator, type Page } from './fixtures.ts';

/** The status of an invited session, as opposed to a text that asks for an invite. */
export const INVITED = /^\s*Invited/;

export const inviteButton = (page: Page): Locator => page.getByRole('button', { name: /^Invite/ }).first();

export async function expectInvited(page: Page): Promise<void> {
  await expect(page.getByText(INVITED).first()).toBeVisible();
}

export async function expectResult(page: Page, overall: RegExp): Promise<void> {
  await expect(page.getByText(/^\s*Completed/).first()).toBeVisible();
  await expect(page.getByText(overall).first()).toBeVisible();
}

/** Collects the console messages about violations of the page's policy. */
export function collectPolicyViolations(page: Page): string[] {
  const violations: string[] = [];
  page.on('console', (message) => {
    if (/policy|violates|CORS|Trusted/i.test(message.text())) violations.push(message.text());
  });
  return violations;
}

/** Asserts that the page needs no sideways scrolling on a narrow screen. */
export async function expectNoSidewaysScrolling(page: Page): Promise<void> {
  const before = page.viewportSize();
  await page.setViewportSize({ width: 360, height: 800 });
  const { scrollWidth, clientWidth } = await page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    return { scrollWidth, clientWidth };
  });
  expect(scrollWidth, page.url()).toBe(clientWidth);
  if (before) await page.setViewportSize(before);
}
