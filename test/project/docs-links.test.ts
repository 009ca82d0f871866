/** Links between documents lead to files and headings that exist. llms.txt lists all pages but the decision records. */
import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { test } from 'node:test';

const ROOT = join(import.meta.dirname, '../..');
const readText = (path: string) => readFileSync(join(ROOT, path), 'utf8');
const PAGES = ['README.md', ...globSync('docs/**/*.md', { cwd: ROOT })].map((path) => path.replaceAll('\\', '/'));

/** A heading's anchor, as GitHub builds it. */
const toAnchor = (heading: string) =>
  heading
    .toLowerCase()
    .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replaceAll(' ', '-');

function listAnchors(path: string): string[] {
  const text = readText(path).replaceAll(/^```.*?^```$/gms, '');
  const headings = [...text.matchAll(/^#{1,6} (.+)$/gm)].map(([, heading = '']) => toAnchor(heading));
  return [...headings, ...[...text.matchAll(/<a id="([^"]+)"/g)].map(([, id = '']) => id)];
}

function listBrokenLinks(path: string): string[] {
  const links = [...readText(path).matchAll(/\]\((?!https?:|mailto:)([^)\s]+)\)/g)].map(([, link = '']) => link);
  return links.filter((link) => {
    const [file = '', anchor] = link.split('#');
    const target = file ? normalize(join(dirname(path), file)) : path;
    if (!existsSync(join(ROOT, target))) return true;
    return anchor !== undefined && target.endsWith('.md') && !listAnchors(target).includes(anchor);
  });
}

test('every link between documents leads to a file and a heading', () => {
  assert.ok(PAGES.length > 20);
  const broken = [...PAGES, 'docs/llms.txt'].flatMap((path) => listBrokenLinks(path).map((link) => `${path}: ${link}`));
  assert.deepEqual(broken, []);
});

test('llms.txt lists every page except the decision records', () => {
  const listed = readText('docs/llms.txt');
  const missing = PAGES.filter((path) => path.startsWith('docs/') && !path.startsWith('docs/decisions/'))
    .map((path) => path.slice('docs/'.length))
    .filter((path) => !listed.includes(`](${path})`));
  assert.deepEqual(missing, []);
});
