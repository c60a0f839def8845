import type { Format } from '../decoder/index.ts';

/** Recognises an image by its first bytes. The declared media type is not trusted. Pure. */
export function recogniseImage(bytes: Buffer): Format | undefined {
  if (startsWith(bytes, [0xff, 0xd8, 0xff])) return 'jpeg';
  if (startsWith(bytes, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])) return 'png';
  if (textAt(bytes, 0, 4) === 'RIFF' && textAt(bytes, 8, 12) === 'WEBP') return 'webp';
  if (textAt(bytes, 4, 8) === 'ftyp' && brandsOf(bytes).includes('avif')) return 'avif';
  return undefined;
}

/** Marks of files that other programs would read in an image file. In pixels, they are less likely than one in a million. */
const FOREIGN = [/<script[\s>]/i, /<!doctype\s/i, /<html[\s>]/i, /<iframe[\s>]/i, /<\?php\s/i, /%PDF-\d/];
/** The end of a ZIP archive, which may have a comment of 64 KiB behind it. */
const ZIP_END = Buffer.from('PK\x05\x06', 'latin1');
const MAX_ZIP_COMMENT = 65_557;

/**
 * Tells whether an image file is at the same time an archive, a PDF, a web page or a script (a polyglot). Only an image made anew is
 * stored, so nothing of it would be served: this refuses files that were made to be something else. Bytes behind an image alone are
 * no reason, because cameras write films and previews there. Pure.
 */
export function hasOtherContent(bytes: Buffer): boolean {
  if (bytes.subarray(-MAX_ZIP_COMMENT).includes(ZIP_END)) return true;
  const text = bytes.toString('latin1');
  return FOREIGN.some((mark) => mark.test(text));
}

/** The brands of an ISO media file (ISO/IEC 14496-12), from the box `ftyp`. */
function brandsOf(bytes: Buffer): string[] {
  const length = bytes.length >= 4 ? Math.min(bytes.readUInt32BE(0), 256, bytes.length) : 0;
  const brands = [textAt(bytes, 8, 12)];
  for (let at = 16; at + 4 <= length; at += 4) brands.push(textAt(bytes, at, at + 4));
  return brands;
}

function startsWith(bytes: Buffer, start: readonly number[]): boolean {
  return start.every((byte, index) => bytes[index] === byte);
}

function textAt(bytes: Buffer, from: number, to: number): string {
  return bytes.toString('latin1', from, to);
}
