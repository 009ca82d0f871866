/**
 * Reads candidates from pasted text or a CSV file. The text can be columns of a spreadsheet, lines such as `Jane Doe
 * <jane@example.com>`, or a mail program's recipients. This file and PapaParse load when the recruiter adds candidates.
 */
import Papa from 'papaparse';
import type { CandidateInput } from '../../package/elements.ts';
import { type CandidateColumns, findColumns } from './candidate-columns.ts';

/** Enough for 10,000 candidates with long names and emails. */
export const MAX_CHARS = 8_000_000;
/** The parser yields to the page after each chunk. */
const CHUNK_CHARS = 64_000;
/** The name may be in two cells: first name and last name. */
const MAX_NAME_CELLS = 2;
const DELIMITERS = [',', ';', '\t', '|'];
const BYTE_ORDER_MARK = /^\uFEFF/;
/** `Jane Doe <jane@example.com>`. The maximum lengths keep the match fast on a long text without `>`. */
const MAILBOX = /^([^<>]{0,1000})<([^<>]{0,1000})>$/;

/** `too_many`: the text has over `maxCount` candidates. `too_long`: it has over `MAX_CHARS` characters. */
export type ParsedCandidates =
  | { candidates: CandidateInput[]; problem?: never }
  | { candidates?: never; problem: 'too_many' | 'too_long' };

/** Reads UTF-8, UTF-16 with a byte order mark, or Windows-1252. Returns undefined if the file is too large. */
export async function decodeFile(file: Blob): Promise<string | undefined> {
  // UTF-16 has two bytes for most characters.
  if (file.size > MAX_CHARS * 2) return undefined;
  const bytes = new Uint8Array(await file.arrayBuffer());
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

export async function parseCandidates(text: string, maxCount: number): Promise<ParsedCandidates> {
  if (text.length > MAX_CHARS) return { problem: 'too_long' };
  const candidates: CandidateInput[] = [];
  let columns: CandidateColumns | undefined;
  let isFirst = true;
  const isComplete = await parseRows(text.replace(BYTE_ORDER_MARK, ''), (row) => {
    if (isFirst) columns = findColumns(row);
    const isHeader = isFirst && columns !== undefined;
    isFirst = false;
    if (isHeader) return true;
    candidates.push(...(columns ? [readRowByColumns(row, columns)] : readRowWithoutHeader(row)));
    return candidates.length <= maxCount;
  });
  return isComplete ? { candidates } : { problem: 'too_many' };
}

/** @param onRow returns false to stop. @returns whether all rows were read. */
function parseRows(text: string, onRow: (row: string[]) => boolean): Promise<boolean> {
  return new Promise((resolve) => {
    let isComplete = true;
    Papa.parse<string[]>(quoteMailboxes(text), {
      skipEmptyLines: 'greedy',
      delimitersToGuess: DELIMITERS,
      chunkSize: CHUNK_CHARS,
      chunk({ data }, parser) {
        isComplete = data.every(onRow);
        if (!isComplete) return parser.abort();
        parser.pause();
        setTimeout(() => parser.resume());
      },
      complete: () => resolve(isComplete),
    });
  });
}

/** `"Doe, Jane" <jane@example.com>` is not valid CSV. Moves the closing quote behind the address. */
function quoteMailboxes(text: string): string {
  return text.replace(/"([^"<>\n]{0,1000})"[ \t]{0,10}(<[^<>"\s]{1,1000}>)/g, '"$1 $2"');
}

function readRowByColumns(
  row: readonly string[],
  { email, name, firstName, lastName }: CandidateColumns,
): CandidateInput {
  const readCell = (column: number) => row[column]?.trim() ?? '';
  const nameParts = [readCell(firstName), readCell(lastName)].filter(Boolean);
  return { candidate_email: readCell(email), candidate_name: readCell(name) || nameParts.join(' ') };
}

/** Reads each cell with an `@` as an email. A row with several emails is a list of recipients. */
function readRowWithoutHeader(row: readonly string[]): CandidateInput[] {
  const cells = row.map((cell) => cell.trim()).filter(Boolean);
  const emails = cells.filter((cell) => cell.includes('@'));
  const [first = '', ...others] = cells;
  if (!emails.length) return [{ candidate_email: first, candidate_name: joinName(others) }];
  const names = cells.filter((cell) => !cell.includes('@'));
  return emails.map((cell) => {
    const [, name = '', address = cell] = MAILBOX.exec(cell) ?? [];
    const nameInRow = emails.length === 1 ? joinName(names) : '';
    return { candidate_email: address, candidate_name: removeQuotes(name) || nameInRow };
  });
}

function joinName(cells: readonly string[]): string {
  return cells.slice(0, MAX_NAME_CELLS).join(' ');
}

function removeQuotes(name: string): string {
  return name
    .trim()
    .replace(/^(["'])(.*)\1$/s, '$2')
    .trim();
}
