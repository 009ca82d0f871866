/** Writes tables in which a spreadsheet program runs no formula. */
type Cell = string | number | null | undefined;

/**
 * Where a spreadsheet program may begin a formula: at the start of a cell, or after a separator. A program that expects
 * this separator instead of the comma or tab splits the cell there. Excel also accepts the full-width characters. A
 * cell that starts with a tab or a carriage return counts as a formula, too.
 */
const FORMULA = /(^|[;|\t\r\n])((?:[^\S\t\r\n]|")*)(?=[=+\-@＝＋－＠])|^(?=[\t\r])/g;
const NEEDS_QUOTES = /[",\r\n]/;
/** Tells Excel that the file is UTF-8. */
const BYTE_ORDER_MARK = '\uFEFF';

/** Returns RFC 4180 text. An apostrophe precedes each formula. */
export function toCsv(rows: readonly (readonly Cell[])[]): string {
  return BYTE_ORDER_MARK + rows.map((row) => `${row.map(toCsvCell).join(',')}\r\n`).join('');
}

/** Returns text for the clipboard: a row per line, with tabs between the cells. An apostrophe precedes each formula. */
export function toTabSeparated(rows: readonly (readonly Cell[])[]): string {
  return rows.map((row) => row.map(toTabSeparatedCell).join('\t')).join('\n');
}

function toCsvCell(value: Cell): string {
  const text = toSafeText(value);
  return NEEDS_QUOTES.test(text) ? quote(text) : text;
}

/** A spreadsheet program reads a cell that begins with a quote up to the next quote, even across cells and rows. */
function toTabSeparatedCell(value: Cell): string {
  const text = toSafeText(value).replace(/\s+/g, ' ');
  return text.startsWith('"') ? quote(text) : text;
}

function toSafeText(value: Cell): string {
  return typeof value === 'string' ? value.replace(FORMULA, "$1$2'") : String(value ?? '');
}

function quote(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}
