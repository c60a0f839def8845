import { isUtf8 } from 'node:buffer';

/** 0x80 to 0x9F in Windows-1252, which Node decodes as ISO 8859-1. The other bytes equal Unicode. */
const WINDOWS_1252 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008DŽ\u008F\u0090‘’“”•–—˜™š›œ\u009DžŸ';

/** Describes the first byte that is not UTF-8, with its character in the most frequent code page. */
export function whyNotUtf8(bytes: Buffer): string {
  const byte = bytes[firstInvalid(bytes)] ?? 0;
  const meant = WINDOWS_1252[byte - 0x80] ?? String.fromCharCode(byte);
  return `has the byte 0x${byte.toString(16).toUpperCase()}, which is not UTF-8 (in Windows-1252 it is "${meant}")`;
}

function firstInvalid(bytes: Buffer): number {
  let at = 0;
  while (at < bytes.length) {
    const length = lengthBy(bytes[at] ?? 0);
    if (!isUtf8(bytes.subarray(at, at + length))) return at;
    at += length;
  }
  return at;
}

/** The length of a character, by its first byte. */
function lengthBy(byte: number): number {
  if (byte >= 0xf0) return 4;
  if (byte >= 0xe0) return 3;
  return byte >= 0xc0 ? 2 : 1;
}
