/** The compliance documents cover each WCAG criterion and each table of the database, and name tests that exist. */
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { parse } from 'yaml';

const ROOT = join(import.meta.dirname, '../..');
const FOLDER = 'docs/compliance';
const readText = (path: string) => readFileSync(join(ROOT, path), 'utf8');

/** The success criteria of WCAG 2.2, as the catalog of VPAT 2.5 lists them. */
const LEVEL_A =
  '1.1.1 1.2.1 1.2.2 1.2.3 1.3.1 1.3.2 1.3.3 1.4.1 1.4.2 2.1.1 2.1.2 2.1.4 2.2.1 2.2.2 2.3.1 2.4.1 2.4.2 2.4.3 2.4.4 2.5.1 2.5.2 2.5.3 2.5.4 3.1.1 3.2.1 3.2.2 3.2.6 3.3.1 3.3.2 3.3.7 4.1.1 4.1.2';
const LEVEL_AA =
  '1.2.4 1.2.5 1.3.4 1.3.5 1.4.3 1.4.4 1.4.5 1.4.10 1.4.11 1.4.12 1.4.13 2.4.5 2.4.6 2.4.7 2.4.11 2.5.7 2.5.8 3.1.2 3.2.3 3.2.4 3.3.3 3.3.4 3.3.8 4.1.3';
/** The terms of VPAT 2.5 for how far a product meets a criterion. */
const ADHERENCE_LEVELS = ['supports', 'partially-supports', 'does-not-support', 'not-applicable'];

interface Criterion {
  num: string;
  components: { name: string; adherence: { level: string; notes: string } }[];
}

describe('the accessibility conformance report', () => {
  const report = parse(readText(`${FOLDER}/accessibility-conformance-report.yaml`));
  const listCriteria = (chapter: string): Criterion[] => report.chapters[chapter].criteria;
  const criteria = [...listCriteria('success_criteria_level_a'), ...listCriteria('success_criteria_level_aa')];
  const listTests = ({ components }: Criterion) =>
    components.flatMap(({ adherence }) =>
      [...adherence.notes.matchAll(/^- (test\/\S+\.test\.ts): (.+)$/gm)].map(([, file = '', title = '']) => ({
        file,
        title,
      })),
    );

  it('evaluates each criterion of the levels A and AA once, with a term of VPAT 2.5', () => {
    assert.equal(report.catalog, '2.5-edition-wcag-2.2-en');
    const listNumbers = (chapter: string) => listCriteria(chapter).map(({ num }) => num);
    assert.deepEqual(listNumbers('success_criteria_level_a'), LEVEL_A.split(' '));
    assert.deepEqual(listNumbers('success_criteria_level_aa'), LEVEL_AA.split(' '));
    for (const { num, components } of criteria) {
      assert.deepEqual(
        components.map(({ name }) => name),
        ['web'],
      );
      for (const { adherence } of components) {
        assert.ok(ADHERENCE_LEVELS.includes(adherence.level), num);
        assert.ok(adherence.notes.length > 10, `${num} has no remark`);
      }
    }
  });

  it('names a test for each criterion that the product supports or partially supports', () => {
    const isClaimed = ({ components }: Criterion) =>
      components.some(({ adherence }) => /supports$/.test(adherence.level));
    assert.deepEqual(
      criteria.filter((criterion) => isClaimed(criterion) && !listTests(criterion).length).map(({ num }) => num),
      [],
    );
  });

  it('names only tests that exist', () => {
    const named = criteria.flatMap(listTests);
    assert.ok(named.length > 40);
    const missing = named.filter(({ file, title }) => {
      const code = existsSync(join(ROOT, file)) ? readText(file) : '';
      return !["'", '"', '`'].some((quote) => code.includes(quote + title));
    });
    assert.deepEqual(missing, []);
  });
});

describe('the data-protection sheet', () => {
  const sheet = readText(`${FOLDER}/data-protection.md`);

  it('has each table of the database', () => {
    const migrations = 'proxy/store/migrations';
    const code = readdirSync(join(ROOT, migrations)).map((file) => readText(`${migrations}/${file}`));
    const tables = code.flatMap((text) => [...text.matchAll(/create table (\w+)/g)].map(([, table]) => table));
    assert.ok(tables.length > 20);
    assert.deepEqual(
      tables.filter((table) => !sheet.includes(`\`${table}\``)),
      [],
    );
  });

  it('names only tests that exist', () => {
    const tests = [...sheet.matchAll(/`(test\/\S+\.test\.ts)`/g)].map(([, file]) => String(file));
    assert.ok(tests.length > 2);
    for (const file of tests) assert.ok(existsSync(join(ROOT, file)), file);
  });
});

it('each compliance document says that it is self-assessed', () => {
  const files = readdirSync(join(ROOT, FOLDER));
  assert.ok(files.length >= 3);
  for (const file of files) assert.match(readText(`${FOLDER}/${file}`).slice(0, 600), /self-assessed/i, file);
});
