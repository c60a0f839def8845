import { enableCompileCache, register } from 'node:module';
import { join } from 'node:path';

// Node itself strips the types of sources; its cache keeps the result.
if (!process.env.NODE_COMPILE_CACHE) enableCompileCache(join(import.meta.dirname, '../.florin/compiled'));
// Only the workers of npm test load sources with counters of coverage.
if (process.env.FLORIN_COVERAGE) register('./tests/load-covered.mjs', import.meta.url);
