import createCache from '@emotion/cache';
import { CacheProvider } from '@emotion/react';
import { Typography } from '@mui/material';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';

/** The gateway writes it into each answer, and into the Content-Security-Policy of that answer. */
const nonce = document.querySelector<HTMLMetaElement>('meta[property=csp-nonce]')?.nonce ?? '';
const cache = createCache({ key: 'css', nonce });
const root = document.getElementById('root');

if (root !== null)
  createRoot(root).render(
    <StrictMode>
      <CacheProvider value={cache}>
        <Typography variant="h4" component="h1">
          Florin console
        </Typography>
      </CacheProvider>
    </StrictMode>,
  );
