import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

// biome-ignore lint/style/noDefaultExport: Vite reads the default export.
export default defineConfig({
  base: '/console/',
  plugins: [react()],
  resolve: { conditions: ['source', 'module', 'browser', 'development|production'] },
  // The gateway replaces it in each answer by a new nonce, which its Content-Security-Policy names.
  html: { cspNonce: '__NONCE__' },
  build: { target: 'es2022', modulePreload: { polyfill: false } },
  server: { proxy: { '/v1': 'http://localhost:8080' } },
});
