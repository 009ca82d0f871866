/** Decodes text files that editors and other programs wrote. */

/**
 * Decodes UTF-8, or UTF-16 with a byte order mark, and removes the mark. Returns undefined for other bytes, and for
 * text with a NUL, which UTF-16 without a mark contains.
 */
export function decodeText(bytes: Uint8Array): string | undefined {
  try {
    const text = new TextDecoder(detectEncoding(bytes), { fatal: true }).decode(bytes);
    return text.includes('\0') ? undefined : text;
  } catch {
    return undefined;
  }
}

function detectEncoding([first, second]: Uint8Array): string {
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  return first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8';
}
