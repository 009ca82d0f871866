/**
 * Markup as a value: everything put into the template is escaped, only markup made by the same template passes as it is.
 * A page can therefore show any name or answer, whoever wrote it.
 */
const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

export class Html {
  readonly markup: string;

  constructor(markup: string) {
    this.markup = markup;
  }

  toString(): string {
    return this.markup;
  }
}

/** What a template may hold; `false`, `null` and `undefined` leave nothing. */
export type HtmlValue = Html | string | number | false | null | undefined | readonly HtmlValue[];

export function html(strings: TemplateStringsArray, ...pieces: HtmlValue[]): Html {
  return new Html(String.raw({ raw: strings }, ...pieces.map(render)));
}

function render(piece: HtmlValue): string {
  if (piece instanceof Html) return piece.markup;
  if (piece === false || piece === null || piece === undefined) return '';
  if (typeof piece === 'object') return piece.map(render).join('');
  return String(piece).replace(/[&<>"']/g, (character) => ESCAPES[character] ?? '');
}
