import { register } from 'node:module';

// The coverage hook must see the .ts text before tsx strips its types, so it registers first.
if (process.env.FLORIN_COVERAGE) register('./tests/load-covered.mjs', import.meta.url);
await import('tsx/esm');
