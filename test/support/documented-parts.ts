/** Reads the parts and custom properties that the elements document. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ELEMENTS = join(import.meta.dirname, '../../widget/elements');

export const ELEMENT_TAGS = readdirSync(ELEMENTS).filter((folder) => folder.startsWith('evalon-'));

/** Returns the names after `@csspart` or `@cssprop` in the element's doc comment. */
export function readDocumentedNames(tag: string, jsDocTag: 'csspart' | 'cssprop'): string[] {
  const source = readFileSync(join(ELEMENTS, tag, `${tag}.ts`), 'utf8');
  return [...source.matchAll(new RegExp(String.raw`^ \* @${jsDocTag} (\S+) - `, 'gm'))].map(([, name = '']) => name);
}

/** Runs in the page: returns the parts that the page can style, including exported ones. */
export function listExposedParts(element: Element): string[] {
  return [...(element.shadowRoot?.querySelectorAll('*') ?? [])].flatMap((child) => {
    const exported = child.getAttribute('exportparts')?.split(/[\s,]+/) ?? [];
    const nested = [...(child.shadowRoot?.querySelectorAll('*') ?? [])].flatMap(({ part }) => [...part]);
    return [...child.part, ...nested.filter((part) => exported.includes(part))];
  });
}
