import { register } from 'node:module';

// The coverage hook must see the .ts text before tsx strips its types, so it registers first.
if (process.env.NYC_CONFIG && !process.env.FLORIN_UNCOVERED) register('@istanbuljs/esm-loader-hook', import.meta.url);
await import('tsx/esm');
