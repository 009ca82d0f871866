/** What the documentation comment of an element promises to whoever styles it. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ELEMENTS = join(import.meta.dirname, '../../widget/elements');

export const ELEMENT_TAGS = readdirSync(ELEMENTS).filter((folder) => folder.startsWith('evalon-'));

/** The names that follow `@csspart` or `@cssprop`. */
export function readDocumentedNames(tag: string, kind: 'csspart' | 'cssprop'): string[] {
  const source = readFileSync(join(ELEMENTS, tag, `${tag}.ts`), 'utf8');
  const [, names = ''] = new RegExp(String.raw`@${kind} ([^@]*?)\s*\*(?: @|/)`).exec(source) ?? [];
  return names.split(/[\s*,]+/).filter(Boolean);
}

/** Runs in the page: the parts of an element that its page can reach now. */
export function listExposedParts(element: Element): string[] {
  return [...(element.shadowRoot?.querySelectorAll('*') ?? [])].flatMap((inner) => {
    const handedOn = inner.getAttribute('exportparts')?.split(/[\s,]+/) ?? [];
    const further = [...(inner.shadowRoot?.querySelectorAll('*') ?? [])].flatMap((one) => [...one.part]);
    return [...inner.part, ...further.filter((part) => handedOn.includes(part))];
  });
}
