import '@florin/ui/tokens.css';
import '@florin/ui/base.css';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { chosenLocale } from './start/chosen-locale.ts';
import { loadStartTexts } from './start/load-texts.ts';

const locale = chosenLocale(localStorage, navigator.languages);
const texts = await loadStartTexts(locale);
document.documentElement.lang = locale;
const place = document.getElementById('app');
if (place === null) throw new Error('index.html has no #app');
createRoot(place).render(<App locale={locale} texts={texts} />);
