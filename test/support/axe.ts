/** Runs axe in a page. By default, checks WCAG 2.2 A and AA. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import type * as Axe from 'axe-core';

/** Without `wcag22aa`, axe would accept targets that are smaller than 24 px. */
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
const SOURCE = readFileSync(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8');

interface AxeOptions {
  /** Selectors of elements to leave out. */
  except?: string[];
  /** Tags or names of the rules to check. */
  only?: string[];
}

/**
 * Returns one line for each violation inside `selector`: rule, node, reason. Waits for transitions first, because a text
 * that is still fading in has too little contrast.
 */
export async function findAxeViolations(
  page: Page,
  selector: string,
  { except = [], only = TAGS }: AxeOptions = {},
): Promise<string[]> {
  if (!(await page.evaluate('"axe" in window'))) await page.evaluate(SOURCE);
  await page.evaluate(waitForAnimations);
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

/** Waits for the running animations, also in shadow trees, except those that never end. Runs in the page. */
async function waitForAnimations(): Promise<void> {
  const listRoots = (root: Document | ShadowRoot): (Document | ShadowRoot)[] => [
    root,
    ...[...root.querySelectorAll('*')].flatMap(({ shadowRoot }) => (shadowRoot ? listRoots(shadowRoot) : [])),
  ];
  const animations = listRoots(document)
    .flatMap((root) => root.getAnimations())
    .filter(({ effect }) => effect?.getComputedTiming().endTime !== Infinity);
  await Promise.allSettled(animations.map(({ finished }) => finished));
}
