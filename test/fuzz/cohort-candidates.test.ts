/**
 * Candidates that a recruiter pastes or loads from a file: columns, email recipients, headers in many languages. Tables
 * that a recruiter exports: no text becomes a formula of a spreadsheet program.
 */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { decodeFile, parseCandidates as parseWithLimit } from '../../widget/elements/evalon-cohort/parse-candidates.ts';
import { toCsv, toTabSeparated } from '../../widget/util/csv.ts';
import { NAUGHTY_STRINGS } from '../support/naughty-strings.ts';
import { testProperty } from '../support/property.ts';

const MAX_CANDIDATES = 100;
const parseCandidates = (text: string) => parseWithLimit(text, MAX_CANDIDATES);

/** Returns each candidate as `name|email`. */
async function parseToLines(text: string): Promise<string[]> {
  const { candidates = [] } = await parseCandidates(text);
  return candidates.map(({ candidate_email, candidate_name }) => `${candidate_name}|${candidate_email}`);
}

const JANE = 'Jane Doe|jane@example.com';
const BEN = 'Ben Sample|ben@example.com';

const TEXTS: Record<string, [text: string, expected: string[]]> = {
  'a CSV file with a header': ['Name,Email\r\nJane Doe,jane@example.com\r\nBen Sample,ben@example.com', [JANE, BEN]],
  'semicolons and a byte order mark': ['\uFEFFEmail;Name\njane@example.com;Jane Doe', [JANE]],
  'columns of a spreadsheet without a header': [
    'Jane\tDoe\tjane@example.com\nBen\tSample\tben@example.com',
    [JANE, BEN],
  ],
  'quoted cells': ['"Name","Email"\n"Doe, Jane","jane@example.com"', ['Doe, Jane|jane@example.com']],
  'recipients on several lines': ['Jane Doe <jane@example.com>\nBen Sample <ben@example.com>', [JANE, BEN]],
  'recipients on one line': ['Jane Doe <jane@example.com>, Ben Sample <ben@example.com>', [JANE, BEN]],
  'a quoted recipient': ['"Doe, Jane" <jane@example.com>', ['Doe, Jane|jane@example.com']],
  'an incomplete address': ['Ben Sample <ben@>', ['Ben Sample|ben@']],
  'emails only': ['jane@example.com\n\nben@example.com\n', ['|jane@example.com', '|ben@example.com']],
  'a row without an email': ['Name,Email\nJane Doe,', ['Jane Doe|']],
  nothing: ['  \n\n', []],
};

const HEADERS = [
  'First name,Last name,Email address',
  'Vorname;Nachname;E-Mail-Adresse',
  'Prénom;Nom;Courriel',
  'Nombre;Apellidos;Correo electrónico',
  'Nome;Sobrenome;E-mail',
  'Voornaam;Achternaam;E-mailadres',
  'Nome;Cognome;Indirizzo email',
  'Imię;Nazwisko;Adres e-mail',
  '名,姓,メールアドレス',
  'الاسم الأول,اسم العائلة,البريد الإلكتروني',
  'שם פרטי,שם משפחה,דוא"ל',
];

describe('candidates are read from', () => {
  for (const [name, [text, expected]] of Object.entries(TEXTS)) {
    it(name, async () => assert.deepEqual(await parseToLines(text), expected));
  }

  for (const header of HEADERS) {
    it(`columns named ${header}`, async () => {
      const delimiter = header.includes(';') ? ';' : ',';
      const text = `${header.replaceAll('"', '""')}\n${['Jane', 'Doe', 'jane@example.com'].join(delimiter)}`;
      assert.deepEqual(await parseToLines(text), [JANE]);
    });
  }

  for (const [encoding, bytes] of [
    ['UTF-8', Buffer.from('Name,Email\nJürgen,j@example.com')],
    ['UTF-16', Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('Name,Email\nJürgen,j@example.com', 'utf16le')])],
    ['Windows-1252', Buffer.from('Name,Email\nJürgen,j@example.com', 'latin1')],
  ] as const) {
    it(`a file in ${encoding}`, async () => {
      const text = await decodeFile(new Blob([bytes]));
      assert.deepEqual(await parseToLines(text ?? ''), ['Jürgen|j@example.com']);
    });
  }

  it(`at most ${MAX_CANDIDATES} rows`, async () => {
    const buildEmails = (count: number) => Array.from({ length: count }, (_, n) => `p${n}@example.com`).join('\n');
    assert.equal((await parseCandidates(buildEmails(MAX_CANDIDATES))).candidates?.length, MAX_CANDIDATES);
    assert.deepEqual(await parseCandidates(buildEmails(MAX_CANDIDATES + 1)), { problem: 'too_many' });
  });

  const cell = fc.oneof(fc.string(), fc.constantFrom(...NAUGHTY_STRINGS.map(([, text]) => text)));
  testProperty(
    'any text, without an error',
    { shareOfCases: 0.05 },
    fc.array(cell, { maxLength: 20 }),
    async (cells) => {
      await parseCandidates(cells.join('\n'));
    },
  );

  const name = fc.stringMatching(/^[A-Za-zäöüß"',; ]{1,30}[a-z]$/).map((text) => text.trim());
  testProperty(
    'a file that the widget wrote',
    { shareOfCases: 0.05 },
    fc.array(name, { minLength: 1, maxLength: 20 }),
    async (names) => {
      const rows = names.map((candidateName, n) => [candidateName, `p${n}@example.com`]);
      const { candidates } = await parseCandidates(toCsv([['Name', 'Email'], ...rows]));
      assert.deepEqual(
        candidates?.map(({ candidate_name, candidate_email }) => [candidate_name, candidate_email]),
        rows,
      );
    },
  );
});

