/** axe in a page: what breaks WCAG 2.2 at levels A and AA. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type * as Axe from 'axe-core';
import type { Page } from './page.ts';

/** Named one by one: without the last, targets of 20 px pass. */
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
const source = readFileSync(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8');

/**
 * The faults of what `selector` holds, a line each: the rule, the node, what is wrong with it.
 * @param except what is looked at elsewhere.
 * @param only tags, or names of rules.
 */
export async function findAxeViolations(
  page: Page,
  selector: string,
  { except = [], only = TAGS }: { except?: string[]; only?: string[] } = {},
): Promise<string[]> {
  if (!(await page.evaluate('"axe" in window'))) await page.evaluate(source);
  return page.evaluate(
    async ([include, exclude, runOnly]) => {
      const { axe } = window as unknown as { axe: typeof Axe };
      const { violations } = await axe.run({ include, exclude }, { runOnly, resultTypes: ['violations'] });
      return violations.flatMap(({ id, nodes }) =>
        nodes.map(({ html, failureSummary }) =>
          `${id}: ${html.slice(0, 160)} ${failureSummary}`.replaceAll(/\s+/g, ' '),
        ),
      );
    },
    [selector, except, only] as const,
  );
}
