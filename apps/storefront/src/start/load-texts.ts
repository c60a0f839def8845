import type { Locale } from '@florin/ui';

export type Texts = Readonly<Record<string, string>>;
type Load = () => Promise<{ texts: Texts }>;

const start: Record<Locale, Load> = {
  en: () => import('./start-texts-en.ts'),
  de: () => import('./start-texts-de.ts'),
  es: () => import('./start-texts-es.ts'),
  'pt-BR': () => import('./start-texts-pt-BR.ts'),
};

const more: Record<Locale, Load> = {
  en: () => import('./more-texts-en.ts'),
  de: () => import('./more-texts-de.ts'),
  es: () => import('./more-texts-es.ts'),
  'pt-BR': () => import('./more-texts-pt-BR.ts'),
};

/** Loads the texts of the shell, and of the pages that visits begin with. */
export async function loadStartTexts(locale: Locale): Promise<Texts> {
  return (await start[locale]()).texts;
}

/** Loads the texts of all other pages. */
export async function loadMoreTexts(locale: Locale): Promise<Texts> {
  return (await more[locale]()).texts;
}