/** A program that expects another separator, such as Excel in German, also splits within the quotes of a CSV file. */
const OTHER_SEPARATORS = /[;|\t\r\n]/;
const FORMULA = /^[\s"]*[=+\-@＝＋－＠]/;
const DANGEROUS_TEXTS = [
  ...'=+-@＝＋－＠'
    .split('')
    .flatMap((start) => [
      `${start}1`,
      ` ${start}1`,
      `"${start}1"`,
      `Jane;${start}1`,
      `Jane; ${start}1`,
      `Jane|${start}1`,
      `Jane\t${start}1`,
      `Jane\t\t${start}1`,
      `Jane\r\n${start}1`,
      `Jane;"${start}1"`,
      `;${start}1;${start}2`,
    ]),
];

/** A cell of a CSV file, in quotes or without. */
const CSV_CELL = /(?:^|,|\r\n)(?:"((?:[^"]|"")*)"|([^,\r\n]*))/g;

function listFormulas(table: string): string[] {
  const cells = [...table.matchAll(CSV_CELL)].map(([, quoted, plain = '']) => quoted ?? plain);
  return [...cells, ...table.split(OTHER_SEPARATORS)].filter((cell) => FORMULA.test(cell));
}

describe('an exported table', () => {
  for (const [name, write] of Object.entries({ toCsv, toTabSeparated })) {
    it(`has no formula, also if a spreadsheet program splits its cells: ${name}`, () => {
      for (const text of DANGEROUS_TEXTS) {
        assert.deepEqual(listFormulas(write([['a', text, 'b']])), [], JSON.stringify(text));
      }
    });

    const text = fc.string({ unit: fc.constantFrom(...'=＝-"\'; |\t\r\nab'.split('')), maxLength: 12 });
    testProperty(
      `has no formula for any text: ${name}`,
      { shareOfCases: 0.2 },
      fc.array(text, { minLength: 1 }),
      (texts) => assert.deepEqual(listFormulas(write([texts])), []),
    );
  }

  it('starts no cell with a tab or a line break', () => {
    for (const start of ['\t', '\r']) {
      const csv = toCsv([[`${start}cmd|' /C calc'!A0`]]);
      // A byte order mark comes first. The apostrophe is the start of the cell.
      assert.match(csv, /^\uFEFF"?'/);
    }
  });

  it('keeps harmless texts and numbers', () => {
    assert.equal(toCsv([[-5, 'a"b', null]]), '\uFEFF-5,"a""b",\r\n');
    assert.equal(
      toCsv([['Sales - EMEA', 'Logic 80 / 100; Tone 90 / 100']]),
      '\uFEFFSales - EMEA,Logic 80 / 100; Tone 90 / 100\r\n',
    );
  });

  it('is copied as one line per row, with a tab between cells, whatever the cells contain', () => {
    const rows = [
      ['"Jane', 'j@example.com', 'https://a'],
      ['Ben\tSample\nx', 'b@example.com', 'https://b'],
    ];
    assert.equal(toTabSeparated(rows), '"""Jane"\tj@example.com\thttps://a\nBen Sample x\tb@example.com\thttps://b');
  });
});
