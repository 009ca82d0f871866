/** Completes an assessment on the simulated Evalon's candidate pages. */
import type { Page } from './fixtures.ts';

/**
 * Starts the assessment and answers every question.
 * @param answerIndex the index of the answer to choose for every question.
 */
export async function completeAssessment(page: Page, { answerIndex = 0 } = {}): Promise<void> {
  await page.getByRole('button', { name: /start/i }).click();
  for (let section = 1, isLast = false; !isLast; section++) {
    await page.getByText(`section ${section} of`).first().waitFor();
    for (const question of await page.locator('fieldset').all())
      await question.getByRole('radio').nth(answerIndex).check();
    for (const text of await page.getByRole('textbox').all()) await text.fill('I would first ask who it is for.');
    const next = page.getByRole('button', { name: /^(Continue|Submit)/ });
    isLast = /^Submit/.test((await next.textContent()) ?? '');
    await next.click();
  }
}
