import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { services } from '../../ops/platform/services.ts';

/** In development Vite passes the API on to services that run already. `npm start` has one address instead, without Vite. */
const proxy = Object.fromEntries(
  services.flatMap(({ port, paths }) =>
    paths.map((path) => [`^${path}(/|\\?|$)`, { target: `http://127.0.0.1:${port}`, xfwd: true }]),
  ),
);

// biome-ignore lint/style/noDefaultExport: Vite reads the default export
export default defineConfig({
  base: '/console/',
  plugins: [react()],
  // The gateway puts a new nonce in its place for each answer.
  html: { cspNonce: '__NONCE__' },
  resolve: { conditions: ['source', 'module', 'browser', 'development|production'] },
  server: { proxy, port: 5176, strictPort: true },
  build: {
    target: 'es2022',
    modulePreload: { polyfill: false },
    // The content security policy admits no data URLs of scripts or styles.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1200,
  },
});
