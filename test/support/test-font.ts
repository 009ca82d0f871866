/**
 * A TrueType font in which every character is a box, made here so that text has the same size on every machine. A box is
 * half an em wide with a gap beside it, and half an em high; a space is as wide and empty.
 */

const EM = 1_000;
const ASCENT = 800;
const DESCENT = 200;
const ADVANCE = 550;
const BOX = { left: 50, right: 500, bottom: 0, top: 500 };

/** Glyphs by number; the first stands for what is missing, and nothing is. */
const SPACE = 1;
const FULL = 2;
const GLYPHS = 3;

/** Numbers as the format writes them: big-endian, 16 or 32 bits. */
const u16 = (...values: number[]) => values.flatMap((value) => [(value >> 8) & 255, value & 255]);
const u32 = (...values: number[]) => values.flatMap((value) => u16(value >>> 16, value & 0xffff));
const ascii = (text: string) => [...text].map((letter) => letter.charCodeAt(0));

const { left, right, bottom, top } = BOX;

const TABLES: Record<string, number[]> = {
  'OS/2': [
    ...u16(4, ADVANCE, 400, 5, 0, 650, 600, 0, 75, 650, 600, 0, 350, 50, 250, 0),
    ...Array<number>(10).fill(0),
    ...u32(1, 0, 0, 0),
    ...ascii('test'),
    ...u16(64, 0x20, 0xffff, ASCENT, -DESCENT, 0, ASCENT, DESCENT),
    ...u32(1, 0),
    ...u16(top, top, 0, 0x20, 1),
  ],
  cmap: cmap(),
  glyf: glyf(),
  head: [
    ...u32(0x00010000, 0x00010000, 0, 0x5f0f3cf5),
    ...u16(3, EM),
    ...u32(0, 0, 0, 0),
    ...u16(left, bottom, right, top, 0, 8, 2, 1, 0),
  ],
  hhea: [
    ...u32(0x00010000),
    ...u16(ASCENT, -DESCENT, 0, ADVANCE, left, ADVANCE - right, right, 1, 0, 0, 0, 0, 0, 0, 0, GLYPHS),
  ],
  hmtx: Array.from({ length: GLYPHS }, () => u16(ADVANCE, left)).flat(),
  loca: u32(0, 0, 0, glyf().length),
  maxp: [...u32(0x00010000), ...u16(GLYPHS, 4, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0)],
  name: names(),
  post: [...u32(0x00030000, 0), ...u16(-75, 50), ...u32(0, 0, 0, 0, 0)],
};

/** The one outline: a closed square of four points. */
function glyf(): number[] {
  const flags = [1, 1, 1, 1];
  return [
    ...u16(1, left, bottom, right, top, 3, 0),
    ...flags,
    ...u16(left, 0, right - left, 0),
    ...u16(bottom, top - bottom, 0, bottom - top),
    ...u16(0),
  ];
}

/** All of Unicode, by ranges that share a glyph (format 13). */
function cmap(): number[] {
  const ranges: [first: number, last: number, glyph: number][] = [
    [0x20, 0x20, SPACE],
    [0x21, 0x9f, FULL],
    [0xa0, 0xa0, SPACE],
    [0xa1, 0x10ffff, FULL],
  ];
  const groups = ranges.flatMap((range) => u32(...range));
  return [...u16(0, 1, 3, 10), ...u32(12), ...u16(13, 0), ...u32(16 + groups.length, 0, ranges.length), ...groups];
}

function names(): number[] {
  const entries = { 1: 'Boxes', 2: 'Regular', 4: 'Boxes', 6: 'Boxes' };
  const texts = Object.values(entries).map((text) => u16(...ascii(text)));
  let offset = 0;
  const records = Object.keys(entries).flatMap((id, index) => {
    const length = texts[index]?.length ?? 0;
    const record = u16(3, 1, 0x409, Number(id), length, offset);
    offset += length;
    return record;
  });
  return [...u16(0, texts.length, 6 + records.length), ...records, ...texts.flat()];
}

/** The font's file. */
export function buildTestFont(): Uint8Array {
  const tags = Object.keys(TABLES).sort();
  const range = 2 ** Math.floor(Math.log2(tags.length));
  const header = [...u32(0x00010000), ...u16(tags.length, range * 16, Math.log2(range), tags.length * 16 - range * 16)];
  let offset = header.length + tags.length * 16;
  const directory: number[] = [];
  const body: number[] = [];
  for (const tag of tags) {
    const table = TABLES[tag] ?? [];
    const padded = [...table, ...Array<number>(-table.length & 3).fill(0)];
    directory.push(...ascii(tag), ...u32(checksum(padded), offset, table.length));
    body.push(...padded);
    offset += padded.length;
  }
  const font = [...header, ...directory, ...body];
  const adjustment = u32((0xb1b0afba - checksum(font)) >>> 0);
  const headAt = font.length - body.length + bytesBefore('head', tags);
  font.splice(headAt + 8, 4, ...adjustment);
  return Uint8Array.from(font);
}

function bytesBefore(tag: string, tags: string[]): number {
  return tags.slice(0, tags.indexOf(tag)).reduce((sum, one) => sum + (((TABLES[one]?.length ?? 0) + 3) & ~3), 0);
}

function checksum(bytes: number[]): number {
  let sum = 0;
  for (let at = 0; at < bytes.length; at += 4) {
    const [a = 0, b = 0, c = 0, d = 0] = bytes.slice(at, at + 4);
    sum = (sum + ((a << 24) | (b << 16) | (c << 8) | d)) >>> 0;
  }
  return sum;
}
