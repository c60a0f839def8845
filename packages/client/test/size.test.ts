import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import { build } from 'esbuild';

const MAX_BYTES = 10_000;

describe('the bundle of @florin/client', () => {
  it(`has at most ${MAX_BYTES} bytes, minified and with gzip`, async () => {
    const { outputFiles } = await build({
      entryPoints: [join(import.meta.dirname, '../src/index.ts')],
      bundle: true,
      minify: true,
      format: 'esm',
      platform: 'browser',
      write: false,
    });
    expect(gzipSync(outputFiles[0]?.contents ?? '').length).to.be.within(1_000, MAX_BYTES);
  });
});
