import { AppError, requestErrors } from '@florin/app-response';

const ENOUGH_BYTES = 8;

const ADVICE = 'Save the file as CSV UTF-8 (comma or semicolon delimited), or send newline-delimited JSON.';

/** The first bytes of file types that are not text, in hexadecimal. */
const others: readonly [string, RegExp][] = [
  ['a workbook of Excel or LibreOffice, or another ZIP archive', /^504b(?:0304|0506|0708)/],
  ['a workbook of Excel 97-2003', /^d0cf11e0a1b11ae1/],
  ['compressed with gzip', /^1f8b/],
  ['a PDF document', /^255044462d/],
  ['text in UTF-16', /^(?:fffe|feff|00|..00)/],
];

/**
 * Rejects a file whose first bytes are not those of text in UTF-8 or a code page.
 *
 * @returns the bytes of the whole file
 * @throws AppError UNSUPPORTED_MEDIA_TYPE, with advice for the client
 */
export async function* refuseOtherFiles(body: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let start: Buffer | undefined = Buffer.alloc(0);
  for await (const chunk of body) {
    if (start === undefined) {
      yield chunk;
      continue;
    }
    start = Buffer.concat([start, chunk]);
    if (start.length < ENOUGH_BYTES) continue;
    requireText(start);
    yield start;
    start = undefined;
  }
  if (start === undefined || start.length === 0) return;
  requireText(start);
  yield start;
}

function requireText(start: Buffer): void {
  const bytes = start.toString('hex', 0, ENOUGH_BYTES);
  const [what] = others.find(([, pattern]) => pattern.test(bytes)) ?? [];
  if (what === undefined) return;
  throw new AppError(requestErrors.UNSUPPORTED_MEDIA_TYPE, { detail: `The file is ${what}. ${ADVICE}` });
}
