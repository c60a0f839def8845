import '../src/tokens.css';
import '../src/base.css';
import { createRoot } from 'react-dom/client';
import { IntlProvider } from 'react-intl';
import texts from '../src/texts/en.json';
import { Gallery } from './gallery.tsx';

const place = document.getElementById('gallery');
if (place === null) throw new Error('index.html has no #gallery');
createRoot(place).render(
  <IntlProvider locale="en" messages={texts}>
    <Gallery />
  </IntlProvider>,
);
