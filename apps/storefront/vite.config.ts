import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { services } from '../../ops/platform/services.ts';
import { compiledTexts } from './compiled-texts.ts';

/** In development Vite passes the API on to services that run already. `npm start` has one address instead, without Vite. */
const proxy = Object.fromEntries(
  services.flatMap(({ port, paths }) =>
    paths.map((path) => [`^${path}(/|\\?|$)`, { target: `http://127.0.0.1:${port}`, xfwd: true }]),
  ),
);

/** The package's exports name the code with warnings for developers only. */
const routerWithoutWarnings = join(import.meta.dirname, '../../node_modules/react-router/dist/production/index.mjs');

// biome-ignore lint/style/noDefaultExport: Vite reads the default export
export default defineConfig(({ command }) => ({
  plugins: [compiledTexts(), react()],
  resolve: {
    conditions: ['source', 'module', 'browser', 'development|production'],
    alias: command === 'build' ? [{ find: /^react-router$/, replacement: routerWithoutWarnings }] : [],
  },
  server: { proxy, port: 5173 },
  build: {
    target: 'es2022',
    modulePreload: { polyfill: false },
    // The content security policy admits no data URLs of scripts or styles.
    assetsInlineLimit: 0,
    sourcemap: true,
    // A test counts the scripts of each page by it.
    manifest: true,
    rolldownOptions: {
      output: {
        // Dozens of small files compress worse than a few: 6 kB of gzip on each page.
        codeSplitting: {
          groups: [
            { name: 'libraries', test: /node_modules/, minShareCount: 3 },
            { name: 'shared', test: /\/packages\/|\/src\//, minShareCount: 5 },
          ],
        },
      },
    },
  },
}));
