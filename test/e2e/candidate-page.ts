/** Completes an assessment on the simulated Evalon's candidate pages. */
import type { Page } from './fixtures.ts';

/**
 * Starts the assessment and answers every question.
 * @param choice the index of the answer that is chosen for every question.
 */
export async function completeAssessment(candidate: Page, choice = 0): Promise<void> {
  await candidate.getByRole('button', { name: /start/i }).click();
  for (let page = 1, isLast = false; !isLast; page++) {
    await candidate.getByText(`section ${page} of`).first().waitFor();
    for (const question of await candidate.locator('fieldset').all())
      await question.getByRole('radio').nth(choice).check();
    for (const text of await candidate.getByRole('textbox').all()) await text.fill('I would first ask who it is for.');
    const next = candidate.getByRole('button', { name: /^(Continue|Submit)/ });
    isLast = /^Submit/.test((await next.textContent()) ?? '');
    await next.click();
  }
}
