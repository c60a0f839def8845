import { isUtf8 } from 'node:buffer';

/** 0x80 to 0x9F in Windows-1252; Node's own decoder takes them for ISO 8859-1. The rest is as in Unicode. */
const WINDOWS_1252 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008DŽ\u008F\u0090‘’“”•–—˜™š›œ\u009DžŸ';

/** Says which byte of a text is the first that is not UTF-8, and what it is in the code page that is meant most often. */
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

/** How long a character is, by its first byte. */
function lengthBy(byte: number): number {
  if (byte >= 0xf0) return 4;
  if (byte >= 0xe0) return 3;
  return byte >= 0xc0 ? 2 : 1;
}
